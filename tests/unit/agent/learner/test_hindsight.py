"""Which of an attempt's relabels are learnt from."""

from __future__ import annotations

from collections import Counter
from random import Random

from agent.learner.hindsight import FEW, few
from infra.contracts.messages import Relabel
from infra.contracts.task import TaskKind

KINDS = (TaskKind.NAVIGATE, TaskKind.FIND, TaskKind.FILL)
RELABELS = tuple(Relabel(instruction=f"do {kind} {n}", kind=kind, steps=n) for kind in KINDS for n in range(2))


def _chance(seed: object) -> Random:
    return Random(str(seed))  # noqa: S311 - no secret


def test_no_more_than_a_few_are_taken_and_each_once() -> None:
    for seed in range(50):
        taken = few(RELABELS, {}, _chance(seed))
        assert len({relabel.instruction for relabel in taken}) == FEW
    assert few(RELABELS[:1], {}, _chance(0)) == RELABELS[:1]
    assert few((), {}, _chance(0)) == ()


def test_the_same_attempt_gives_the_same_ones() -> None:
    assert few(RELABELS, {}, _chance("att_1")) == few(RELABELS, {}, _chance("att_1"))


def test_rare_kinds_are_taken_more_often_and_common_ones_too() -> None:
    known = {"hindsight:navigate": 30, "hindsight:find": 30, "hindsight:fill": 2}
    taken = Counter(relabel.kind for seed in range(400) for relabel in few(RELABELS, known, _chance(seed)))
    # Of six with weights 1/31 four times and 1/3 twice, the two rare ones come first with 0.84 each time.
    assert taken[TaskKind.FILL] > 600
    assert min(taken[TaskKind.NAVIGATE], taken[TaskKind.FIND]) > 20


def test_alike_kinds_are_taken_alike() -> None:
    taken = Counter(relabel.instruction for seed in range(900) for relabel in few(RELABELS, {}, _chance(seed)))
    assert all(240 < count < 360 for count in taken.values())  # 300 expected, 14 is a standard deviation
