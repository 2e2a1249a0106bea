"""Decisions that wait for the policy gradient: recent ones only, each used a few times, within a bound of memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Optimiser steps that a decision is drawn for at most.
USES = 4


@dataclass(slots=True)
class Held:
    """A decision in the buffer, and what has been done with it."""

    decision: Any  # Acted, or what another policy learns from: has ``version``, and its ``encoded`` has ``nbytes``
    nbytes: int
    uses: int = 0
    #: What the trained policy gave to it when it was first drawn, at its temperature; set by the trainer.
    proximal: float | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A decision drawn for an optimiser step."""

    held: Held
    lag: int  # published versions since the one that acted


class OnPolicy:
    """The newest decisions, no more than ``max_bytes`` of them.

    A decision leaves after USES uses, or when it lags more than ``staleness`` versions behind the newest one, or when
    room is needed for newer ones.
    """

    def __init__(self, *, staleness: int, max_bytes: int = 128_000_000, seed: int = 0) -> None:
        self._staleness = staleness
        self._max_bytes = max_bytes
        self._random = np.random.default_rng(seed)
        self._held: list[Held] = []  # oldest first
        self._left = {"used": 0, "stale": 0, "crowded": 0}
        self.nbytes = 0

    def __len__(self) -> int:
        return len(self._held)

    @property
    def uses(self) -> int:
        """Return how many more times decisions can be drawn, all together."""
        return USES * len(self._held) - sum(held.uses for held in self._held)

    def fresh(self, version: int, newest: int) -> bool:
        """Return whether what ``version`` did may still be learnt from; versions that were given up may not."""
        return 0 <= newest - version <= self._staleness

    def add(self, decisions: Iterable[Any]) -> None:
        """Take decisions in; the oldest make room."""
        for decision in decisions:
            self._held.append(Held(decision, decision.encoded.nbytes))
            self.nbytes += self._held[-1].nbytes
        crowded = 0
        while self.nbytes > self._max_bytes:
            self.nbytes -= self._held[crowded].nbytes
            crowded += 1
        del self._held[:crowded]
        self._left["crowded"] += crowded

    def sample(self, count: int, newest: int) -> list[Drawn]:
        """Draw up to ``count`` different decisions at random; ``newest`` is the newest version."""
        self._keep([held for held in self._held if self.fresh(held.decision.version, newest)], "stale")
        chosen = self._random.choice(len(self._held), size=min(count, len(self._held)), replace=False)
        drawn = [self._held[int(i)] for i in chosen]
        for held in drawn:
            held.uses += 1
        self._keep([held for held in self._held if held.uses < USES], "used")
        return [Drawn(held, newest - held.decision.version) for held in drawn]

    def _keep(self, kept: list[Held], reason: str) -> None:
        self._left[reason] += len(self._held) - len(kept)
        self._held = kept
        self.nbytes = sum(held.nbytes for held in kept)

    def clear(self) -> None:
        """Drop everything."""
        self._held = []
        self.nbytes = 0

    def take_figures(self) -> dict[str, float]:
        """Return what became of the decisions that left since the last call, as shares."""
        left = sum(self._left.values())
        figures = {
            "stale_share": self._left["stale"] / left if left else 0.0,
            "crowded_share": self._left["crowded"] / left if left else 0.0,
            "decisions_waiting": float(len(self._held)),
        }
        self._left = dict.fromkeys(self._left, 0)
        return figures
