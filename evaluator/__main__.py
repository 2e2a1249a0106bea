"""``python -m evaluator``: wires the evaluator service and runs it until it is told to stop.

Pictures are kept for whoever judges, so it is here that old ones are removed.
"""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import AsyncExitStack

import httpx

from evaluator.hidden_state import HiddenState
from evaluator.opening import open_judge
from evaluator.service import EvaluatorService
from infra.background import run_until
from infra.blobs import open_blobs
from infra.retention import Retention
from infra.runtime import Stop, run_service
from infra.settings import Settings
from infra.store import open_store
from infra.streams import open_bus

_CHECK_SECONDS = 10.0
SLOTS = 4


async def main(settings: Settings, stop: Stop) -> None:
    """Judge until ``stop`` is set."""
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database)
        stack.push_async_callback(store.close)
        # Control servers are addressed directly: a proxy of the environment must never see the secret.
        client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=_CHECK_SECONDS))
        bus = open_bus(settings.redis, settings.streams, consumer=f"evaluator-{socket.gethostname()}-{os.getpid()}")
        hidden_state = HiddenState(client, settings.sandbox_secret)
        blobs = open_blobs(settings.blobs)
        judge = open_judge(settings, store, blobs) if settings.evaluator.backend == "judge" else None
        judges_all = settings.evaluator.judges == "all"
        service = EvaluatorService(store, blobs, bus, hidden_state, judge, judges_all=judges_all)
        service.subscribe(slots=SLOTS if judge is None else max(SLOTS, settings.judge_chat.concurrency))
        await bus.start()
        stack.push_async_callback(bus.stop)
        clearing = asyncio.create_task(Retention(store, blobs, settings).run(stop))
        await run_until(stop, [clearing])


if __name__ == "__main__":
    run_service("evaluator", main)
