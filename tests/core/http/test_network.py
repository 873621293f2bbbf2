"""Connections to public addresses only, direct or through a proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpcore
import pytest
from clients import local_client
from servers import Server, serve

from postdocs.core.errors import PostdocsError
from postdocs.core.http.client import blocking
from postdocs.core.http.failures import Failure, FetchError
from postdocs.core.http.network import Proxies, PublicBackend, is_public
from postdocs.core.http.translation import PrivateAddressError

LIMIT = 300  # seconds after which a test that waits has failed


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
        stream = await PublicBackend(allowed, resolve).connect_tcp("Host.test", port, timeout=LIMIT)
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


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://a.org/", "http://proxy.test:3128"),
        ("https://a.org/", "http://secure.test"),
        ("https://b.org/", None),
        ("https://www.b.org/", None),
        ("http://127.0.0.1:8000/", None),
        ("http://[::1]/", None),
        ("http://localhost/", None),
    ],
)
def test_proxies_are_those_of_the_environment(
    url: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_PROXY names exceptions, and this machine is always one."""
    monkeypatch.setattr("os.environ", {"http_proxy": "proxy.test:3128", "no_proxy": "b.org, c.org"})
    monkeypatch.setenv("HTTPS_PROXY", "http://secure.test")
    assert Proxies.from_environment().proxy_for(url) == proxy


def test_a_proxy_for_all_schemes_is_used_where_there_is_no_other() -> None:
    """Without any there is none."""
    proxies = Proxies({"all": "http://all.test", "https": "http://secure.test"})
    assert proxies.proxy_for("http://a.org/") == "http://all.test"
    assert proxies.proxy_for("https://a.org/") == "http://secure.test"
    assert Proxies().proxy_for("http://a.org/") is None


def test_a_proxy_looks_names_up() -> None:
    """What this machine does not know is the proxy's to find; what it knows as private is refused."""
    with serve() as proxy, blocking(local_client(proxies=Proxies({"all": proxy.url("")}))) as client:
        assert client.get("http://gone.test/x", limit=10).status == 200
        assert client.get("http://outside.test/y", limit=10).status == 200
        for private in ("inside.test", "10.0.0.2"):
            with pytest.raises(FetchError) as caught:
                client.get(f"http://{private}/", limit=10)
            assert caught.value.failure is Failure.PRIVATE
    assert [path for _, _, path in proxy.asked] == ["http://gone.test/x", "http://outside.test/y"]


def test_a_proxy_that_does_not_connect_is_named(server: Server) -> None:
    """Its status is not that of the server which it was to reach."""
    proxies = Proxies({"https": server.url("")})
    with blocking(local_client(proxies=proxies)) as client, pytest.raises(FetchError) as caught:
        client.get("https://outside.test/", limit=10)
    assert caught.value.failure is Failure.PROXY


def test_only_proxies_of_http_are_used() -> None:
    """One of another kind is named, not passed by."""
    proxies = Proxies({"all": "socks5://proxy.test"})
    with blocking(local_client(proxies=proxies)) as client, pytest.raises(PostdocsError, match="socks5"):
        client.get("http://outside.test/", limit=10)
