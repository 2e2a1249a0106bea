"""Two scripted replicas, and a fleet of both."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from agent.policy.vlm.fleet import Fleet
from agent.policy.vlm.replica import Replica
from tests.fixtures.vllm import ScriptedVllm


@pytest.fixture
async def servers() -> AsyncIterator[list[ScriptedVllm]]:
    made = [ScriptedVllm(), ScriptedVllm()]
    for one in made:
        await one.start()
    yield made
    for one in made:
        await one.stop()


@pytest.fixture
async def fleet(servers: list[ScriptedVllm]) -> AsyncIterator[Fleet]:
    async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
        yield Fleet([Replica(one.url, client) for one in servers], patience=0.6)
