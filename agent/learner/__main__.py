"""``python -m agent.learner``: one process that trains the policy and publishes its versions."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket

import torch

from agent.learner.intake import Intake, Sources
from agent.learner.objectives import choose
from agent.learner.publisher import Publisher
from agent.learner.service import LearnerService
from agent.learner.trainer import ElementTrainer
from agent.policy.embedding import open_embedder
from agent.sites import SiteCache
from infra.blobs import open_blobs
from infra.contracts.messages import TrajectoryRelabelled, VerdictIssued
from infra.control import Control
from infra.runtime import Stop, run_service
from infra.settings import Settings
from infra.store import open_store
from infra.streams import open_bus
from infra.telemetry.beat import report
from infra.telemetry.clock import PartClock

BEAT_SECONDS = 3.0


async def main(settings: Settings, stop: Stop) -> None:
    """Wire the learner and train until told to stop."""
    torch.set_num_threads(settings.learner.threads)
    worker = f"learner-{socket.gethostname()}-{os.getpid()}"
    async with contextlib.AsyncExitStack() as stack:
        store = await open_store(settings.database)
        stack.push_async_callback(store.close)
        blobs = open_blobs(settings.blobs)
        control = Control(settings.redis.url, settings.streams.prefix)
        stack.push_async_callback(control.close)
        bus = open_bus(settings.redis, settings.streams, consumer=worker)
        publisher = Publisher(store, blobs, bus)
        own = settings.learner
        active, network = await publisher.active(seed=settings.policy.seed, temperature=own.temperature)
        objective = choose(own)
        trainer = ElementTrainer(network, objective, learning_rate=own.learning_rate, kl=own.kl)
        state = await publisher.optimiser(active.version)
        if state is not None:
            trainer.resume(state)
        clock = PartClock()
        embedder = open_embedder(settings.policy.embeddings)
        sites = SiteCache(store, embedder, site_map=settings.policy.site_map)
        sources = Sources(store, blobs, clock, sites, embedder)
        intake = Intake(sources, objective, active, own, group_size=settings.proposer.group_size)
        await intake.restore()
        service = LearnerService(intake, trainer, publisher, store, clock, own)
        bus.subscribe(VerdictIssued, "learner", intake.verdict)
        bus.subscribe(TrajectoryRelabelled, "learner", intake.relabelled)
        await bus.start()
        stack.push_async_callback(bus.stop)
        training = asyncio.create_task(service.run(stop))
        while not training.done():
            info: dict[str, object] = {"kind": "learner", "attempts": intake.attempts}
            await report(control, clock, worker, info, 4 * BEAT_SECONDS)
            await asyncio.wait({training}, timeout=BEAT_SECONDS)
        await training


if __name__ == "__main__":
    run_service("learner", main)
