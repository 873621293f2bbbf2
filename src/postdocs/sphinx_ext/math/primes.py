"""Primes in MathML: as high and as large as TeX sets them, in all browsers."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree as ET

_PRIMES = "′″‴⁗"


def lower_primes(element: ET.Element) -> None:
    """Set primes beside a letter: fonts have them raised, and Chromium would raise and shrink them again."""
    base, script = element
    parts = [*script] if script.tag == "mrow" else [script]
    primes = [*itertools.takewhile(_is_prime, parts)]
    if not primes:
        return
    row = ET.Element("mrow")
    row.append(base)
    row.extend(_joined(primes))
    for prime in row[1:]:
        set_space(prime, "0em")
    if len(primes) == len(parts):
        element.tag = "mrow"
        element[:] = [*row]
    else:
        for prime in primes:
            script.remove(prime)
        element[0] = row


def lower_primes_above(element: ET.Element) -> None:
    """Leave primes above an index as high and as large as fonts have them."""
    script = element[2]
    parts = [*script] if script.tag == "mrow" else [script]
    if not all(map(_is_prime, parts)):
        return
    # The size is that of the base, so that the prime is as large as beside a letter without an index.
    lowered = ET.Element("mpadded", {"scriptlevel": "+0", "voffset": "-0.4em", "height": "0.35em"})
    lowered.extend(_joined(parts))
    for prime in lowered:
        set_space(prime, "0em")
    element[2] = lowered


def mark_primes(tree: ET.Element) -> None:
    """Give primes a class: the style sheet keeps Firefox from the small form that fonts have for indices."""
    for operator in tree.iter("mo"):
        if _is_prime(operator):
            operator.set("class", "prime")


def _joined(primes: list[ET.Element]) -> list[ET.Element]:
    """Return primes as one sign, in which they stand closer, where there is one."""
    count = sum(_PRIMES.index(sign) + 1 for prime in primes for sign in prime.text or "")
    if not 1 < count <= len(_PRIMES):
        return primes
    primes[0].text = _PRIMES[count - 1]
    return primes[:1]


def _is_prime(element: ET.Element) -> bool:
    return bool(element.text) and not (element.text or "").strip(_PRIMES)


def set_space(operator: ET.Element, width: str) -> None:
    """Set the space on both sides of an operator, unless it says its own. width: a length of CSS."""
    for side in ("lspace", "rspace"):
        operator.attrib.setdefault(side, width)
