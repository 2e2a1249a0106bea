"""Group-relative advantages against hand-computed numbers, and how groups are collected."""

from __future__ import annotations

import math

import pytest

from agent.learner.advantages import group_relative
from agent.learner.groups import MOST_OPEN, PATIENCE, Groups, Result, compared


def result(attempt: str, reward: float | None = 0.0, task: str = "tsk_1") -> Result:
    return Result(attempt, task, "web_1", reward, f"trajectories/{attempt}", 3)


class Clock:
    """Time that passes when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_success_of_four_by_hand() -> None:
    # mean 1/4, variance 3/16, factor 3/2
    deviation = math.sqrt(3) / 4 + 1e-4
    advantages = group_relative([1.0, 0.0, 0.0, 0.0])
    assert advantages == pytest.approx([1.5 * 0.75 / deviation, *[1.5 * -0.25 / deviation] * 3])
    assert sum(advantages or ()) == pytest.approx(0.0)


def test_one_failure_of_four_by_hand() -> None:
    # mean 3/4, factor 1/2
    deviation = math.sqrt(3) / 4 + 1e-4
    advantages = group_relative([0.0, 1.0, 1.0, 1.0])
    assert advantages == pytest.approx([0.5 * -0.75 / deviation, *[0.5 * 0.25 / deviation] * 3])


def test_half_and_half_by_hand() -> None:
    assert group_relative([1.0, 0.0]) == pytest.approx([0.5 / 0.5001, -0.5 / 0.5001])


@pytest.mark.parametrize("rewards", [[], [1.0], [0.0, 0.0, 0.0], [1.0, 1.0]])
def test_without_variance_there_is_no_advantage(rewards: list[float]) -> None:
    assert group_relative(rewards) is None


def test_a_group_is_handed_out_once_when_all_its_attempts_have_ended() -> None:
    groups = Groups(3)
    assert groups.add("g", result("a", 1.0)) == []
    assert groups.add("g", result("a", 1.0)) == []  # delivered again
    assert groups.add("h", result("x")) == []
    assert groups.add("g", result("b", None)) == []
    assert groups.add("g", result("c")) == [(result("a", 1.0), result("b", None), result("c"))]
    assert groups.add("g", result("c")) == []


def test_a_group_that_was_cut_short_is_closed_after_a_while() -> None:
    clock = Clock()
    groups = Groups(4, clock=clock)
    groups.add("g", result("a"))
    clock.now = PATIENCE - 1
    groups.add("g", result("b"))
    clock.now = PATIENCE + 1
    assert groups.overdue() == []  # the second result came a little ago
    clock.now = 2 * PATIENCE
    assert groups.overdue() == [(result("a"), result("b"))]
    assert groups.overdue() == []
    assert groups.add("g", result("c")) == []  # too late


def test_the_oldest_group_is_closed_when_too_many_are_open() -> None:
    groups = Groups(2)
    for i in range(MOST_OPEN):
        assert groups.add(f"g{i}", result(f"a{i}")) == []
    assert groups.add("one more", result("z")) == [(result("a0"),)]


def test_only_scored_attempts_are_compared() -> None:
    whole = (result("a", 1.0), result("b", None), result("c", 0.0))
    graded = compared(whole)
    assert graded is not None
    assert [one.attempt_id for one, _ in graded] == ["a", "c"]
    assert [advantage for _, advantage in graded] == pytest.approx([0.5 / 0.5001, -0.5 / 0.5001])
    assert compared((result("a", 1.0), result("b", None))) is None
