"""Hindsight to learn from: a few relabels of each attempt, rarer kinds first; the newest of each kind, by website."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from random import Random

import numpy as np

from agent.learner.examples import Episode, source_of
from infra.contracts.messages import Relabel

#: Relabels of an attempt that are learnt from. Reading all of them, five or six, took most of the learner's time, and
#: it came to draw each but once.
FEW = 2


def few(relabels: Sequence[Relabel], known: Mapping[str, int], random: Random) -> tuple[Relabel, ...]:
    """Draw at most :data:`FEW` of an attempt's relabels, each in inverse proportion to how many are known of its kind.

    ``known``: episodes by source.
    """

    def key(relabel: Relabel) -> float:
        """Weighted sampling without replacement (Efraimidis and Spirakis 2006): the largest u^(1/w), here its log."""
        return math.log(1.0 - random.random()) * (1 + known.get(source_of(relabel), 0))

    return tuple(sorted(relabels, key=key, reverse=True)[:FEW])


class Hindsight:
    """At most ``size`` episodes per source and website; whoever holds it bounds the bytes.

    Draws from a source go to websites in proportion to the root of their number of episodes, whether they are still
    practised or not.
    """

    def __init__(self, size: int, random: np.random.Generator) -> None:
        self._size = size
        self._random = random
        self._kept: dict[str, dict[str, deque[Episode]]] = {}  # source → website → episodes, oldest first
        self.nbytes = 0

    def add(self, episode: Episode) -> None:
        """Keep an episode."""
        own = self._kept.setdefault(episode.source, {}).setdefault(episode.website, deque())
        own.append(episode)
        self.nbytes += episode.nbytes
        if len(own) > self._size:
            self.nbytes -= own.popleft().nbytes

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of episodes by source."""
        counts = {source: sum(len(own) for own in websites.values()) for source, websites in self._kept.items()}
        return {source: count for source, count in counts.items() if count}

    def evict(self) -> bool:
        """Drop the oldest episode of the source and website that has the most."""
        lots = [own for websites in self._kept.values() for own in websites.values() if own]
        if not lots:
            return False
        self.nbytes -= max(lots, key=len).popleft().nbytes
        return True

    def draw(self, source: str, count: int) -> list[Episode]:
        """Draw episodes of a source, with replacement; there must be some."""
        lots = [own for own in self._kept[source].values() if own]
        shares = np.array([math.sqrt(len(own)) for own in lots])
        picks = self._random.choice(len(lots), size=count, p=shares / shares.sum())
        return [lots[int(i)][int(self._random.integers(len(lots[int(i)])))] for i in picks]
