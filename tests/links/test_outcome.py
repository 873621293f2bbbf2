"""What can come of asking for a link."""

from __future__ import annotations

from collections import Counter

import pytest

from postdocs.core.http.failures import Failure
from postdocs.links.outcome import Answer, Effect, Outcome


def test_each_status_and_failure_has_one_outcome() -> None:
    """No two outcomes claim the same."""
    claims: Counter[object] = Counter()
    for outcome in Outcome:
        claims.update([*outcome.value.statuses, *outcome.value.failures])
    assert claims.total() == len(claims)


@pytest.mark.parametrize("failure", Failure)
def test_a_missing_answer_is_never_fatal_but_where_the_host_is_missing(failure: Failure) -> None:
    """Trouble of a server is not the fault of those who link to it."""
    answer = Answer.of_failure(failure)
    assert (answer.outcome.value.effect is Effect.COUNTS) == (failure is Failure.NO_HOST)
    assert answer.text == failure.value


def test_an_answer_that_no_outcome_claims_is_unclear() -> None:
    """Also one with a status that nobody registered."""
    assert Answer.of_status(403) == Answer(Outcome.UNCLEAR, "403 Forbidden")
    assert Answer.of_status(999) == Answer(Outcome.UNCLEAR, "999")
    assert Answer.of_failure(Failure.CERTIFICATE) == Answer(Outcome.UNCLEAR, "its certificate is not valid")
