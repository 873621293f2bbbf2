"""Redirects and other objects at a path without a page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Redirect:
    """A page that leads elsewhere.

    file: its own, from the root of the output. uri: its address, from the root of the site. is_page: whether
    a real page is there, which leads elsewhere for some queries only. target: the address that it leads to,
    from the root of the site; "" if that depends on the query. queries: the address for each that names one.
    """

    file: str
    uri: str
    is_page: bool = False
    target: str = ""
    queries: dict[str, str] = field(default_factory=dict)
