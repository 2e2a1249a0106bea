"""At which temperature the groups of attempts are dispatched."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from infra.contracts.policy import Sampling
from infra.contracts.website import Budget
from proposer.curriculum import Manner
from proposer.dispatch import _out_of_time, temperature_of
from tests.unit.proposer.little_shop import website

PROBING = Sampling(temperature=1.2, probes=(1.0, 1.4), probe_share=0.25)


def drawn(manner: Manner, sampling: Sampling) -> Counter[float]:
    rng = Random(0)  # noqa: S311
    return Counter(temperature_of(manner, sampling, rng) for _ in range(4000))


@pytest.mark.parametrize("manner", [Manner.FRESH, Manner.LEARNING, Manner.UNIFORM])
def test_a_share_of_the_groups_is_sampled_beside(manner: Manner) -> None:
    counts = drawn(manner, PROBING)
    assert set(counts) == {1.0, 1.2, 1.4}
    assert counts[1.0] / 4000 == pytest.approx(0.125, abs=0.02)
    assert counts[1.4] / 4000 == pytest.approx(0.125, abs=0.02)


def test_mastered_tasks_are_tried_at_the_usual_temperature() -> None:
    assert set(drawn(Manner.RETENTION, PROBING)) == {1.2}


def test_where_the_learner_says_nothing_the_temperature_is_one() -> None:
    assert set(drawn(Manner.FRESH, Sampling())) == {1.0}


@pytest.mark.parametrize(("minutes", "over"), [(1.0, True), (3.0, False), (9_999_999_999_999.0, False), (None, False)])
def test_any_budget_of_minutes_can_be_compared(minutes: float | None, over: bool) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    site = website(budget=Budget(minutes=minutes), practice_started_at=begun)
    assert _out_of_time(site, begun + timedelta(minutes=2)) is over
