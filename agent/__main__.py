"""``python -m agent``: one worker with one browser and several contexts."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket

from agent.browser import open_browser
from agent.claims import Claims
from agent.policy.embedding import open_embedder
from agent.policy.registry import PolicyRegistry
from agent.policy.vlm.fleet import open_fleet
from agent.policy.vlm.serving import from_fleet
from agent.service import AgentService, Services
from agent.threads import compute_with
from infra.blobs import open_blobs
from infra.contracts.messages import TaskDispatched, VisitRequested
from infra.control import Control
from infra.runtime import Stop, run_service
from infra.settings import Settings
from infra.store import open_store
from infra.streams import open_bus
from infra.telemetry.beat import report
from infra.telemetry.clock import PartClock

BEAT_SECONDS = 3.0


async def main(settings: Settings, stop: Stop) -> None:
    """Wire the agent and serve until told to stop."""
    compute_with(1)
    worker = f"agent-{socket.gethostname()}-{os.getpid()}"
    contexts = settings.agent.contexts
    async with contextlib.AsyncExitStack() as stack:
        store = await open_store(settings.database)
        stack.push_async_callback(store.close)
        blobs = open_blobs(settings.blobs)
        control = Control(settings.redis.url, settings.streams.prefix)
        stack.push_async_callback(control.close)
        browser = await stack.enter_async_context(open_browser(settings.browser, settings.egress))
        bus = open_bus(settings.redis, settings.streams, consumer=worker)
        clock = PartClock()
        embedder = open_embedder(settings.policy.embeddings)
        services = Services(store, blobs, bus, control, browser, clock)
        policies = None
        if settings.policy.backend == "vlm":
            fleet = await stack.enter_async_context(open_fleet(settings.policy.vlm))
            policies = PolicyRegistry(store, from_fleet(fleet, settings.policy.vlm))
        chosen = settings.agent.model_copy(update={"recording_rate": settings.recording_rate})
        claims = Claims(control, settings.streams)
        service = AgentService(
            services, chosen, claims, embedder=embedder, site_map=settings.policy.site_map, policies=policies
        )
        bus.subscribe(TaskDispatched, "agent", service.attempt, slots=contexts, on_dead_letter=service.attempt_given_up)
        bus.subscribe(VisitRequested, "agent", service.visit, slots=contexts, on_dead_letter=service.visit_given_up)
        await bus.start()
        stack.push_async_callback(bus.stop)
        while not stop.is_set():
            acting = sorted(+service.acting)
            info: dict[str, object] = {"kind": "agent", "contexts": contexts, "attempts": service.attempts}
            info["versions"] = acting  # the learner unloads none of these
            await report(control, clock, worker, info, 4 * BEAT_SECONDS)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), BEAT_SECONDS)


if __name__ == "__main__":
    run_service("agent", main)
