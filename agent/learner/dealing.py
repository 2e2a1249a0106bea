"""Which reward the learner takes an attempt to have earned: its own, or in a control experiment another's or none.

A control keeps everything else as it is: the same attempts, hindsight, curriculum and number of optimiser steps as far
as they do not come from rewards.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from infra.settings import LearnerSettings

#: Rewards that wait to be dealt out.
POOL = 64


class Dealer(Protocol):
    """Implementations: AsIssued, Shuffled, Withheld."""

    def deal(self, task_id: str, reward: float | None) -> float | None:
        """Return the reward that an attempt at the task is learnt from with; None: nothing is learnt from it.

        Call it once per attempt. ``reward`` is None where the verdict told nothing.
        """


class AsIssued:
    """The verdict's own."""

    def deal(self, task_id: str, reward: float | None) -> float | None:
        """Return the attempt's own reward."""
        return reward


class Withheld:
    """None at all."""

    def deal(self, task_id: str, reward: float | None) -> float | None:
        """Return None."""
        return None


class Shuffled:
    """Each attempt gets the reward that another one, at another task, earned a little earlier.

    A reward goes into a pool and takes the place of the one that is dealt, drawn at random among those of other tasks,
    so every reward is dealt at most once: a permutation but for the POOL that never leaves. The rate of success stays
    what it is, and a reward says nothing about the attempt that gets it. The first POOL attempts, which fill the pool,
    get none, and nor does an attempt that finds no other task in it.
    """

    def __init__(self, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._pool: list[tuple[str, float]] = []

    def deal(self, task_id: str, reward: float | None) -> float | None:
        """Return an earlier attempt's reward."""
        if reward is None:
            return None
        if len(self._pool) < POOL:
            self._pool.append((task_id, reward))
            return None
        others = [i for i, (other, _) in enumerate(self._pool) if other != task_id]
        if not others:
            self._pool[int(self._random.integers(POOL))] = (task_id, reward)
            return None
        drawn = others[int(self._random.integers(len(others)))]
        dealt = self._pool[drawn][1]
        self._pool[drawn] = (task_id, reward)
        return dealt


def dealer(settings: LearnerSettings) -> Dealer:
    """Return the dealer of a ``learner.reward`` setting."""
    if settings.reward == "off":
        return Withheld()
    return Shuffled() if settings.reward == "shuffled" else AsIssued()
