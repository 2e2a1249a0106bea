"""Messages per second through infra.streams, against bare redis-py on the same server.

Both publish one message at a time and have it read, one at a time, by as many readers as an agent has slots, each of
which acknowledges before it reads on; the entries have the same bytes. Bare does XADD, XREADGROUP and XACK and nothing
else: it decodes nothing, and neither keeps messages alive nor claims them. Blocks of the two take turns.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import statistics
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import redis.asyncio as redis

from infra.bench.started import redis_server
from infra.contracts.attempt import Purpose
from infra.contracts.messages import TrajectoryCompleted
from infra.settings import RedisSettings, StreamSettings
from infra.streams import Bus, open_bus

READERS = 4
GROUP = "bench"
BLOCK_MS = 1000


def _message(number: int) -> TrajectoryCompleted:
    return TrajectoryCompleted(
        id=f"att-{number:016d}",
        task_id="tsk-0123456789abcdef",
        website_id="web-0123456789abcdef",
        purpose=Purpose.PRACTICE,
        trajectory="web-0123456789abcdef/trajectories/att-0123456789abcdef.json",
    )


class _Ours:
    """A bus with a handler that counts."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._numbers = itertools.count()
        self._missing = 0
        self._done = asyncio.Event()
        bus.subscribe(TrajectoryCompleted, GROUP, self._handle, slots=READERS)

    async def _handle(self, _: TrajectoryCompleted) -> None:
        self._missing -= 1
        if not self._missing:
            self._done.set()

    async def block(self, messages: int) -> float:
        """Send messages through; return how many per second."""
        self._missing = messages
        self._done.clear()
        begun = time.perf_counter()
        for _ in range(messages):
            await self._bus.publish(_message(next(self._numbers)))
        await self._done.wait()
        while any(await self._bus.backlog(TrajectoryCompleted, GROUP)):  # noqa: ASYNC110 - another process, no event
            await asyncio.sleep(0)
        return messages / (time.perf_counter() - begun)


class _Bare:
    """Tasks that read, and a client that writes."""

    def __init__(self, url: str, entry: dict[bytes, bytes]) -> None:
        self._client: Any = redis.Redis.from_url(url)
        self._entry = entry
        self._stream = "bare"
        self._ended = False
        self._missing = 0
        self._done = asyncio.Event()

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Read for as long as the block lasts."""
        await self._client.xgroup_create(self._stream, GROUP, id="0", mkstream=True)
        tasks = [asyncio.create_task(self._read(f"reader-{number}")) for number in range(READERS)]
        try:
            yield
        finally:
            self._ended = True  # redis-py may swallow a cancellation while it blocks
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._client.aclose()

    async def _read(self, consumer: str) -> None:
        while not self._ended:
            found = await self._client.xreadgroup(GROUP, consumer, {self._stream: ">"}, count=1, block=BLOCK_MS)
            for _, entries in found:
                for entry, _ in entries:
                    await self._client.xack(self._stream, GROUP, entry)
                    self._missing -= 1
                    if not self._missing:
                        self._done.set()

    async def block(self, messages: int) -> float:
        """Send messages through; return how many per second."""
        self._missing = messages
        self._done.clear()
        begun = time.perf_counter()
        for _ in range(messages):
            await self._client.xadd(self._stream, self._entry)
        await self._done.wait()
        return messages / (time.perf_counter() - begun)


async def _entry(url: str, stream: str) -> dict[bytes, bytes]:
    """Return what an entry of ours looks like in Redis."""
    client: Any = redis.Redis.from_url(url)
    try:
        found = await client.xrevrange(stream, count=1)
    finally:
        await client.aclose()
    entry: dict[bytes, bytes] = found[0][1]
    return entry


async def measure(folder: Path, seconds: float, messages: int, tick: Callable[[float], None]) -> dict[str, Any]:
    """Return medians over blocks of so many messages; ``tick`` is told the seconds since the begin."""
    settings = StreamSettings(prefix="bench")
    ours: list[float] = []
    bare: list[float] = []
    async with redis_server(folder) as url:
        bus = open_bus(RedisSettings(url=url), settings, consumer="bench")
        mine = _Ours(bus)
        try:
            await bus.start()
            await mine.block(messages)
            theirs = _Bare(url, await _entry(url, f"{settings.prefix}.{TrajectoryCompleted.stream}"))
            async with theirs.reading():
                await theirs.block(messages)
                begun = time.monotonic()
                while len(ours) < 2 or time.monotonic() - begun < seconds:
                    ours.append(await mine.block(messages))
                    bare.append(await theirs.block(messages))
                    tick(time.monotonic() - begun)
        finally:
            await bus.stop()
    mine_median, bare_median = statistics.median(ours), statistics.median(bare)
    return {
        "ours": mine_median,
        "bare_redis": bare_median,
        "ratio": mine_median / bare_median,
        "readers": READERS,
        "blocks": len(ours),
        "messages_per_block": messages,
    }
