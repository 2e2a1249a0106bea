"""Episodes to learn from, by where they come from, within a bound of memory.

Successes keep the shortest few of each task (Zhou et al. 2025 prefer the shorter ones); hindsight keeps the newest.
Sampling is balanced between sources, so that many easy episodes do not drown the few hard ones.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from agent.learner.examples import Episode, Example

PER_TASK = 4
SUCCESS = "success"


class Replay:
    """Bounded by episodes per source and by bytes in all."""

    def __init__(self, size: int, *, max_bytes: int = 600_000_000, seed: int = 0) -> None:
        self._size = size
        self._max_bytes = max_bytes
        self._random = np.random.default_rng(seed)
        self._hindsight: dict[str, deque[Episode]] = {}
        self._successes: dict[str, list[Episode]] = {}
        self._order: deque[str] = deque()  # tasks with successes, least recently added first
        self.nbytes = 0

    def add(self, episode: Episode) -> bool:
        """Keep an episode; return False where it taught nothing new."""
        if not episode.examples:
            return False
        kept = self._add_success(episode) if episode.source == SUCCESS else self._add_hindsight(episode)
        while self.nbytes > self._max_bytes:
            self._evict()
        return kept

    def _add_success(self, episode: Episode) -> bool:
        own = self._successes.setdefault(episode.task, [])
        if len(own) >= PER_TASK and len(episode.examples) > len(own[-1].examples):
            return False
        own.append(episode)
        own.sort(key=lambda kept: len(kept.examples))
        self.nbytes += episode.nbytes
        for dropped in own[PER_TASK:]:
            self.nbytes -= dropped.nbytes
        del own[PER_TASK:]
        if episode.task in self._order:
            self._order.remove(episode.task)
        self._order.append(episode.task)
        return True

    def _add_hindsight(self, episode: Episode) -> bool:
        own = self._hindsight.setdefault(episode.source, deque())
        own.append(episode)
        self.nbytes += episode.nbytes
        if len(own) > self._size:
            self.nbytes -= own.popleft().nbytes
        return True

    def _evict(self) -> None:
        """Drop the oldest of the largest source of hindsight, or else the oldest task's longest success."""
        largest = max(self._hindsight.values(), key=len, default=None)
        if largest:
            self.nbytes -= largest.popleft().nbytes
            return
        task = self._order.popleft()
        self.nbytes -= sum(episode.nbytes for episode in self._successes.pop(task))

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of episodes by source."""
        counts = {source: len(own) for source, own in self._hindsight.items()}
        successes = sum(len(own) for own in self._successes.values())
        return {SUCCESS: successes, **counts} if successes else counts

    def sample(self, decisions: int) -> Sequence[Example]:
        """Draw about ``decisions`` decisions: a source by the root of its size, then an episode, with all its steps."""
        counts = self.counts
        sources = list(counts)
        if not sources:
            return []
        shares = np.array([math.sqrt(counts[source]) * (2.0 if source == SUCCESS else 1.0) for source in sources])
        shares /= shares.sum()
        drawn: list[Example] = []
        while len(drawn) < decisions:
            for source in self._random.choice(len(sources), size=16, p=shares):
                drawn.extend(self._episode(sources[int(source)]).examples)
        return drawn[:decisions]

    def _episode(self, source: str) -> Episode:
        if source != SUCCESS:
            own = self._hindsight[source]
            return own[int(self._random.integers(len(own)))]
        task = self._order[int(self._random.integers(len(self._order)))]
        episodes = self._successes[task]
        return episodes[int(self._random.integers(len(episodes)))]
