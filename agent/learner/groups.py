"""Groups of attempts at one task, collected until they can be compared.

Every attempt ends in a verdict of some kind, so a whole group has as many results as attempts; those without a reward
do not count in the comparison. Budgets and stops cut groups short: what is there then is compared after a while.
Idempotent by attempt id; a group is handed out once, what comes later is left out.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from agent.learner.advantages import group_relative

#: Seconds after its last result at which a group is compared as it is; longer than an attempt and its verdict take.
PATIENCE = 150.0
#: With more open groups than this the oldest is compared as it is.
MOST_OPEN = 256
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Result:
    """How one attempt ended."""

    attempt_id: str
    task_id: str
    website_id: str
    reward: float | None  # None: there is no telling
    trajectory: str | None  # blob key
    version: int | None  # that acted


@dataclass(slots=True)
class _Open:
    results: dict[str, Result] = field(default_factory=dict)
    last: float = 0.0


Group = tuple[Result, ...]


class Groups:
    """Open groups, and which ones are closed."""

    def __init__(self, size: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """``size``: attempts of a whole group."""
        self._size = size
        self._clock = clock
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._closed: OrderedDict[str, None] = OrderedDict()

    def add(self, group_id: str, result: Result) -> list[Group]:
        """Take a result in; return the groups that can be compared now."""
        if group_id in self._closed:
            return []
        group = self._open.setdefault(group_id, _Open())
        group.results[result.attempt_id] = result
        group.last = self._clock()
        if len(group.results) >= self._size:
            return [self._close(group_id)]
        return [self._close(next(iter(self._open)))] if len(self._open) > MOST_OPEN else []

    def overdue(self) -> list[Group]:
        """Return the groups that have waited long enough."""
        until = self._clock() - PATIENCE
        return [self._close(group_id) for group_id in [key for key, group in self._open.items() if group.last < until]]

    def _close(self, group_id: str) -> Group:
        self._closed[group_id] = None
        while len(self._closed) > REMEMBERED:
            self._closed.popitem(last=False)
        return tuple(self._open.pop(group_id).results.values())


def compared(group: Group) -> Sequence[tuple[Result, float]] | None:
    """Return the scored attempts with their advantages; None where none did better than another."""
    scored = [(result, result.reward) for result in group if result.reward is not None]
    advantages = group_relative([reward for _, reward in scored])
    if advantages is None:
        return None
    return [(result, advantage) for (result, _), advantage in zip(scored, advantages, strict=True)]
