"""``python -m agent.learner``: one process that trains the policy and publishes its versions."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from typing import TYPE_CHECKING

from agent.learner.intake import Intake, Sources
from agent.learner.objectives import choose
from agent.learner.publisher import Publisher
from agent.learner.service import LearnerService, Trainer, Versions
from agent.learner.teaching import Teaching
from agent.learner.trainer import ElementTrainer
from agent.policy.embedding import open_embedder
from agent.policy.vlm.adapters import budget
from agent.policy.vlm.fleet import open_fleet
from agent.sites import SiteCache
from agent.threads import compute_with
from infra.background import attempt, end
from infra.blobs import open_blobs
from infra.contracts.messages import TrajectoryRelabelled, VerdictIssued
from infra.contracts.policy import PolicyVersion
from infra.control import Control
from infra.errors import ConfigurationError
from infra.runtime import Stop, run_service
from infra.settings import LearnerSettings, Settings
from infra.store import open_store
from infra.streams import Bus, open_bus
from infra.telemetry.beat import report
from infra.telemetry.clock import PartClock

if TYPE_CHECKING:  # of the extra 'vlm'
    from agent.learner.vlm.team import Team

BEAT_SECONDS = 3.0

Parts = tuple[Trainer, Versions, PolicyVersion, LearnerSettings, Teaching | None]


async def main(settings: Settings, stop: Stop) -> None:
    """Wire the learner and train until told to stop."""
    compute_with(settings.learner.threads)
    worker = f"learner-{socket.gethostname()}-{os.getpid()}"
    async with contextlib.AsyncExitStack() as stack:
        team = await _team(settings, stack) if settings.policy.backend == "vlm" else None
        if team is not None and not team.leads:
            return
        store = await open_store(settings.database)
        stack.push_async_callback(store.close)
        blobs = open_blobs(settings.blobs)
        control = Control(settings.redis.url, settings.streams.prefix)
        stack.push_async_callback(control.close)
        bus = open_bus(settings.redis, settings.streams, consumer=worker)
        clock = PartClock()
        embedder = open_embedder(settings.policy.embeddings) if settings.policy.backend == "element" else None
        sources = Sources(store, blobs, clock, SiteCache(store, embedder, site_map=settings.policy.site_map), embedder)
        if team is not None:
            parts = await _vlm(settings, sources, bus, control, stack, stop, team)
            if parts is None:
                return
        else:
            parts = await _element(settings, sources, bus)
        trainer, publisher, active, own, teaching = parts
        intake = Intake(sources, choose(own), active, own, group_size=settings.proposer.group_size, teaching=teaching)
        await intake.restore()
        service = LearnerService(intake, trainer, publisher, store, clock, own)
        bus.subscribe(VerdictIssued, "learner", intake.verdict)
        bus.subscribe(TrajectoryRelabelled, "learner", intake.relabelled)
        await bus.start()
        stack.push_async_callback(bus.stop)
        recalling = asyncio.create_task(attempt(intake.recall(), "recall"))
        stack.push_async_callback(end, [recalling])
        training = asyncio.create_task(service.run(stop))
        while not training.done():
            info: dict[str, object] = {"kind": "learner", "attempts": intake.attempts}
            await report(control, clock, worker, info, 4 * BEAT_SECONDS)
            await asyncio.wait({training}, timeout=BEAT_SECONDS)
        await training


async def _element(settings: Settings, sources: Sources, bus: Bus) -> Parts:
    """Return the parts that train the embedded policy."""
    own = settings.learner
    publisher = Publisher(sources.store, sources.blobs, bus, keep=settings.learner.keep_versions)
    active, network = await publisher.active(seed=settings.policy.seed, temperature=own.temperature)
    trainer = ElementTrainer(network, choose(own), learning_rate=own.learning_rate, kl=own.kl)
    state = await publisher.optimiser(active.version)
    if state is not None:
        trainer.resume(state)
    return trainer, publisher, active, own, None


async def _team(settings: Settings, stack: contextlib.AsyncExitStack) -> Team:
    """Return the processes that train together; where this is not the first of them, when they have ended."""
    try:
        from agent.learner.vlm.launching import launch, launched
        from agent.learner.vlm.wiring import help_out, join
    except ImportError as error:
        raise ConfigurationError(
            f"policy.backend = vlm needs the extra 'vlm' (pip install 'pae[vlm]'): {error}"
        ) from error
    own = settings.learner.vlm
    if own.processes > 1 and not launched():
        launch(own)
    team = await asyncio.to_thread(join, own)
    if team.leads:
        stack.callback(team.close)
        stack.callback(team.rest)
    else:  # the first one is told to stop as well, and lets this one go when it has ended its work
        await asyncio.to_thread(help_out, settings, team)
    return team


async def _vlm(
    settings: Settings,
    sources: Sources,
    bus: Bus,
    control: Control,
    stack: contextlib.AsyncExitStack,
    stop: Stop,
    team: Team,
) -> Parts | None:
    """Return the parts that train the vision-language policy; None where it was told to stop meanwhile."""
    from agent.learner.vlm.draining import Draining
    from agent.learner.vlm.lessons import VlmTeaching
    from agent.learner.vlm.publishing import VlmPublisher
    from agent.learner.vlm.wiring import Stopped, start

    vlm, own = settings.policy.vlm, settings.learner
    fleet = await stack.enter_async_context(open_fleet(vlm))
    publisher = VlmPublisher(sources.store, bus, fleet, vlm)
    try:
        trainer, active = await start(settings, sources.store, publisher, stop, team)
    except Stopped:
        return None
    draining = Draining(sources.store, control, fleet, vlm)
    sweeping = asyncio.create_task(draining.run(stop))
    stack.push_async_callback(end, [sweeping])
    replaced = {"batch_steps": own.vlm.batch_steps, "publish_seconds": own.vlm.publish_seconds}
    own = own.model_copy(update=replaced)
    return trainer, publisher, active, own, VlmTeaching(sources.blobs, budget(vlm))


if __name__ == "__main__":
    run_service("learner", main)
