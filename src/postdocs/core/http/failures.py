"""Why a request got no answer: one member for each reason, in words that no server chose."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import httpcore
import httpx

from postdocs.core.errors import PostdocsError


class Failure(StrEnum):
    """Why there is no answer, as messages say it.

    UNREACHABLE: it may be our own network that is missing. NO_CONNECTION: somebody else's part is missing.
    """

    NO_HOST = "no such host"
    NO_LOOKUP = "its host could not be looked up"
    PRIVATE = "its host is in a private network"
    UNREACHABLE = "no connection"
    NO_CONNECTION = "the host can't be reached"
    REFUSED = "the connection was refused"
    CERTIFICATE = "its certificate is not valid"
    NO_TLS = "no secure connection"
    PROXY = "the proxy did not connect to it"
    TIMED_OUT = "no answer in time"
    BROKEN = "the connection broke"
    NOT_HTTP = "the server does not speak HTTP"
    NOT_DECODED = "its compression can't be read"
    NOT_A_URL = "it is not a web address"
    REDIRECT_TO_NOTHING = "it redirects to what is no address"
    REDIRECT_TO_OTHER = "it redirects to what is no web page"
    REDIRECT_LOOP = "it redirects in a circle"
    REDIRECT_LIMIT = "it redirects without end"
    TOO_LARGE = "it is too large"

    @property
    def may_pass(self) -> bool:
        """Whether another attempt may succeed."""
        return self in _PASSING


_PASSING = {
    *(Failure.NO_LOOKUP, Failure.UNREACHABLE, Failure.NO_CONNECTION, Failure.REFUSED, Failure.PROXY),
    *(Failure.TIMED_OUT, Failure.BROKEN, Failure.NOT_HTTP),
}
_NO_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_NO_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN}


class FetchError(Exception):
    """A request got no answer. url: the address that failed, which a redirect may have led to."""

    def __init__(self, failure: Failure, url: str) -> None:
        self.failure = failure
        self.url = url
        super().__init__(failure.value)


class PrivateAddressError(httpcore.ConnectError):
    """A host has no address that is reachable from everywhere (RFC 6890), and was not allowed by name."""


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn the errors of a connection into FetchError.

    No server decides how a run goes on, whatever it makes the libraries raise.
    """
    try:
        yield
    except PostdocsError:  # a mistake of the user's own
        raise
    except (
        *(OSError, ValueError, httpx.DecodingError),
        *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, httpcore.TimeoutException),
    ) as error:
        raise FetchError(_failure_of(error), url) from error


def _failure_of(error: Exception) -> Failure:  # noqa: PLR0911 - one for each kind
    match error:
        case TimeoutError() | httpcore.TimeoutException():
            return Failure.TIMED_OUT
        case PrivateAddressError():
            return Failure.PRIVATE
        case socket.gaierror(errno=number):
            return Failure.NO_HOST if number in _NO_HOST else Failure.NO_LOOKUP
        case httpcore.ProxyError():
            return Failure.PROXY
        case httpcore.ProtocolError():
            return Failure.NOT_HTTP
        case httpx.DecodingError():
            return Failure.NOT_DECODED
    causes = [*_causes(error)]
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Failure.CERTIFICATE
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Failure.NO_TLS
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return Failure.REFUSED
    if not isinstance(error, httpcore.ConnectError):
        return Failure.BROKEN
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    return Failure.UNREACHABLE if not numbers or numbers & _NO_NETWORK else Failure.NO_CONNECTION


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__
