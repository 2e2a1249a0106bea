"""retention: which mastered task is tried again next, so that forgetting is seen and mended. Pure.

First those whose family has not been practised for long, or is being forgotten. A family is a skill: what was lost on
one of its tasks, also on those that are no longer mastered, is likely lost on the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import fmean

from infra.contracts.task import Task
from proposer.pools import MASTERED_AT, TaskState

#: A family that lost all it could counts as if it had waited so many times longer again. Not more: however much one
#: family has lost, the others' turn comes.
LOSS = 4.0


def urgency(waited: float, family_waited: float, lost: float) -> float:
    """Return how much a mastered task asks to be tried again.

    The mean of the seconds since the task and since any task of its family was tried, times 1 + LOSS · ``lost``, which
    is the estimate that the family lost since its best, from 0 to 1.
    """
    return (waited + family_waited) / 2.0 * (1.0 + LOSS * lost)


def losses(tasks: Iterable[Task], states: Mapping[str, TaskState]) -> dict[str, float]:
    """Return for each family with tasks that were mastered once the mean of what their estimates lost since."""
    lost: defaultdict[str, list[float]] = defaultdict(list)
    for task in tasks:
        state = states[task.id]
        if state.best >= MASTERED_AT:
            lost[task.skill].append(max(0.0, state.best - state.estimate))
    return {skill: fmean(values) for skill, values in lost.items()}


def most_urgent(
    mastered: Sequence[Task], tasks: Iterable[Task], states: Mapping[str, TaskState], now: datetime
) -> Task:
    """Return the mastered task to try again; there must be one. ``tasks``: all, whose records tell of families."""
    known = list(tasks)
    lost = losses(known, states)
    latest: dict[str, float] = {}
    for task in known:
        latest[task.skill] = max(latest.get(task.skill, 0.0), _tried(states[task.id]))

    def asks(task: Task) -> tuple[float, float]:
        tried = _tried(states[task.id])
        waited, family_waited = now.timestamp() - tried, now.timestamp() - latest[task.skill]
        return urgency(max(0.0, waited), max(0.0, family_waited), lost.get(task.skill, 0.0)), -tried

    return max(mastered, key=asks)


def _tried(state: TaskState) -> float:
    """Return when a task was tried last, as a time stamp."""
    return state.last_tried.timestamp() if state.last_tried is not None else 0.0
