"""Connections to public addresses only, whatever a name resolves to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

import httpcore

# Returns the IP addresses of a host as text; raises socket.gaierror where there are none.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
# RFC 6052 §2.1, RFC 3056 §2: addresses that hold an IPv4 address, which a gateway may send to.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddressError(httpcore.ConnectError):
    """A host has no address that is reachable from everywhere (RFC 6890), and was not allowed by name."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is reachable from everywhere (RFC 6890)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


async def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, as the machine finds them.

    Raises
    ------
    socket.gaierror
        There are none, or it cannot be said.

    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [*dict.fromkeys(str(address[4][0]) for address in found)]


class PublicBackend(httpcore.AsyncNetworkBackend):
    """The network as httpcore uses it, without what is not public.

    A name is resolved once, and what was found public is what is connected to: a name server that changes
    its answer gains nothing. allowed: hosts, in lower case, that may be anywhere.
    """

    def __init__(self, allowed: Collection[str] = (), resolve: Resolve = resolve) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first public address of a host that answers.

        timeout: seconds for each address.

        Raises
        ------
        PrivateAddressError
            There is no public one.
        socket.gaierror
            There is none at all.
        httpcore.ConnectError, httpcore.ConnectTimeout
            None answered.

        """
        addresses = await self._resolve(host, port)
        if host.lower() not in self._allowed:
            addresses = [address for address in addresses if is_public(address)]
        failure: Exception = PrivateAddressError("its host is in a private network")
        first_of_family = {":" in address: address for address in reversed(addresses)}
        for address in sorted(first_of_family.values(), key=addresses.index):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)
