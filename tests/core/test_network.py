"""Connections to public addresses only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpcore
import pytest
from servers import serve

from postdocs.core.network import PrivateAddressError, PublicBackend, is_public


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_what_is_not_reachable_from_everywhere_is_private(address: str) -> None:
    """Also addresses that only hide one: mapped, translated and tunnelled (RFC 6890, RFC 6052, RFC 3056)."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    """However they are written."""
    assert is_public(address)


def connect(addresses: Sequence[str], port: int, *allowed: str) -> None:
    """Connect to a host that has addresses."""

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    async def run() -> None:
        stream = await PublicBackend(allowed, resolve).connect_tcp("Host.test", port, timeout=5)
        await stream.aclose()

    asyncio.run(run())


def test_a_name_is_judged_by_what_it_resolves_to() -> None:
    """It has to be public, or to be allowed by its name; what it resolved to is what is connected to."""
    with serve() as server:
        with pytest.raises(PrivateAddressError):
            connect(["127.0.0.1", "10.0.0.1"], server.port)
        connect(["127.0.0.1"], server.port, "host.test")


def test_the_other_family_is_tried() -> None:
    """A host with an address that does not answer may have one that does."""
    with serve() as server:
        connect(["::1", "127.0.0.1"], server.port, "host.test")
        with pytest.raises(httpcore.ConnectError):
            connect(["::1"], server.port, "host.test")
