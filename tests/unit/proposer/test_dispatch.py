"""At which temperature the groups of attempts are dispatched."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from infra.contracts.policy import Sampling
from proposer.curriculum import Manner
from proposer.dispatch import temperature_of

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
