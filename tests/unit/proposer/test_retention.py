"""Which mastered task is tried again: families long not practised, or being forgotten, first."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from infra.contracts.task import Task
from proposer.curriculum import Curriculum, Manner
from proposer.pools import TaskState
from proposer.retention import LOSS, losses, most_urgent, urgency
from tests.unit.proposer.test_curriculum import LIMITS, NOW, curriculum, task


def mastered(known: Curriculum, name: str, seconds: float, failures: int = 0) -> None:
    """Have a task mastered so many seconds after NOW, and then fail."""
    for i in range(12):
        known.score(f"{name} {i} {seconds}", name, 1.0, NOW + timedelta(seconds=seconds))
    for i in range(failures):
        known.score(f"{name} f{i} {seconds}", name, 0.0, NOW + timedelta(seconds=seconds))


def retained(known: Curriculum, seconds: float) -> Task:
    drawn = known.draw(NOW + timedelta(seconds=seconds))
    assert drawn is not None
    assert drawn[1] is Manner.RETENTION
    return drawn[0]


def test_urgency_as_worked_out_by_hand() -> None:
    assert urgency(100.0, 50.0, 0.0) == 75.0
    assert urgency(100.0, 50.0, 0.25) == 75.0 * (1 + LOSS / 4)
    assert urgency(0.0, 0.0, 1.0) == 0.0


def test_the_family_that_waited_longest_comes_first() -> None:
    tasks = [task("a", skill="find"), task("b", skill="find"), task("c", skill="search")]
    known = curriculum(tasks, retention_share=1.0)
    mastered(known, "a", 0)
    mastered(known, "c", 10)
    mastered(known, "b", 90)  # another of the first one's family, just now
    # a: (100 + 10) / 2 = 55; c: (90 + 90) / 2 = 90
    assert retained(known, 100).id == "c"


def test_a_family_that_is_being_forgotten_comes_before_one_that_waited_as_long() -> None:
    tasks = [task("kept", skill="find"), task("also", skill="search"), task("lost", skill="search")]
    known = curriculum(tasks, retention_share=1.0)
    mastered(known, "kept", 0)
    mastered(known, "also", 2)
    mastered(known, "lost", 2, failures=6)  # no longer mastered, but its family is asked for
    assert known.state("lost").mastered is False
    assert retained(known, 100).id == "also"
    # lost nothing, the other one comes: it has waited longer
    restored = curriculum(tasks, retention_share=1.0)
    for name, seconds in (("kept", 0), ("also", 2), ("lost", 2)):
        mastered(restored, name, seconds)
    assert retained(restored, 100).id == "kept"


def test_however_much_one_family_lost_the_others_turn_comes() -> None:
    tasks = [task("fine", skill="find"), task("also", skill="search"), task("lost", skill="search")]
    known = curriculum(tasks, retention_share=1.0)
    mastered(known, "fine", 0)
    mastered(known, "also", 0)
    mastered(known, "lost", 0, failures=8)
    turns: Counter[str] = Counter()
    for second in range(60, 660, 60):
        chosen = retained(known, second)
        turns[chosen.id] += 1
        known.score(f"again {second}", chosen.id, 1.0, NOW + timedelta(seconds=second))
    assert turns["also"] > turns["fine"] >= 2


def test_losses_are_told_from_what_was_mastered_once() -> None:
    states = {name: TaskState(name) for name in ("a", "b", "never")}
    for name, rewards in {"a": [1.0] * 12, "b": [1.0] * 12 + [0.0] * 4, "never": [1.0, 0.0] * 6}.items():
        for reward in rewards:
            states[name].score(reward, NOW, **LIMITS)
    found = losses([task("a", skill="x"), task("b", skill="x"), task("never", skill="y")], states)
    assert found == {"x": pytest.approx((states["b"].best - states["b"].estimate) / 2)}
    assert states["never"].best < 0.8


def test_a_record_from_the_future_is_no_wait() -> None:
    states = {"a": TaskState("a", last_tried=NOW + timedelta(seconds=5)), "b": TaskState("b", last_tried=NOW)}
    both = [task("a", skill="x"), task("b", skill="y")]
    assert most_urgent(both, both, states, NOW + timedelta(seconds=1)).id == "b"
