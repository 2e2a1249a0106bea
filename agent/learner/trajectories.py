"""Trajectories as the learner reads them: verdict, relabels and group want the same one, soon one after another."""

from __future__ import annotations

from collections import OrderedDict

from infra.blobs.base import Blobs
from infra.contracts.attempt import Trajectory
from infra.documents import load_trajectory
from infra.telemetry.clock import PartClock

#: Enough for the groups under way; each takes a megabyte or so.
KEPT = 32


class Trajectories:
    """Reads trajectories, and keeps the latest so that none is fetched and parsed thrice."""

    def __init__(self, blobs: Blobs, clock: PartClock) -> None:
        """``clock``: what reading takes is counted as the store's part."""
        self._blobs = blobs
        self._clock = clock
        self._kept: OrderedDict[str, Trajectory] = OrderedDict()

    async def get(self, key: str) -> Trajectory:
        """Return the trajectory under a blob's key. Raises NotFound, or StoreError for a damaged blob."""
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return kept
        with self._clock.part("store"):
            trajectory = await load_trajectory(self._blobs, key)
        self._kept[key] = trajectory
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return trajectory
