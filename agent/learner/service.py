"""The learner's loop: a bounded number of optimiser steps per decision that came in, and a version now and then."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from typing import Any, Protocol

import structlog

from agent.learner.intake import Intake
from infra.contracts.policy import Balance, PolicyVersion, Sampling
from infra.errors import PolicyError
from infra.runtime import Stop
from infra.settings import LearnerSettings
from infra.store.base import Store
from infra.telemetry.clock import PartClock

log = structlog.get_logger()

#: Times that a decision to imitate is expected to be drawn for an optimiser step.
REUSE = 4.0
#: No more than this many optimiser steps come to be owed to practice, however much comes in; what is shown comes once.
MOST_DEBT = 40.0


class Trainer(Protocol):
    """Implementations: ElementTrainer, VlmLearner."""

    @property
    def updates(self) -> int:
        """Return the number of optimiser steps taken."""

    @property
    def average(self) -> Any:
        """Return what is to be served."""

    def update(self, examples: Sequence[Any], drawn: Sequence[Any] = ()) -> dict[str, float]:
        """Take one optimiser step; return figures for people."""

    def state(self) -> dict[str, Any]:
        """Return what it takes to go on after a restart, besides what is served."""

    def follow(self, network: Any) -> None:
        """Go on from other weights, as :meth:`Versions.active` returns them."""

    def published(self) -> None:
        """Hear that what is to be served is served."""


class Versions(Protocol):
    """Implementations: Publisher, VlmPublisher."""

    async def active(self, *, seed: int, temperature: float = 1.0) -> tuple[PolicyVersion, Any]:
        """Return the active version and its weights."""

    async def publish(
        self,
        network: Any,
        optimiser: dict[str, Any],
        *,
        parent: PolicyVersion,
        updates: int,
        attempts: int,
        metrics: dict[str, float],
        sampling: Sampling,
        balance: Balance | None,
    ) -> PolicyVersion:
        """Publish and activate the next version. Raises PolicyError where it cannot be served: the old one still is."""


class LearnerService:
    """Trains on what the intake keeps, and publishes."""

    def __init__(
        self,
        intake: Intake,
        trainer: Trainer,
        publisher: Versions,
        store: Store,
        clock: PartClock,
        settings: LearnerSettings,
    ) -> None:
        self._intake = intake
        self._trainer = trainer
        self._publisher = publisher
        self._store = store
        self._clock = clock
        self._settings = settings
        self._debt = 0.0
        self._figures: dict[str, float] = {}
        self._since_publish = 0
        self._published_at = time.monotonic()

    async def run(self, stop: Stop) -> None:
        """Train and publish until told to stop; what was learnt is published before the end."""
        while not stop.is_set():
            await self._intake.close_overdue()
            self._owe()
            if self._debt >= 1.0 or self._waiting:
                await self._update()
            else:
                self._intake.arrived.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._intake.arrived.wait(), 1.0)
            due = time.monotonic() - self._published_at >= self._settings.publish_seconds
            if self._since_publish and due:
                await self._publish()
        if self._since_publish:
            await self._publish()

    def _owe(self) -> None:
        """Count what came in as optimiser steps to be taken."""
        each = REUSE / self._settings.batch_steps
        room = max(0.0, MOST_DEBT - self._debt)
        self._debt += min(room, self._intake.take() * each) + self._intake.take_shown() * each

    @property
    def _waiting(self) -> bool:
        """Whether sampled decisions wait for an optimiser step: enough for a batch, all their uses together."""
        return self._intake.on_policy.uses >= self._settings.batch_steps

    async def _update(self) -> None:
        size, newest = self._settings.batch_steps, self._intake.active.version
        examples = self._intake.replay.sample(size)
        drawn = self._intake.on_policy.sample(size, newest) if self._waiting else []
        self._debt = max(0.0, self._debt - 1.0)
        if not examples and not drawn:
            self._debt = 0.0
            return
        figures = await self._intake.work.do(self._trainer.update, examples, drawn)
        self._since_publish += 1
        for name, value in figures.items():
            self._figures[name] = 0.9 * self._figures.get(name, value) + 0.1 * value

    async def _publish(self) -> None:
        await self._follow_rollback()
        metrics = {name: round(value, 5) for name, value in self._figures.items()} | self._intake.take_figures()
        explorer = self._intake.explorer
        balance = explorer.review()
        if balance is not None and balance.decision:
            log.info("balance moved", decision=balance.decision)
        self._published_at = time.monotonic()
        try:
            with self._clock.part("store"):
                active = await self._publisher.publish(
                    self._trainer.average,
                    self._trainer.state(),
                    parent=self._intake.active,
                    updates=self._trainer.updates,
                    attempts=self._intake.attempts,
                    metrics=metrics,
                    sampling=explorer.sampling,
                    balance=balance,
                )
        except PolicyError as error:  # what was learnt stays in the trainer, and is published with what comes next
            log.error("a version could not be served", still=self._intake.active.version, cause=str(error))
            return
        self._became(active)
        self._since_publish = 0
        log.info("policy published", version=active.version, attempts=self._intake.attempts, **metrics)

    def _became(self, active: PolicyVersion) -> None:
        """Go on from a version that is now the active one."""
        self._intake.active = active
        self._intake.replay.limit(self._intake.explorer.sampling.successes_per_task)
        self._trainer.published()

    async def _follow_rollback(self) -> None:
        """Where a person activated another version, go on from that one: what came after it is dropped."""
        active = await self._store.active_policy()
        own = self._intake.active
        if active is None or active.version == own.version:
            return
        log.info("another version was activated", version=active.version, instead_of=own.version)
        _, network = await self._publisher.active(seed=0)
        self._trainer.follow(network)
        self._intake.forget()
        self._intake.explorer.follow(active.sampling)
        self._became(active)
        await self._update()
