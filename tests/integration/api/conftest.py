"""The API over a real store, real Redis and real blobs, asked without a network in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpx
import pytest

from infra.api.app import create_app
from infra.api.deps import Deps
from infra.attempts import finish
from infra.blobs import Blobs
from infra.contracts.action import Answer, Click
from infra.contracts.attempt import Attempt, Purpose, Step, StopReason, Trajectory
from infra.contracts.base import new_id
from infra.contracts.observation import Box, Element, Observation
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.contracts.verdict import Outcome, Verdict
from infra.control import Control
from infra.documents import save_trajectory, screenshot_key
from infra.operations import Operations
from infra.settings import RedisSettings, Settings, StreamSettings
from infra.store import Store
from infra.streams import open_bus
from tests.fixtures.services import RedisProcess

#: 127.0.0.1 plays the public world; nothing listens there, and submitting connects to nothing.
ALLOWED = ("127.0.0.1",)
SITE = "http://127.0.0.1:9/"


@dataclass
class World:
    """Everything that a test of the API looks at."""

    client: httpx.AsyncClient
    operations: Operations
    redis: RedisProcess
    open_client: Callable[..., httpx.AsyncClient]

    @property
    def store(self) -> Store:
        return self.operations.store

    async def submit(self, **more: object) -> str:
        """Submit a website; return its id."""
        answer = await self.client.post("/v1/websites", json={"url": SITE, **more})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def attempt(self, website_id: str, outcome: Outcome, *, purpose: Purpose = Purpose.PRACTICE) -> str:
        """Record one attempt that has ended, with its trajectory and a picture; return its id."""
        task = Task(
            id=new_id("tsk"), website_id=website_id, instruction="Open the lamp", start_url=SITE,
            kind=TaskKind.NAVIGATE, origin=Origin.GROUNDED, skill="navigate:/x", evidence=Evidence(heading="Lamp"),
        )  # fmt: skip
        attempt = Attempt(
            id=new_id("att"), task_id=task.id, website_id=website_id, group_id=new_id("grp"), purpose=purpose
        )
        await self.store.add_tasks([task])
        await self.store.add_attempts([attempt])
        key = screenshot_key(website_id, attempt.id, 0)
        await self.operations.blobs.put(key, b"\xff\xd8 a picture")
        element = Element(
            mark=0, key="link|Lamp", role="link", tag="a", name="Lamp", box=Box(x=1, y=2, width=3, height=4)
        )
        seen = Observation(url=SITE, title="Shop", elements=(element,), screenshot=key)
        trajectory = Trajectory(
            attempt_id=attempt.id, task_id=task.id, website_id=website_id, instruction=task.instruction,
            start_url=SITE, answer="42", stop_reason=StopReason.ANSWERED, policy_version=3,
            steps=(
                Step(index=0, observation=seen, action=Click(mark=0)),
                Step(index=1, observation=seen.model_copy(update={"screenshot": None}), action=Answer(text="42")),
            ),
            final=seen.model_copy(update={"screenshot": None}),
        )  # fmt: skip
        where = await save_trajectory(self.operations.blobs, trajectory)
        await self.store.record_trajectory(attempt.id, trajectory=where, policy_version=3, steps=2, seconds=1.5)
        reward = {Outcome.SUCCESS: 1.0, Outcome.FAILURE: 0.0}.get(outcome)
        verdict = Verdict(
            attempt_id=attempt.id, outcome=outcome, reward=reward, reason="Because.", evaluator="evidence"
        )
        await finish(self.store, self.operations.bus, attempt.id, verdict)
        return attempt.id


@pytest.fixture
async def world(store: Store, folder_blobs: Blobs, make_redis: Callable[[], RedisProcess]) -> AsyncIterator[World]:
    """An API without keys, on SQLite and on PostgreSQL."""
    redis = make_redis()
    settings = Settings(redis=RedisSettings(url=redis.url))
    control = Control(redis.url)
    bus = open_bus(settings.redis, StreamSettings(), consumer="api-test")
    await bus.start()
    operations = Operations(store, folder_blobs, bus, control, ALLOWED)
    opened: list[httpx.AsyncClient] = []

    def open_client(*keys: str, host: str = "127.0.0.1") -> httpx.AsyncClient:
        app = create_app(Deps(operations, settings, keys))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        opened.append(httpx.AsyncClient(transport=transport, base_url=f"http://{host}"))
        return opened[-1]

    yield World(open_client(), operations, redis, open_client)
    for client in opened:
        await client.aclose()
    await bus.stop()
    await control.close()
