"""pools: what is known of one task's success, and in which pool that puts it. Pure; time is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.contracts.curriculum import Pool, TaskProgress
from infra.mastery import DECAY, PRIOR

MASTERED_AT = 0.8
FORGOTTEN_AT = 0.6
#: Attempts before a task can count as mastered.
LEAST_ATTEMPTS = 4
#: A task that was parked again and again cools down so many times longer, at most.
LONGEST_COOL_DOWN = 16
#: Attempts in a row without a verdict after which a task is parked as if they had failed.
UNSCORED_LIMIT = 6


def learnability(p: float) -> float:
    """Return 4p(1 − p): 1 where success is a coin's toss, 0 where nothing is left to learn or nothing works."""
    return 4.0 * p * (1.0 - p)


@dataclass(slots=True)
class TaskState:
    """The moving record of one task."""

    task_id: str
    weight: float = 0.0  # decayed number of attempts
    reward: float = 0.0  # decayed sum of rewards
    attempts: int = 0
    successes: int = 0
    failures_in_a_row: int = 0
    unscored_in_a_row: int = 0
    times_parked: int = 0
    mastered: bool = False
    best: float = 0.0  # highest estimate since there were LEAST_ATTEMPTS; 0 before
    last_tried: datetime | None = None
    parked_until: datetime | None = None

    @property
    def estimate(self) -> float:
        """Return the posterior mean of the probability of success, from a prior of 0.5."""
        return (self.reward + 0.5 * PRIOR) / (self.weight + PRIOR)

    def pool(self, now: datetime) -> Pool:
        """Return where the task stands."""
        if self.parked_until is not None and now < self.parked_until:
            return Pool.PARKED
        if self.attempts == 0:
            return Pool.FRESH
        return Pool.MASTERED if self.mastered else Pool.LEARNING

    def score(self, reward: float | None, now: datetime, *, park_after: int, cool_down_seconds: float) -> None:
        """Take in one result; None: the attempt gave no verdict."""
        self.last_tried = now
        if reward is None:
            self.unscored_in_a_row += 1
        else:
            self._learn(reward)
        if self.failures_in_a_row >= park_after or self.unscored_in_a_row >= UNSCORED_LIMIT:
            factor = min(2**self.times_parked, LONGEST_COOL_DOWN)
            self.parked_until = now + timedelta(seconds=cool_down_seconds * factor)
            self.times_parked += 1
            self.failures_in_a_row = self.unscored_in_a_row = 0

    def _learn(self, reward: float) -> None:
        self.weight = DECAY * self.weight + 1.0
        self.reward = DECAY * self.reward + reward
        self.attempts += 1
        self.unscored_in_a_row = 0
        if reward > 0:
            self.successes += 1
            self.failures_in_a_row = 0
            self.times_parked = 0
        else:
            self.failures_in_a_row += 1
        if self.attempts >= LEAST_ATTEMPTS:
            self.best = max(self.best, self.estimate)
        if self.attempts >= LEAST_ATTEMPTS and self.estimate >= MASTERED_AT:
            self.mastered = True
        elif self.estimate < FORGOTTEN_AT:
            self.mastered = False

    def progress(self, website_id: str, now: datetime) -> TaskProgress:
        """Return the record as others see it; a task never tried has the estimate 0."""
        return TaskProgress(
            task_id=self.task_id,
            website_id=website_id,
            pool=self.pool(now),
            estimate=self.estimate if self.attempts else 0.0,
            attempts=self.attempts,
            successes=self.successes,
            last_tried=self.last_tried,
            parked_until=self.parked_until,
        )
