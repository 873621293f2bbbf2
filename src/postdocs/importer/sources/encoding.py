"""Bytes of a source to text."""

from __future__ import annotations

import codecs
import re
from email.message import Message

import webencodings

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.characters import readable

_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ARCHIVES = (
    (b"\x1f\x8b", "a gzip archive"), (b"PK\x03\x04", "a zip archive"), (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"),
)  # fmt: skip
LARGEST = 500 * 2**20  # bytes of a source
_BINARY = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096  # bytes in which a page says its encoding; HTML Living Standard §13.2.3.2 has 1024
# CESU-8, as some databases export: a character beyond U+FFFF as two surrogates of three bytes each.
_SURROGATE_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
# Bytes that are no UTF-8, as the error handler `surrogateescape` (PEP 383) writes them.
_BAD = re.compile("[\udc80-\udcff]+")
# Those of them that no text in Windows-1252 has: bytes without a character, and a sequence that is cut off.
_STRAY = re.compile("[\udcfe\udcff\udc81\udc8d\udc8f\udc90\udc9d]+|[\udce0-\udcf4][\udc80-\udcbf]{1,2}")


def decode(data: bytes, name: str, media_type: str | None) -> tuple[str, tuple[Note, ...]]:
    r"""Return the text of a source; each line ends in `\n`. What no text can hold is removed, with a note.

    What counts, in this order: a byte order mark, the XML declaration, the charset of *media_type* (of
    `Content-Type` in HTTP), a `meta` element; then UTF-8, then Windows-1252, with a note. Labels mean what
    they mean in browsers (Encoding Standard §4.2): Latin-1 is Windows-1252.

    Raises
    ------
    PostdocsError
        It is no text, or has more than `LARGEST` bytes.

    """
    if len(data) > LARGEST:
        wrong = f"it has more than {LARGEST // 2**20} MiB"
        raise PostdocsError(name, None, wrong, "export it in parts")
    kind = next((kind for magic, kind in _ARCHIVES if data.startswith(magic)), None)
    if kind:
        raise PostdocsError(name, None, f"it is {kind}, not text", "give a feed, an export or a page")
    text, notes = _decode(data, media_type)
    if any(20 * len(_BINARY.findall(part)) > len(part) for part in (text[:_HEAD], text)):
        raise PostdocsError(name, None, "it is binary data, not text", "give a feed, an export or a page")
    text, odd = readable(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    return text, (*notes, *odd)


def _decode(data: bytes, media_type: str | None) -> tuple[str, tuple[Note, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding), ()
    if data[:2] in {b"<\x00", b"\x00<"}:  # XML 1.0 appendix F: without a mark, the first `<` tells
        return _marked(data, "utf-16-le" if data[0] else "utf-16-be"), ()
    tried: list[str] = []
    for label in _labels(data, media_type):
        encoding_ = webencodings.lookup(label)
        if encoding_ is not None:
            # A declaration that can be read byte by byte is not in UTF-16, whatever it says.
            codec = "utf-8" if encoding_.name.startswith("utf-16") else encoding_.codec_info.name
            try:
                return data.decode(codec), _wrong(tried, codec)
            except UnicodeDecodeError:
                pass
        tried.append(label)
    text = _utf_8(data)
    if text is not None:
        return text, _wrong([label for label in tried if not _is_utf_8(label)], "utf-8")
    note = Note(NoteKind.NOTICED, "it is not in UTF-8; it was read as Windows-1252", before=", ".join(tried))
    # The five bytes that Windows-1252 leaves open are the controls of Latin-1 (Encoding Standard §9.1).
    return webencodings.decode(data, "windows-1252")[0], (note,)


def _marked(data: bytes, encoding: str) -> str:
    """Return text whose encoding is sure; what is wrong in it as surrogates."""
    if encoding == "utf-8":
        return _SURROGATE_PAIR.sub(_pair, data).decode(encoding, "surrogateescape")
    return data[: len(data) // 2 * 2].decode(encoding, "surrogatepass")


def _utf_8(data: bytes) -> str | None:
    """Return text in UTF-8, each byte that is none as a surrogate; None where it is in another encoding."""
    text = _SURROGATE_PAIR.sub(_pair, data).decode("utf-8", "surrogateescape")
    bad = _BAD.findall(text)
    characters = sum(len(run) for run in re.findall("[^\x00-\x7f\udc80-\udcff]+", text)) if bad else 0
    is_utf_8 = characters > len(bad) or all(_STRAY.fullmatch(run) for run in bad)
    return text if is_utf_8 else None


def _pair(match: re.Match[bytes]) -> bytes:
    return (
        match[0]
        .decode("utf-8", "surrogatepass")
        .encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le")
        .encode()
    )


def _is_utf_8(label: str) -> bool:
    encoding = webencodings.lookup(label)
    return encoding is not None and encoding.name.startswith("utf-")


def _labels(data: bytes, media_type: str | None) -> list[str]:
    header = Message()
    header["Content-Type"] = " ".join((media_type or "").split())
    declared, meta = _DECLARED.match(data), _META.search(data[:_HEAD])
    in_bytes = [match[1].decode("ascii", "replace") if match else None for match in (declared, meta)]
    labels = [in_bytes[0], header.get_content_charset(), None if declared else in_bytes[1]]
    return [label for label in labels if label]


def _wrong(tried: list[str], used: str) -> tuple[Note, ...]:
    if not tried:
        return ()
    return (Note(NoteKind.REPAIRED, "it is not in the encoding that it declares", ", ".join(tried), used),)
