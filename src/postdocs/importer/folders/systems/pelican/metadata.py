"""The heads of Pelican's files, and the addresses that its patterns make of them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from postdocs.importer.folders import latin

# Python-Markdown, extension "meta": https://python-markdown.github.io/extensions/meta_data/.
_KEY = re.compile(r" {0,3}(?P<key>[\w-]+):\s*(?P<value>.*)")
_MORE = re.compile(r"(?: {4,}|\t)(?P<value>.*)")
_BEGIN, _END = re.compile(r"-{3}(\s.*)?"), re.compile(r"(?:-{3}|\.{3})(\s.*)?")
_FIELD = re.compile(r"\{(?P<name>\w+)(?:\.(?P<part>\w+))?(?::(?P<format>[^{}]*))?\}")
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_FORMAT = re.compile(r"(?:%[-#]?[aAbBdHIjmMpSuUwWyYG%V]|[^%])*")
_LONGEST = 1_000  # characters of a title; patterns take a time that grows faster than it
_MAIL = re.compile(r"[<(][^<>()]*@[^<>()]*[>)]")


def of_markdown(text: str) -> tuple[dict[str, list[str]], str, int]:
    """Part a text into its head and body; return also the 1-based line in which the body begins."""
    lines = text.split("\n")
    at = int(bool(_BEGIN.fullmatch(lines[0])))
    values: dict[str, list[str]] = {}
    key = ""
    while at < len(lines):
        line = lines[at]
        if not line.strip() or _END.fullmatch(line):
            at += 1
            break
        named, more = _KEY.fullmatch(line), _MORE.fullmatch(line)
        if named:
            key = named["key"].lower()
            values.setdefault(key, []).append(named["value"].strip())
        elif more and key:
            values[key].append(more["value"].strip())
        else:
            break
        at += 1
    return (values, "\n".join(lines[at:]), at + 1) if values else ({}, text, 1)


def of_html(text: str) -> tuple[dict[str, list[str]], str]:
    """Return the head of a page in HTML, as `title` and `meta` say it, and the HTML of its body."""
    try:
        page: HtmlElement = document_fromstring(text)
    except (etree.ParserError, ValueError):
        return {}, ""
    values: dict[str, list[str]] = {}
    title = page.findtext(".//title")
    if title and title.strip():
        values["title"] = [title.strip()]
    for meta in page.iter("meta"):
        name, content = meta.get("name", "").lower(), meta.get("content", meta.get("contents", ""))
        if name and content:
            values.setdefault("tags" if name == "keywords" else name, []).append(content)
    body = page.find("body")
    if body is None:
        return values, ""
    inner = (etree.tostring(child, encoding="unicode", method="html") for child in body)
    return values, html.escape(body.text or "", quote=False) + "".join(inner)


def listed(values: list[str]) -> list[str]:
    """Return the items of a key that holds several: parted by semicolons, or else by commas."""
    text = ";".join(values) if len(values) > 1 else "".join(values)
    return [item for part in text.split(";" if ";" in text else ",") if (item := part.strip())]


def without_mail(name: str) -> str:
    """Return the name of an author without an address that stands behind it."""
    return " ".join(word for word in _MAIL.sub("", name).split() if "@" not in word)


def slugify(text: str, rules: tuple[tuple[str, str], ...], *, is_unicode: bool, is_cased: bool) -> str:
    """Return what Pelican makes of a title for an address; "" where it can't be known.

    rules: patterns with what replaces them.
    """
    text = unicodedata.normalize("NFKC", html.unescape(re.sub(r"<[^<>]*>", "", text[:_LONGEST])))
    if not is_unicode:
        text = latin.to_ascii(text)
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement.replace("\\", r"\\"), text, flags=re.IGNORECASE)
    return (text if is_cased else text.lower()).strip()


def expand(pattern: str, values: Mapping[str, str], date: datetime | None) -> str | None:
    """Return an address that a pattern makes, from the root of the blog; None where a value is missing."""
    missing: list[str] = []

    def field(match: re.Match[str]) -> str:
        name, part, format_ = match["name"], match["part"], match["format"]
        if name == "date" and date is not None:
            if part in _PARTS:
                return format(
                    getattr(date, part), format_ if format_ and re.fullmatch(r"0?\dd?", format_) else ""
                )
            if not part and format_ and _FORMAT.fullmatch(format_):
                return date.strftime(format_)
        elif not part and not format_ and values.get(name):
            return values[name]
        missing.append(match[0])
        return ""

    address = _FIELD.sub(field, pattern)
    return None if missing else address


def named_in(match: re.Match[str] | None) -> Iterator[tuple[str, str]]:
    """Yield what a pattern for names of files has found, with the keys in lower case."""
    for key, value in (match.groupdict() if match else {}).items():
        if value is not None:
            yield key.lower(), value
