"""Connections to public addresses only, whatever a name resolves to; through a proxy where one is set."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore

from postdocs.core.http.failures import Failure
from postdocs.core.http.translation import PrivateAddressError

# Returns the IP addresses of a host as text; raises socket.gaierror where there are none.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
# RFC 6052 §2.1, RFC 3056 §2: addresses that hold an IPv4 address, which a gateway may send to.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


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
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [*dict.fromkeys(str(address[4][0]) for address in answers)]


class PublicBackend(httpcore.AsyncNetworkBackend):
    """The network as httpcore uses it, without what is not public.

    A name is resolved once, and what was found public is what is connected to: a name server that changes
    its answer gains nothing. allowed: hosts, in lower case, that may be anywhere. network: what connects.
    """

    def __init__(
        self,
        allowed: Collection[str] = (),
        resolve: Resolve = resolve,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._network = network or httpcore.AnyIOBackend()

    async def vetted(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host that may be connected to.

        Raises
        ------
        PrivateAddressError
            There is no public one.
        socket.gaierror
            There is none at all.

        """
        addresses = await self._resolve(host, port)
        if host.lower() not in self._allowed:
            addresses = [address for address in addresses if is_public(address)]
        if not addresses:
            raise PrivateAddressError(Failure.PRIVATE)
        return [*addresses]

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
        PrivateAddressError, socket.gaierror
            As `vetted` does.
        httpcore.ConnectError, httpcore.ConnectTimeout
            None answered.

        """
        addresses = await self.vetted(host, port)
        failure: Exception | None = None
        first_of_family = {":" in address: address for address in reversed(addresses)}
        for address in sorted(first_of_family.values(), key=addresses.index):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)


@dataclass(frozen=True)
class Proxies:
    """Which requests go through a proxy. by_scheme: its URL, `all` for any. bypass: tells exceptions."""

    by_scheme: Mapping[str, str] = field(default_factory=dict)
    bypass: Callable[[str], bool] = lambda _: False

    @classmethod
    def from_environment(cls) -> Self:
        """Return those of HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, or else of the system."""
        proxies = {
            scheme: url if "://" in url else f"http://{url}"
            for scheme, url in getproxies().items()
            if scheme in {"http", "https", "all"} and url
        }
        return cls(proxies, lambda host: bool(proxy_bypass(host)))

    def proxy_for(self, url: str) -> str | None:
        """Return the proxy for a request; none for this machine itself, as in browsers."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        proxy = self.by_scheme.get(parts.scheme) or self.by_scheme.get("all")
        return None if proxy is None or _is_this_machine(host) or self.bypass(host) else proxy


def _is_this_machine(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")  # RFC 6761 §6.3
