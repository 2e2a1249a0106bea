"""Mastery over time, against numbers worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infra.contracts.curriculum import Direction
from infra.mastery import LEAST, WINDOW, Moving, Result, best_moment, estimates, forgetting, trend

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def results(*runs: tuple[str, float, int]) -> list[Result]:
    """Make results, a second apart, from runs of (task, reward, how often)."""
    flat = [(task_id, reward) for task_id, reward, count in runs for _ in range(count)]
    return [Result(task_id, reward, NOW + timedelta(seconds=i)) for i, (task_id, reward) in enumerate(flat)]


def after(successes: int, failures: int = 0) -> float:
    """Return the estimate after so many successes and then failures."""
    moving = Moving()
    for reward in [1.0] * successes + [0.0] * failures:
        moving.add(reward)
    return moving.estimate


def test_the_estimate_moves_as_worked_out_by_hand() -> None:
    assert after(0) == 0.5
    assert after(1) == pytest.approx(2 / 3)
    assert after(1, 1) == pytest.approx(1.9 / 3.9)  # weight 0.9 + 1, reward 0.9
    assert estimates(results(("a", 1.0, 1), ("b", 0.0, 1))) == pytest.approx({"a": 2 / 3, "b": 1 / 3})


def test_the_best_moment_is_when_the_mean_over_tasks_was_highest() -> None:
    history = results(("a", 1.0, 6), ("b", 1.0, 4), ("a", 0.0, 5))
    found = best_moment(history)
    assert found is not None
    assert found[0] == 10
    assert found[1] == pytest.approx((after(6) + after(4)) / 2)
    assert best_moment(history[: LEAST - 1]) is None


def test_what_was_forgotten_is_told_on_the_same_tasks() -> None:
    history = results(("a", 1.0, 10), ("a", 0.0, 8))
    found = forgetting(history)
    assert found is not None
    assert (found.best, found.now) == (pytest.approx(after(10)), pytest.approx(after(10, 8)))
    assert found.lost == pytest.approx(after(10) - after(10, 8))
    assert (found.tasks, found.attempts, found.clear) == (1, 8, True)
    assert found.since == NOW + timedelta(seconds=9)


def test_harder_tasks_that_came_later_are_no_loss() -> None:
    history = results(("easy", 1.0, 10), ("hard", 0.0, 20))
    assert forgetting(history) is None  # the easy one was not tried again
    found = forgetting([*history, *results(("easy", 1.0, LEAST))])
    assert found is not None
    assert (found.tasks, found.lost, found.clear) == (1, 0.0, False)
    assert found.now > found.best
    moment = best_moment(history)
    assert moment is not None
    assert moment[1] == pytest.approx(after(10))


def test_nobody_can_say_from_few_attempts() -> None:
    assert forgetting(results(("a", 1.0, LEAST - 1), ("a", 0.0, 20))) is not None  # its best came at the eighth
    assert forgetting(results(("a", 1.0, 10), ("a", 0.0, LEAST - 1))) is None
    assert forgetting(results(("a", 1.0, 10), ("a", 0.0, LEAST))) is not None
    assert forgetting([]) is None


def test_a_loss_that_chance_may_bring_is_not_clear() -> None:
    lucky = results(
        *[("a", float(i % 2), 1) for i in range(40)], ("a", 1.0, 3), *[("a", float(i % 2), 1) for i in range(12)]
    )
    found = forgetting(lucky)
    assert found is not None
    assert found.lost > 0.05
    assert not found.clear


def test_rising_level_and_falling() -> None:
    low, high = [0.0] * 16 + [1.0] * 4, [1.0] * 16 + [0.0] * 4
    for rewards, expected in (
        ([*low, *high], Direction.RISING),
        ([*high, *low], Direction.FALLING),
        ([*low, *low[:-1], 0.0], Direction.LEVEL),
        ([1.0] * 40, Direction.LEVEL),
    ):
        found = trend(rewards)
        assert found is not None
        assert found.direction is expected
        assert (found.recent_attempts, found.before_attempts) == (WINDOW, WINDOW)
    found = trend([*low, *high])
    assert found is not None
    assert (found.before, found.recent) == (0.2, 0.8)


def test_a_difference_that_chance_may_bring_is_level() -> None:
    # 10 and 14 of 20: pooled 0.6, error 0.155, so 0.2 is 1.29 errors; 15 of 20 make 0.25 of 0.153: 1.63; 16 make 2.0
    half = [1.0] * 10 + [0.0] * 10
    directions = {}
    for successes in (14, 15, 16):
        found = trend([*half, *[1.0] * successes, *[0.0] * (20 - successes)])
        assert found is not None
        directions[successes] = found.direction
    assert directions == {14: Direction.LEVEL, 15: Direction.LEVEL, 16: Direction.RISING}


def test_a_trend_needs_something_to_compare_with() -> None:
    assert trend([1.0] * (WINDOW + LEAST - 1)) is None
    found = trend([1.0] * (WINDOW + LEAST))
    assert found is not None
    assert (found.before_attempts, found.recent_attempts) == (LEAST, WINDOW)
