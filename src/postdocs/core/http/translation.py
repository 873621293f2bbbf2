"""Translates exceptions of HTTP libraries into FetchError."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

from postdocs.core.errors import PostdocsError
from postdocs.core.http.failures import Failure, FetchError

_NO_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_NO_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN}


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
