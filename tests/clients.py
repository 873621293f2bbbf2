"""Clients of HTTP that reach only this machine, with a clock of their own."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import httpcore
from clock import Clock

from postdocs.core.http.client import Client, Retry
from postdocs.core.http.connections import Connections
from postdocs.core.http.network import Proxies, PublicBackend, Resolve
from postdocs.core.http.throttle import HostThrottle

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HERE = frozenset({"127.0.0.1", "localhost", "here.test", "other.test"})
_ADDRESSES = {
    "inside.test": "10.0.0.1",
    "10.0.0.2": "10.0.0.2",
    "outside.test": "8.8.8.8",
    **dict.fromkeys(HERE, "127.0.0.1"),
}


async def look_up(host: str, _: int) -> Sequence[str]:
    """Know some names, and answer as a name server does for others."""
    if host == "broken.test":
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    if host not in _ADDRESSES:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return [_ADDRESSES[host]]


def local_client(
    clock: Clock | None = None,
    *,
    allowed: Collection[str] = HERE,
    retry: Retry | None = None,
    pause: float = 0.0,
    resolve: Resolve = look_up,
    network: httpcore.AsyncNetworkBackend | None = None,
    proxies: Proxies | None = None,
    tls: ssl.SSLContext | None = None,
    answer: float = 60.0,
) -> Client:
    """Return a client. retry: without it nothing is tried again. answer: seconds of the real clock."""
    clock = clock or Clock()
    return Client(
        Connections(PublicBackend(allowed, resolve, network), proxies, tls, clock=clock),
        HostThrottle(pause, sleep=clock.sleep, clock=clock),
        retry or Retry(times=0, backoff=None),
        now=lambda: NOW,
        answer=answer,
    )
