"""Why a request got no answer: one member for each reason, in words that no server chose."""

from __future__ import annotations

from enum import StrEnum


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


class FetchError(Exception):
    """A request got no answer. url: the address that failed, which a redirect may have led to."""

    def __init__(self, failure: Failure, url: str) -> None:
        self.failure = failure
        self.url = url
        super().__init__(failure.value)
