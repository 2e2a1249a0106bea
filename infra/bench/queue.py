"""Messages per second through our bus, and through bare redis-py on the same server.

Both publish in the same batches and handle with the same number of readers, each of which reads one message, handles
it (nothing), acknowledges it, and reads the next: what at-least-once delivery without prefetching costs at least.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import redis.asyncio as redis

from infra.contracts.attempt import Purpose
from infra.contracts.messages import TrajectoryCompleted
from infra.settings import RedisSettings, StreamSettings
from infra.streams import open_bus

READERS = 8
BATCH = 50
STREAM, GROUP = "bench.bare", "bench"


def message(number: int) -> TrajectoryCompleted:
    """Return a message of the usual size."""
    return TrajectoryCompleted(
        id=f"att_{number:020d}",
        task_id="task_0123456789abcdef0123",
        website_id="web_0123456789abcdef0123",
        purpose=Purpose.PRACTICE,
        trajectory=f"trajectories/web_0123456789abcdef0123/att_{number:020d}.json.gz",
    )


async def through_bus(url: str, count: int) -> float:
    """Return the seconds in which the bus published and handled ``count`` messages."""
    bus = open_bus(RedisSettings(url=url), StreamSettings(prefix="bench"), consumer="bench")
    left, done = count, asyncio.Event()

    async def handle(_: TrajectoryCompleted) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            done.set()

    bus.subscribe(TrajectoryCompleted, GROUP, handle, slots=READERS)
    await bus.start()
    begun = time.perf_counter()
    for start in range(0, count, BATCH):
        await bus.publish(*(message(number) for number in range(start, min(start + BATCH, count))))
    await done.wait()
    spent = time.perf_counter() - begun
    await bus.stop()
    return spent


async def through_redis(url: str, count: int) -> float:
    """Return the seconds in which bare redis-py did the same."""
    client: Any = redis.Redis.from_url(url)
    await client.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    left, done = count, asyncio.Event()

    async def read(name: str) -> None:
        nonlocal left
        while True:
            found = await client.xreadgroup(GROUP, name, {STREAM: ">"}, count=1, block=1000)
            for _, entries in found:
                for entry, fields in entries:
                    TrajectoryCompleted.model_validate_json(fields[b"body"])
                    await client.xack(STREAM, GROUP, entry)
                    left -= 1
            if left == 0:
                done.set()
                return

    readers = [asyncio.create_task(read(f"reader-{number}")) for number in range(READERS)]
    begun = time.perf_counter()
    for start in range(0, count, BATCH):
        async with client.pipeline(transaction=False) as pipe:
            for number in range(start, min(start + BATCH, count)):
                pipe.xadd(STREAM, {"body": message(number).model_dump_json(exclude_defaults=True)})
            await pipe.execute()
    await done.wait()
    spent = time.perf_counter() - begun
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    await client.delete(STREAM)
    await client.aclose()
    return spent


async def measure(url: str, count: int) -> dict[str, float]:
    """Return messages per second of both, and ours as a share of the bare ones; the two take turns, twice."""
    ours = bare = 0.0
    for _ in range(2):
        ours += await through_bus(url, count)
        bare += await through_redis(url, count)
    return {"ours": 2 * count / ours, "bare_redis": 2 * count / bare, "ratio": bare / ours}
