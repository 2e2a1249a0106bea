"""Intervals over seeds and tasks, against cases that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from infra.experiment.bootstrap import difference, estimate
from infra.statistics import wilson


def test_with_one_seed_tasks_alone_are_resampled() -> None:
    # 50 of 100: a resample's mean is binomial, with standard deviation 0.05, so 95 % lie within about ± 0.098.
    found = estimate(np.array([[1.0] * 50 + [0.0] * 50]))
    assert (found.mean, found.over, found.seeds, found.tasks) == (0.5, "tasks", 1, 100)
    assert found.low == pytest.approx(0.402, abs=0.015)
    assert found.high == pytest.approx(0.598, abs=0.015)


def test_seeds_that_differ_widen_the_interval() -> None:
    # One seed does everything, the other nothing: of two seeds drawn, a quarter is twice the same one.
    found = estimate(np.array([[1.0] * 40, [0.0] * 40]))
    assert (found.mean, found.low, found.high) == (0.5, 0.0, 1.0)
    assert found.over == "seeds and tasks"


def test_seeds_that_agree_leave_the_spread_of_the_tasks() -> None:
    # Tasks are the same for all seeds: three seeds that agree are worth no more than one.
    one = np.array([[1.0] * 30 + [0.0] * 70])
    alone, thrice = estimate(one), estimate(np.repeat(one, 3, axis=0))
    assert thrice.mean == pytest.approx(alone.mean)
    assert thrice.low == pytest.approx(alone.low, abs=0.015)
    assert thrice.high == pytest.approx(alone.high, abs=0.015)


def test_resampling_is_the_same_every_time() -> None:
    values = np.array([[1.0, 0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0, 1.0]])
    assert estimate(values) == estimate(values)


@pytest.mark.parametrize(("value", "bounds"), [(0.0, wilson(0, 20)), (1.0, wilson(20, 20))])
def test_where_every_task_ended_alike_the_interval_is_wilsons(value: float, bounds: tuple[float, float]) -> None:
    found = estimate(np.full((3, 20), value))
    assert (found.low, found.high) == pytest.approx(bounds)


def test_a_difference_is_paired() -> None:
    # Both do the same half of the tasks, and the first five more: only these five differ, whatever else is drawn.
    reference = np.array([[1.0] * 50 + [0.0] * 50])
    values = reference.copy()
    values[0, 50:55] = 1.0
    found = difference(values, reference)
    assert found.mean == pytest.approx(0.05)
    assert 0.005 <= found.low <= 0.02
    assert 0.08 <= found.high <= 0.105
    unpaired = np.hypot(*(estimate(one).high - estimate(one).mean for one in (values, reference)))
    assert found.high - found.mean < unpaired / 2


def test_a_difference_of_nothing_allows_for_what_was_not_seen() -> None:
    values = np.array([[1.0, 0.0, 1.0, 0.0]])
    found = difference(values, values)
    _, unseen = wilson(0, 4)
    assert (found.mean, found.low, found.high) == pytest.approx((0.0, -unseen, unseen))


def test_the_interval_of_a_difference_covers_it() -> None:
    # 100 draws of two policies that differ by 0.2: about 95 % of the intervals hold the difference.
    random = np.random.default_rng(1)
    held = 0
    for _ in range(100):
        skill = random.uniform(0.1, 0.7, size=60)
        first = (random.random((3, 60)) < skill + 0.2).astype(float)
        second = (random.random((3, 60)) < skill).astype(float)
        found = difference(first, second)
        held += found.low <= 0.2 <= found.high
    assert 0.88 <= held / 100 <= 1.0


def test_nothing_to_estimate_is_an_error() -> None:
    with pytest.raises(ValueError, match="seeds and tasks"):
        estimate(np.zeros((2, 0)))
    with pytest.raises(ValueError, match="cannot be paired"):
        difference(np.zeros((1, 3)), np.zeros((2, 3)))
