"""The outcomes of a request, with their texts and effects.

To add one, add a member here, and its rule to `policy` if no effect of today is right for it.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto, unique
from http import HTTPStatus

from postdocs.core.http.failures import Failure


class Effect(Enum):
    """How an outcome moves the verdict on a link, by the rules of `policy`.

    CLEARS: the link is fine. COUNTS: the link was gone for a day, which fails the check at once if it is
    new, and later if it is not. NOTES: it is kept in the ledger, and never fatal. DOUBTS: the same of a
    page that may not be the one that was meant. ARCHIVES: there is a copy.
    """

    CLEARS = auto()
    COUNTS = auto()
    NOTES = auto()
    DOUBTS = auto()
    ARCHIVES = auto()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is true of an outcome.

    effect: how it moves the verdict. statuses, failures: the answers, and the reasons for none, that it has.
    needs_get: whether an answer to HEAD has to be confirmed by GET.
    proves_network: whether somebody was heard, a server or a name server. is_of_host: whether it holds for
    all links of the host. skips_host: why the others of the host are not asked in this run, if they are not.
    """

    effect: Effect
    statuses: AbstractSet[int] = frozenset()
    failures: AbstractSet[Failure] = frozenset()
    needs_get: bool = True
    proves_network: bool = True
    is_of_host: bool = False
    skips_host: str = ""


@unique
class Outcome(Enum):
    """What came of asking for a link. UNCLEAR stands for all that no other does."""

    FINE = Facts(effect=Effect.CLEARS, statuses={*range(200, 300), 304}, needs_get=False)
    GONE = Facts(effect=Effect.COUNTS, statuses={404, 410})
    NO_DNS = Facts(effect=Effect.COUNTS, failures={Failure.NO_HOST}, is_of_host=True)
    BUSY = Facts(
        effect=Effect.NOTES,
        statuses={429, 503},
        needs_get=False,
        skips_host="its host wants to be left alone",
    )
    TIMED_OUT = Facts(
        effect=Effect.NOTES,
        failures={Failure.TIMED_OUT},
        proves_network=False,
        skips_host="its host did not answer",
    )
    NOT_REACHED = Facts(
        effect=Effect.NOTES,
        failures={Failure.NO_LOOKUP, Failure.PRIVATE, Failure.UNREACHABLE, Failure.PROXY},
        proves_network=False,
    )
    UNCLEAR = Facts(effect=Effect.NOTES)
    DOUBTFUL = Facts(effect=Effect.DOUBTS, needs_get=False)
    ARCHIVED = Facts(effect=Effect.ARCHIVES)


@dataclass(frozen=True)
class Answer:
    """What asking gave.

    text: it in words, without anything that the server chose. is_elsewhere: whether it is of another host, to
    which a redirect led. moved: the address of the link from now on, if the server says so.
    """

    outcome: Outcome
    text: str
    is_elsewhere: bool = False
    moved: str = ""

    @classmethod
    def of_status(cls, status: int) -> Answer:
        """Return what an answer with a status of HTTP means."""
        outcome = next((member for member in Outcome if status in member.value.statuses), Outcome.UNCLEAR)
        text = str(status)
        with suppress(ValueError):  # one that nobody registered
            text = f"{status} {HTTPStatus(status).phrase}"
        return cls(outcome, text)

    @classmethod
    def of_failure(cls, failure: Failure, *, is_elsewhere: bool = False) -> Answer:
        """Return what it means that there was no answer."""
        outcome = next((member for member in Outcome if failure in member.value.failures), Outcome.UNCLEAR)
        return cls(outcome, failure.value, is_elsewhere)
