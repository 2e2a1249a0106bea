"""An attempt is made once, however often it is in the queue; what is gone with its website troubles nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from agent.claims import Claims
from agent.service import AgentService, Services
from infra.blobs import Blobs
from infra.contracts.attempt import Attempt, Purpose, StopReason, Trajectory
from infra.contracts.messages import TaskDispatched, VisitRequested
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.contracts.visit import Route, Visit
from infra.control import Control
from infra.settings import AgentSettings, RedisSettings, StreamSettings
from infra.store import Store
from infra.streams import open_bus
from infra.telemetry.clock import PartClock
from proposer.dispatch import dispatched
from tests.fixtures.services import RedisProcess
from tests.unit.proposer.little_shop import website

BRIEF = StreamSettings(claim_idle_seconds=1.0)


class Policies:
    """Every version is the same."""

    async def get(self, version: int | None) -> Any:
        return type("Policy", (), {"version": 1})()


class Acting(AgentService):
    """Acts without a browser, until it is let go."""

    made = 0
    let_go = asyncio.Event()

    async def _rollout(self, message: TaskDispatched, website: Any, policy: Any) -> Trajectory:
        type(self).made += 1
        await self.let_go.wait()
        return Trajectory(
            attempt_id=message.id, task_id=message.task_id, website_id=message.website_id, instruction="x",
            start_url="http://a.test/", steps=(), final=None, stop_reason=StopReason.ANSWERED, policy_version=1,
        )  # fmt: skip


@pytest.fixture
async def control(make_redis: Callable[[], RedisProcess]) -> AsyncIterator[Control]:
    opened = Control(make_redis().url)
    yield opened
    await opened.close()


@pytest.fixture
async def service(control: Control, sqlite_store: Store, folder_blobs: Blobs, make_redis: Any) -> AsyncIterator[Acting]:
    bus = open_bus(RedisSettings(url=make_redis().url), BRIEF, consumer="agent")
    await bus.start()
    services = Services(sqlite_store, folder_blobs, bus, control, None, PartClock())  # type: ignore[arg-type]
    Acting.made, Acting.let_go = 0, asyncio.Event()
    yield Acting(services, AgentSettings(), Claims(control, BRIEF), site_map=False, policies=Policies())  # type: ignore[arg-type]
    await bus.stop()


async def queued(store: Store) -> TaskDispatched:
    site = website()
    await store.add_website(site)
    task = Task(
        id="task", website_id=site.id, instruction="Go", start_url=site.url, kind=TaskKind.NAVIGATE,
        origin=Origin.GROUNDED, evidence=Evidence(heading="x"),
    )  # fmt: skip
    attempt = Attempt(id="att", task_id="task", website_id=site.id, group_id="g", purpose=Purpose.RUN)
    await store.add_tasks([task])
    await store.add_attempts([attempt])
    return dispatched(attempt, task)


async def test_two_messages_make_one_attempt_for_as_long_as_it_takes(service: Acting, sqlite_store: Store) -> None:
    message = await queued(sqlite_store)
    first = asyncio.create_task(service.attempt(message))
    await asyncio.sleep(3 * BRIEF.claim_idle_seconds)  # longer than a claim lasts
    await service.attempt(message)
    assert Acting.made == 1
    Acting.let_go.set()
    await first
    await service.attempt(message)
    assert Acting.made == 1
    assert (await sqlite_store.attempt("att")).trajectory is not None


async def test_what_an_agent_held_that_is_gone_is_free_soon(control: Control) -> None:
    claims = Claims(control, BRIEF)
    assert await control.claim("att", 0.5 * BRIEF.claim_idle_seconds).acquire(), "by somebody who was killed"
    async with claims.on("att") as mine:
        assert not mine
    await asyncio.sleep(0.7 * BRIEF.claim_idle_seconds)
    async with claims.on("att") as mine:
        assert mine


async def test_nobody_is_troubled_by_what_is_gone_with_its_website(service: Acting, sqlite_store: Store) -> None:
    message = await queued(sqlite_store)
    await sqlite_store.delete_website(message.website_id)
    await service.attempt(message)
    await service.attempt_given_up(message, "it broke")
    await service.visit(
        VisitRequested(
            id="v", visit=Visit(id="v", website_id=message.website_id, routes=(Route(url="http://a.test/"),))
        )
    )
    assert Acting.made == 0
