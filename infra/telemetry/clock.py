"""Where a process spends its time, by part: browser, policy, learner, queue, store.

Wall-clock seconds of awaited work, summed over concurrent attempts; shares of these sums are what a person reads.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, Protocol

Part = Literal["browser", "policy", "learner", "queue", "store"]
PARTS: tuple[Part, ...] = ("browser", "policy", "learner", "queue", "store")


class Sink(Protocol):
    """Where the sums are kept; infra.control.Control is one."""

    async def save_times(self, worker: str, seconds: Mapping[str, float]) -> None: ...


class PartClock:
    """Sums seconds by part. Not shared between processes; :meth:`flush` makes the sums known."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys(PARTS, 0.0)

    @contextmanager
    def part(self, name: Part) -> Iterator[None]:
        """Count the time until the block ends."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - begun

    async def flush(self, sink: Sink, worker: str) -> None:
        """Replace what the sink knows of this worker."""
        await sink.save_times(worker, self.seconds)


def shares(times: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return each part's share of all workers' seconds, in [0, 1]; all 0 where nothing was counted."""
    sums = {part: sum(seconds.get(part, 0.0) for seconds in times.values()) for part in PARTS}
    total = sum(sums.values())
    return {part: value / total if total > 0 else 0.0 for part, value in sums.items()}
