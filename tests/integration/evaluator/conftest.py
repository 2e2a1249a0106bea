"""A store, blobs and buses as the services have them, and ways to put an attempt into them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

import httpx
import pytest

from infra.blobs import Blobs
from infra.contracts.attempt import Attempt, Purpose, Trajectory
from infra.contracts.messages import TrajectoryCompleted, VerdictIssued
from infra.contracts.task import Task
from infra.contracts.website import Website
from infra.documents import save_trajectory
from infra.settings import RedisSettings, StreamSettings
from infra.store import Store
from infra.streams import Bus, open_bus

WEBSITE = Website(id="web_1", url="http://127.0.0.1:8123/", name="store", allowed_hosts=("127.0.0.1:8123",))
#: Abandoned messages are claimed at once, so that a test of retries takes a second and not minutes.
#: Only for such tests: on a busy machine a handler that lives misses its heartbeat, and is run a second time.
IMPATIENT = StreamSettings(claim_idle_seconds=0.3, heartbeat_seconds=0.1, max_deliveries=2)


class News:
    """What was announced, and a way to wait for it."""

    def __init__(self) -> None:
        self.heard: list[VerdictIssued] = []
        self._changed = asyncio.Condition()

    async def hear(self, message: VerdictIssued) -> None:
        async with self._changed:
            self.heard.append(message)
            self._changed.notify_all()

    async def wait_for(self, count: int, seconds: float = 20.0) -> list[VerdictIssued]:
        async with self._changed, asyncio.timeout(seconds):
            await self._changed.wait_for(lambda: len(self.heard) >= count)
        return self.heard


class House(NamedTuple):
    """What services share."""

    store: Store
    blobs: Blobs
    new_bus: Callable[..., Bus]


@pytest.fixture
async def house(sqlite_store: Store, folder_blobs: Blobs, redis_url: str) -> AsyncIterator[House]:
    """Real Redis, SQLite and a folder; buses are started by the test and stopped here."""
    await sqlite_store.add_website(WEBSITE)
    opened: list[Bus] = []

    def new_bus(consumer: str, streams: StreamSettings | None = None) -> Bus:
        opened.append(open_bus(RedisSettings(url=redis_url), streams or StreamSettings(), consumer=consumer))
        return opened[-1]

    yield House(sqlite_store, folder_blobs, new_bus)
    await asyncio.gather(*(bus.stop(drain_seconds=1.0) for bus in opened))


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client that goes straight to its target."""
    async with httpx.AsyncClient(trust_env=False) as opened:
        yield opened


@pytest.fixture
async def news(house: House) -> News:
    """Hear of every verdict."""
    found = News()
    bus = house.new_bus("news")
    bus.subscribe(VerdictIssued, "news", found.hear)
    await bus.start()
    return found


async def record(house: House, task: Task, trajectory: Trajectory) -> TrajectoryCompleted:
    """Do what an agent does with a finished attempt, short of publishing the message, which is returned."""
    await house.store.add_tasks([task])
    attempt = Attempt(
        id=trajectory.attempt_id, task_id=task.id, website_id=task.website_id, group_id="grp", purpose=Purpose.PRACTICE
    )
    await house.store.add_attempts([attempt])
    key = await save_trajectory(house.blobs, trajectory)
    await house.store.record_trajectory(
        attempt.id, trajectory=key, policy_version=1, steps=len(trajectory.steps), seconds=1.0
    )
    return TrajectoryCompleted(
        id=attempt.id, task_id=task.id, website_id=task.website_id, purpose=attempt.purpose, trajectory=key
    )
