"""Mastery over time: moving estimates of success, whether they rise or fall, and what was forgotten. Pure functions.

A family's mastery is the mean of its tasks' moving estimates, so that each counts the same however often it was drawn.
Forgetting compares the same tasks then and now (Chaudhry et al. 2018, arXiv 1801.10112: the best accuracy
a task ever had, minus the present one): harder tasks that came later are no loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import fmean

from infra.contracts.curriculum import Direction, Forgetting, Trend

#: How much an older result counts against the next one: 0.9 remembers about ten attempts.
DECAY = 0.9
#: Weight of the prior, in attempts, at 0.5.
PRIOR = 2.0
#: Attempts of a family that count as "now" in its trend, and as "before".
WINDOW = 20
#: Attempts that must stand behind each figure that is compared with another.
LEAST = 8
#: Standard errors that a difference must exceed: one in twenty that are none does.
CERTAINTY = 1.64


@dataclass(frozen=True, slots=True)
class Result:
    """One scored attempt of a family."""

    task_id: str
    reward: float  # 1 for success, 0 for failure
    at: datetime


@dataclass(slots=True)
class Moving:
    """A moving estimate of one task's success."""

    weight: float = 0.0  # decayed number of attempts
    reward: float = 0.0  # decayed sum of rewards

    def add(self, reward: float) -> None:
        """Take in a result."""
        self.weight = DECAY * self.weight + 1.0
        self.reward = DECAY * self.reward + reward

    @property
    def estimate(self) -> float:
        """Return the posterior mean of the probability of success, from a prior of 0.5."""
        return (self.reward + 0.5 * PRIOR) / (self.weight + PRIOR)


def estimates(results: Sequence[Result]) -> dict[str, float]:
    """Return the estimate of each task after these results, oldest first."""
    moving: dict[str, Moving] = {}
    for result in results:
        moving.setdefault(result.task_id, Moving()).add(result.reward)
    return {task_id: known.estimate for task_id, known in moving.items()}


def best_moment(results: Sequence[Result]) -> tuple[int, float] | None:
    """Return after how many results the mean estimate was highest, and how high; None before LEAST results."""
    moving: dict[str, Moving] = {}
    total = 0.0
    best: tuple[int, float] | None = None
    for i, result in enumerate(results, 1):
        known = moving.get(result.task_id)
        if known is None:
            known = moving[result.task_id] = Moving()
        else:
            total -= known.estimate
        known.add(result.reward)
        total += known.estimate
        mean = total / len(moving)
        if i >= LEAST and (best is None or mean > best[1]):
            best = (i, mean)
    return best


def forgetting(results: Sequence[Result]) -> Forgetting | None:
    """Return what was lost since the family stood best, on those of its tasks that were tried again since.

    None where fewer than LEAST attempts stand behind either side: nobody can say then.
    """
    moment = best_moment(results)
    if moment is None:
        return None
    then, now = estimates(results[: moment[0]]), estimates(results)
    since = [result for result in results[moment[0] :] if result.task_id in then]
    if len(since) < LEAST:
        return None
    again = {result.task_id for result in since}
    before, present = fmean(then[task_id] for task_id in again), fmean(now[task_id] for task_id in again)
    expected = sum(then[result.task_id] for result in since)
    spread = sqrt(sum(then[result.task_id] * (1.0 - then[result.task_id]) for result in since))
    return Forgetting(
        best=before,
        now=present,
        lost=max(0.0, before - present),
        clear=expected - sum(result.reward for result in since) > CERTAINTY * spread,
        tasks=len(again),
        attempts=len(since),
        since=results[moment[0] - 1].at,
    )


def trend(rewards: Sequence[float]) -> Trend | None:
    """Compare the latest WINDOW rewards with those before; None where fewer than LEAST come before.

    Rising and falling are differences beyond what chance brings between two proportions (pooled); else it is level.
    """
    recent, before = rewards[-WINDOW:], rewards[-2 * WINDOW : -WINDOW]
    if len(before) < LEAST:
        return None
    pooled = fmean([*recent, *before])
    error = sqrt(pooled * (1.0 - pooled) * (1.0 / len(recent) + 1.0 / len(before)))
    change = fmean(recent) - fmean(before)
    direction = Direction.LEVEL
    if abs(change) > CERTAINTY * error:
        direction = Direction.RISING if change > 0 else Direction.FALLING
    return Trend(
        direction=direction,
        recent=fmean(recent),
        recent_attempts=len(recent),
        before=fmean(before),
        before_attempts=len(before),
    )
