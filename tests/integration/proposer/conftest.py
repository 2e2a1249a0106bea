"""Settings, control, a bus, and a stand-in for the other services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from infra.blobs import Blobs
from infra.control import Control
from infra.settings import ProposerSettings, RedisSettings, Settings
from infra.store import Store
from infra.streams import Bus, open_bus
from tests.fixtures.services import RedisProcess
from tests.integration.proposer.stand_in import StandIn


@pytest.fixture
def settings(make_redis: Callable[[], RedisProcess], tmp_path: Path) -> Settings:
    redis = RedisSettings(url=make_redis().url)
    return Settings(redis=redis, proposer=ProposerSettings(group_size=2, max_tasks=80))


@pytest.fixture
async def control(settings: Settings) -> AsyncIterator[Control]:
    opened = Control(settings.redis.url, settings.streams.prefix)
    await opened.beat("agent-1", {"kind": "agent", "contexts": 2}, ttl=600)
    yield opened
    await opened.close()


@pytest.fixture
async def bus(settings: Settings) -> AsyncIterator[Bus]:
    opened = open_bus(settings.redis, settings.streams, consumer="test")
    yield opened
    await opened.stop()


@pytest.fixture
async def others(settings: Settings, sqlite_store: Store, folder_blobs: Blobs) -> AsyncIterator[StandIn]:
    stand_in = StandIn(settings, sqlite_store, folder_blobs)
    await stand_in.start()
    yield stand_in
    stand_in.hold.set()
    await stand_in.bus.stop()
