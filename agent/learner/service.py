"""The learner's handlers and its loop.

Handlers turn verdicts and hindsight into episodes; the loop spends a bounded number of optimiser steps per decision
that came in, and publishes. Idempotent within a run by attempt id; after a restart the successes are read again from
the store, hindsight comes in anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from dataclasses import dataclass

import structlog

from agent.learner.examples import Episode, from_hindsight, from_success
from agent.learner.publisher import Publisher
from agent.learner.replay import Replay
from agent.learner.trainer import ElementTrainer
from agent.policy.embedding import Embedder
from agent.policy.meaning import clauses
from agent.sites import SiteCache
from infra.blobs.base import Blobs
from infra.contracts.attempt import Purpose, Trajectory
from infra.contracts.messages import TrajectoryRelabelled, VerdictIssued
from infra.contracts.policy import PolicyVersion
from infra.contracts.verdict import Outcome
from infra.documents import load_trajectory
from infra.errors import NotFound
from infra.runtime import Stop
from infra.settings import LearnerSettings
from infra.store.base import Store
from infra.telemetry.clock import PartClock

log = structlog.get_logger()

LEARNT_FROM = frozenset({Purpose.PRACTICE, Purpose.RETENTION})
#: Times that a decision is expected to be drawn for an optimiser step.
REUSE = 8.0
#: No more than this many optimiser steps are owed, however much comes in.
MOST_DEBT = 40.0
REMEMBERED = 50_000
MAX_STEPS_OF_HINDSIGHT = (2, 5)  # as the proposer's tasks: twice the depth and five more


@dataclass(frozen=True, slots=True)
class Services:
    """What the learner works with."""

    store: Store
    blobs: Blobs
    publisher: Publisher
    clock: PartClock
    embedder: Embedder | None = None


class LearnerService:
    """Collects episodes, trains, publishes."""

    def __init__(
        self, services: Services, trainer: ElementTrainer, active: PolicyVersion, settings: LearnerSettings
    ) -> None:
        self._s = services
        self._trainer = trainer
        self._active = active
        self._settings = settings
        self._replay = Replay(settings.replay_size)
        self._sites = SiteCache(services.store, services.embedder)
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._debt = 0.0
        self._arrived = asyncio.Event()
        self._figures: dict[str, float] = {}
        self._since_publish = 0
        self._published_at = time.monotonic()
        self.attempts = active.attempts

    def _first_time(self, key: str) -> bool:
        if key in self._seen:
            return False
        self._seen[key] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def verdict(self, message: VerdictIssued) -> None:
        """Learn from an attempt's verdict."""
        if message.purpose not in LEARNT_FROM or message.reward is None or message.trajectory is None:
            return
        if not self._first_time(f"verdict {message.id}"):
            return
        self.attempts += 1
        if message.outcome is Outcome.SUCCESS and self._fresh(message.policy_version):
            await self._add_success(message.trajectory)

    def _fresh(self, version: int | None) -> bool:
        return version is not None and self._active.version - version <= self._settings.staleness

    async def relabelled(self, message: TrajectoryRelabelled) -> None:
        """Learn from what an attempt did achieve."""
        if not self._first_time(f"relabelled {message.id}"):
            return
        trajectory = await self._trajectory(message.trajectory)
        if trajectory is None:
            return
        site = await self._sites.index(message.website_id)
        if self._s.embedder is not None:  # all at once is several times as fast as one by one
            spoken = [clause for relabel in message.relabels for clause in clauses(relabel.instruction)]
            with self._s.clock.part("learner"):
                await asyncio.to_thread(self._s.embedder.encode, spoken)
        factor, more = MAX_STEPS_OF_HINDSIGHT
        for relabel in message.relabels:
            with self._s.clock.part("learner"):  # in a thread, so that the heart goes on beating
                episode = await asyncio.to_thread(
                    from_hindsight, trajectory, relabel, site, max_steps=factor * relabel.steps + more
                )
            self._add(episode)

    async def _add_success(self, key: str) -> None:
        trajectory = await self._trajectory(key)
        if trajectory is None:
            return
        task = await self._s.store.task(trajectory.task_id)
        site = await self._sites.index(trajectory.website_id)
        with self._s.clock.part("learner"):
            episode = await asyncio.to_thread(from_success, trajectory, site, max_steps=task.max_steps)
        self._add(episode)

    async def _trajectory(self, key: str) -> Trajectory | None:
        try:
            with self._s.clock.part("store"):
                return await load_trajectory(self._s.blobs, key)
        except NotFound:
            return None  # its website has been deleted meanwhile

    def _add(self, episode: Episode) -> None:
        if self._replay.add(episode):
            self._debt += len(episode.examples) * REUSE / self._settings.batch_steps
            self._debt = min(self._debt, MOST_DEBT)
            self._arrived.set()

    async def restore(self, *, limit: int = 2000) -> None:
        """Read the newest successes of every website again, after a restart."""
        for website in await self._s.store.websites(limit=1000):
            scored = await self._s.store.scored(website.id, purposes=LEARNT_FROM)
            for attempt, verdict in scored[-limit:]:
                if verdict is None or verdict.outcome is not Outcome.SUCCESS or attempt.trajectory is None:
                    continue
                if self._fresh(attempt.policy_version) and self._first_time(f"verdict {attempt.id}"):
                    with contextlib.suppress(NotFound):
                        await self._add_success(attempt.trajectory)
        self._debt = 0.0  # it has been learnt from already

    async def run(self, stop: Stop) -> None:
        """Train and publish until told to stop; what was learnt is published before the end."""
        while not stop.is_set():
            if self._debt >= 1.0:
                await self._update()
            else:
                self._arrived.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._arrived.wait(), 1.0)
            due = time.monotonic() - self._published_at >= self._settings.publish_seconds
            if self._since_publish and due:
                await self._publish()
        if self._since_publish:
            await self._publish()

    async def _update(self) -> None:
        examples = self._replay.sample(self._settings.batch_steps)
        if not examples:
            self._debt = 0.0
            return
        with self._s.clock.part("learner"):
            figures = await asyncio.to_thread(self._trainer.update, examples)
        self._debt -= 1.0
        self._since_publish += 1
        for name, value in figures.items():
            self._figures[name] = 0.9 * self._figures.get(name, value) + 0.1 * value

    async def _publish(self) -> None:
        await self._follow_rollback()
        metrics = {name: round(value, 5) for name, value in self._figures.items()}
        metrics |= {f"episodes_{source}": float(count) for source, count in self._replay.counts.items()}
        with self._s.clock.part("store"):
            self._active = await self._s.publisher.publish(
                self._trainer.average,
                self._trainer.state(),
                parent=self._active,
                updates=self._trainer.updates,
                attempts=self.attempts,
                metrics=metrics,
            )
        self._since_publish = 0
        self._published_at = time.monotonic()
        log.info("policy published", version=self._active.version, attempts=self.attempts, **metrics)

    async def _follow_rollback(self) -> None:
        """Where a person activated another version, go on from that one: what came after it is dropped."""
        active = await self._s.store.active_policy()
        if active is None or active.version == self._active.version:
            return
        log.info("another version was activated", version=active.version, instead_of=self._active.version)
        _, network = await self._s.publisher.active(seed=0)
        self._trainer.follow(network)
        self._active = active
        await self._update()
