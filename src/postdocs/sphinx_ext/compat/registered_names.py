"""The names of all directives and roles, to say which one a misspelt one was meant to be.

Private: `docutils.parsers.rst.directives._directives` and `docutils.parsers.rst.roles._roles`.
Why: what extensions register by Sphinx's `add_directive` and `add_role` is kept there, and no public way
lists it. Seen with docutils 0.22. `tests/sphinx_ext/remedies/test_hints.py` fails when they are elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.languages import en
from sphinx.environment import BuildEnvironment


def directive_names(env: BuildEnvironment) -> set[str]:
    """Return the names of directives, those of domains with and without the name of the domain."""
    of_domains = {name: domain.directives for name, domain in env.domains.items()}
    registered = vars(directives)["_directives"]
    return {*en.directives, *registered, *_of_domains(env, of_domains)}


def role_names(env: BuildEnvironment) -> set[str]:
    """Return the names of roles, those of domains with and without the name of the domain."""
    of_domains = {name: domain.roles for name, domain in env.domains.items()}
    registered = vars(roles)["_roles"]
    return {*en.roles, *registered, *_of_domains(env, of_domains)} - {""}


def _of_domains(env: BuildEnvironment, tables: Mapping[str, Collection[str]]) -> set[str]:
    bare = {"std", env.config.primary_domain}
    whole = {f"{domain}:{name}" for domain, names in tables.items() if domain != "std" for name in names}
    return whole | {name for domain in bare & tables.keys() for name in tables[domain]}
