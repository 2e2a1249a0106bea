"""Episodes to learn from, by where they come from, within a bound of memory.

Sampling is balanced between sources, so that many easy episodes do not drown the few hard ones, and within each source
between websites, so that one that is no longer practised is not forgotten.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from agent.learner.examples import Episode
from agent.learner.hindsight import Hindsight
from agent.learner.successes import Successes

SUCCESS = "success"
#: Weight of successes, to hindsight of one kind and as many.
SUCCESS_WEIGHT = 2.0
#: Episodes drawn at a time.
DRAWN = 16


class Replay:
    """Bounded by episodes per source and by bytes in all."""

    def __init__(self, size: int, *, max_bytes: int = 1_000_000_000, seed: int = 0) -> None:
        self._max_bytes = max_bytes
        self._random = np.random.default_rng(seed)
        self._hindsight = Hindsight(size, self._random)
        self._successes = Successes(self._random)

    @property
    def nbytes(self) -> int:
        """Return the memory that all episodes hold, in bytes."""
        return self._hindsight.nbytes + self._successes.nbytes

    def limit(self, quota: int) -> None:
        """Draw from no more than so many successes of a task, the shortest."""
        self._successes.quota = quota

    def scored(self, task: str, reward: float) -> None:
        """Hear of an attempt's reward, whatever became of it."""
        self._successes.scored(task, reward)

    def add(self, episode: Episode) -> bool:
        """Keep an episode; return False where it taught nothing new."""
        if not episode.examples:
            return False
        kept = True
        if episode.source == SUCCESS:
            kept = self._successes.add(episode)
        else:
            self._hindsight.add(episode)
        while self.nbytes > self._max_bytes:
            # Hindsight comes in anew, and there is much of it; a success may have been rare.
            if not self._hindsight.evict() and not self._successes.evict():
                break
        return kept

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of episodes by source."""
        successes = len(self._successes)
        return {SUCCESS: successes, **self._hindsight.counts} if successes else self._hindsight.counts

    def sample(self, decisions: int) -> Sequence[Any]:
        """Draw about ``decisions`` decisions: a source by the root of its size, then an episode, with all its steps.

        Of successes the tasks count, not the episodes: those of one task are nearly the same.
        """
        counts = self.counts
        sources = list(counts)
        if not sources:
            return []
        roots = {source: math.sqrt(count) for source, count in counts.items()}
        roots |= {SUCCESS: SUCCESS_WEIGHT * math.sqrt(self._successes.tasks)}
        shares = np.array([roots[source] for source in sources])
        shares /= shares.sum()
        drawn: list[Any] = []
        while len(drawn) < decisions:
            picks = self._random.choice(len(sources), size=DRAWN, p=shares)
            own = {int(i): self._from(sources[int(i)], int((picks == i).sum())) for i in np.unique(picks)}
            for i in picks:
                drawn.extend(own[int(i)].pop().examples)
        return drawn[:decisions]

    def _from(self, source: str, count: int) -> list[Episode]:
        return self._successes.draw(count) if source == SUCCESS else self._hindsight.draw(source, count)
