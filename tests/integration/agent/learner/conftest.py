"""A learner's surroundings with real Redis, SQLite and a folder of blobs, and attempts that ended in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from agent.learner.intake import Intake, Sources
from agent.learner.objectives import choose
from agent.learner.publisher import Publisher
from agent.learner.service import LearnerService
from agent.learner.trainer import ElementTrainer
from agent.sites import SiteCache
from infra.attempts import finish
from infra.blobs import Blobs
from infra.contracts.attempt import Attempt, Purpose
from infra.contracts.messages import VerdictIssued
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.website import Website
from infra.documents import save_trajectory
from infra.settings import LearnerSettings, RedisSettings, StreamSettings
from infra.store import Store
from infra.streams import Bus, open_bus
from infra.telemetry.clock import PartClock
from tests.unit.agent.learner.walks import HOME, WALK
from tests.unit.agent.making import SITE, site_map

GROUP = 4
REWARDS = {Outcome.SUCCESS: 1.0, Outcome.FAILURE: 0.0}


@dataclass(frozen=True, slots=True)
class Learner:
    """One run of the learner's process."""

    intake: Intake
    trainer: ElementTrainer
    service: LearnerService


@dataclass(frozen=True, slots=True)
class World:
    """What outlives the learner's process."""

    store: Store
    blobs: Blobs
    bus: Bus
    publisher: Publisher

    async def learner(self, **settings: object) -> Learner:
        """Start the learner as its ``__main__`` does, short of listening."""
        own = LearnerSettings.model_validate({"batch_steps": 16, "publish_seconds": 0.01, **settings})
        active, network = await self.publisher.active(seed=0)
        objective = choose(own)
        trainer = ElementTrainer(network, objective, learning_rate=own.learning_rate, kl=own.kl)
        clock = PartClock()
        sources = Sources(self.store, self.blobs, clock, SiteCache(self.store))
        intake = Intake(sources, objective, active, own, group_size=GROUP)
        await intake.restore()
        return Learner(intake, trainer, LearnerService(intake, trainer, self.publisher, self.store, clock, own))

    async def ended(self, number: int, outcome: Outcome, *, group: str = "grp", task: str = "tsk_1") -> VerdictIssued:
        """Record an attempt of the little walk and its verdict; return the news of it."""
        attempt = f"att_{number}"
        made = Attempt(id=attempt, task_id=task, website_id="web_1", group_id=group, purpose=Purpose.PRACTICE)
        await self.store.add_attempts([made])
        steps = tuple(step.model_copy(update={"log_prob": -1.0}) for step in WALK.steps)
        update = {"attempt_id": attempt, "task_id": task, "steps": steps, "policy_version": 0}
        key = await save_trajectory(self.blobs, WALK.model_copy(update=update))
        await self.store.record_trajectory(attempt, trajectory=key, policy_version=0, steps=len(steps), seconds=1.0)
        reward = REWARDS.get(outcome)
        verdict = Verdict(attempt_id=attempt, outcome=outcome, reward=reward, reason="Because.", evaluator="evidence")
        assert await finish(self.store, self.bus, attempt, verdict)
        return VerdictIssued(
            id=attempt, task_id=task, website_id="web_1", group_id=group, purpose=Purpose.PRACTICE,
            outcome=outcome, reward=reward, trajectory=key, policy_version=0,
        )  # fmt: skip


@pytest.fixture
async def world(sqlite_store: Store, folder_blobs: Blobs, redis_url: str) -> AsyncIterator[World]:
    """One surveyed website with two tasks, and version 0 of the policy."""
    await sqlite_store.add_website(Website(id="web_1", url=HOME.url, name="lamps", allowed_hosts=("127.0.0.1:1",)))
    await sqlite_store.save_sitemap(site_map())
    tasks = [
        Task(
            id=f"tsk_{i}", website_id="web_1", instruction=WALK.instruction, start_url=SITE + "/", skill="navigate:/",
            kind=TaskKind.NAVIGATE, origin=Origin.GROUNDED, evidence=Evidence(answer="x"), max_steps=9,
        )
        for i in (1, 2)
    ]  # fmt: skip
    await sqlite_store.add_tasks(tasks)
    bus = open_bus(RedisSettings(url=redis_url), StreamSettings(), consumer="test")
    publisher = Publisher(sqlite_store, folder_blobs, bus)
    await publisher.active(seed=0)
    yield World(sqlite_store, folder_blobs, bus, publisher)
    await bus.stop(drain_seconds=1.0)
