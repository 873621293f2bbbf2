"""The weekly workflow of a new site, run on two repositories: the one that it pushes to, and its checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from helpers import REPOSITORY

WORKFLOW = REPOSITORY / "src/postdocs/authoring/template/_github/workflows/links.yml.txt"
# What stands for the command of GitHub: it knows one pull request, and writes down what it is asked for.
GH = """\
#!/bin/sh
echo "$*" >> "$GH_LOG"
case "$1 $2" in
    "pr list") printf '%s' "$OPEN_BRANCH" ;;
    "pr view") [ -n "$OPEN_BRANCH" ] && echo OPEN ;;
esac
exit 0
"""
IDENTITY = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="workflows run in bash")


@dataclass
class Forge:
    """A repository that others push to. origin: the bare one. work: the checkout of a run of the workflow."""

    root: Path

    def git(self, *args: str, folder: str = "author") -> str:
        """Run Git in a checkout."""
        command = ["git", *IDENTITY, "-C", str(self.root / folder), *args]
        result = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
        return result.stdout.strip()

    def commit(self, branch: str, path: str, text: str) -> str:
        """Push a commit that writes a file, as a person does; return it."""
        self.git("fetch", "--quiet", "origin")
        self.git("switch", "--quiet", "--detach", f"origin/{branch}")
        (self.root / "author" / path).write_text(text, encoding="utf-8")
        self.git("add", path)
        self.git("commit", "--quiet", "--message", f"Write {path}")
        self.git("push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
        return self.git("rev-parse", "HEAD")

    def step(self, step: str, folder: str, **variables: str) -> dict[str, str]:
        """Run a step of the workflow in a checkout; return its outputs."""
        jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"].values()
        (script,) = (s["run"] for job in jobs for s in job["steps"] if s.get("id") == step)
        outputs = self.root / "outputs"
        outputs.write_text("", encoding="utf-8")
        environment = {
            **os.environ,
            **variables,
            "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_RUN_ID": "7",
            "GH_LOG": str(self.root / "gh.log"),
            "QUERY": "",
        }
        command = ["bash", "-e", "-c", script]
        subprocess.run(command, check=True, cwd=self.root / folder, env=environment)  # noqa: S603 - ours
        return dict(line.split("=", 1) for line in outputs.read_text(encoding="utf-8").splitlines())

    def checkout(self, folder: str) -> str:
        """Make a checkout with all branches, at the newest commit of main; return that."""
        self.git("clone", "--quiet", "--branch", "main", str(self.root / "origin"), str(self.root / folder))
        return self.git("rev-parse", "HEAD", folder=folder)

    @property
    def asked(self) -> list[str]:
        """What was asked of GitHub, apart from questions."""
        lines = (self.root / "gh.log").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(("pr create", "pr comment"))]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """A repository with a ledger on its main branch."""
    forge = Forge(tmp_path)
    (tmp_path / "author").mkdir()
    forge.git("init", "--quiet", "--bare", "-b", "main", str(tmp_path / "origin"))
    forge.git("clone", "--quiet", str(tmp_path / "origin"), ".")
    files = {
        "links.toml": "# ours\n",
        "links.tsv": "run\t2026-01-05\nhttps://a.org/\tfine\nhttps://b.org/\tfine\n",
        ".gitattributes": "links.tsv merge=union\n",
    }
    for path, text in files.items():
        (tmp_path / "author" / path).write_text(text, encoding="utf-8")
    forge.git("add", ".")
    forge.git("commit", "--quiet", "--message", "Begin")
    forge.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "bin" / "gh").chmod(0o755)
    return forge


def refreshed(forge: Forge, ledger: str) -> None:
    """Write what the first job hands to the second one."""
    folder = forge.root / "propose" / "refreshed" / "_build"
    folder.mkdir(parents=True)
    (folder / "changes.md").write_text("### Newly dead: 1\n", encoding="utf-8")
    for name, text in (("links.tsv", ledger), ("links.toml", "")):
        written = (forge.root / "site" / name).read_text(encoding="utf-8")
        (folder.parent / name).write_text(text or written, encoding="utf-8")


def test_what_reviewers_pushed_is_never_lost(forge: Forge) -> None:
    """The run begins from the open branch and from main; a commit that comes meanwhile is kept as well."""
    branch = "links-refresh-6"
    forge.git("push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
    before = forge.commit(branch, "links.toml", '# ours\n["https://b.org/"]\nreason = "kept by Ann"\n')
    post = forge.commit("main", "post.md", "new\n")
    main = forge.checkout("site")
    begun = forge.step("begin", "site", OPEN_BRANCH=branch, GITHUB_SHA=main)
    assert begun == {"branch": branch, "start": before}
    assert "kept by Ann" in (forge.root / "site/links.toml").read_text(encoding="utf-8")
    assert (forge.root / "site/post.md").is_file()
    ledger = "run\t2026-01-12\nhttps://a.org/\tdead\nhttps://b.org/\tfine\n"
    (forge.root / "site/links.tsv").write_text(ledger, encoding="utf-8")
    assert forge.step("ledger", "site") == {"changed": "true"}

    meanwhile = forge.commit(branch, "note.md", "Ann again\n")
    forge.checkout("propose")
    refreshed(forge, ledger)
    variables = {"OPEN_BRANCH": branch, "BRANCH": branch, "START": before, "BASE": "main", "GITHUB_SHA": main}
    forge.step("propose", "propose", **variables)
    forge.git("fetch", "--quiet", "origin")
    for commit in (before, meanwhile, post):
        forge.git("merge-base", "--is-ancestor", commit, f"origin/{branch}")
    assert "kept by Ann" in forge.git("show", f"origin/{branch}:links.toml")
    assert forge.git("show", f"origin/{branch}:links.tsv") == ledger.strip()
    assert forge.asked == [f"pr comment {branch} --body-file refreshed/_build/changes.md"]


def test_without_an_open_pull_request_there_is_a_new_branch(forge: Forge) -> None:
    """One of an earlier run is left as it is, whatever became of it."""
    old = forge.commit("main", "old.md", "old\n")
    forge.git("push", "--quiet", "origin", "HEAD:refs/heads/links-refresh-6")
    main = forge.checkout("site")
    begun = forge.step("begin", "site", OPEN_BRANCH="", GITHUB_SHA=main)
    assert begun == {"branch": "links-refresh-7", "start": main}
    forge.checkout("propose")
    refreshed(forge, "run\t2026-01-12\nhttps://a.org/\tdead\n")
    variables = {
        "OPEN_BRANCH": "",
        "BRANCH": begun["branch"],
        "START": main,
        "GITHUB_SHA": main,
        "BASE": "main",
    }
    forge.step("propose", "propose", **variables)
    forge.git("fetch", "--quiet", "origin")
    assert "https://a.org/\tdead" in forge.git("show", "origin/links-refresh-7:links.tsv")
    assert forge.git("rev-parse", "origin/links-refresh-6") == old
    assert [line.split(" --title")[0] for line in forge.asked] == [
        "pr create --head links-refresh-7 --base main"
    ]


def test_a_run_that_learned_nothing_opens_no_pull_request(forge: Forge) -> None:
    """That it took place is no news; a first ledger is."""
    forge.checkout("site")
    ledger = forge.root / "site/links.tsv"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("01-05", "01-12"), encoding="utf-8")
    assert forge.step("ledger", "site") == {}
    forge.git("rm", "--quiet", "--force", "links.tsv", folder="site")
    forge.git("commit", "--quiet", "--message", "Begin anew", folder="site")
    ledger.write_text("run\t2026-01-12\nhttps://a.org/\tfine\n", encoding="utf-8")
    assert forge.step("ledger", "site") == {"changed": "true"}
