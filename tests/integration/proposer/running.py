"""The proposer's service, running, and ways to wait for what it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from infra.blobs import Blobs
from infra.contracts.messages import WebsiteSubmitted
from infra.contracts.website import Website, WebsiteStatus
from infra.control import Control
from infra.runtime import Stop
from infra.settings import Settings
from infra.store import Store
from infra.streams import Bus, open_bus
from proposer.service import Proposer, Proposing
from tests.unit.proposer.little_shop import website


@asynccontextmanager
async def proposer(
    settings: Settings, store: Store, blobs: Blobs, control: Control, proposing: Proposing | None = None
) -> AsyncIterator[None]:
    stop = Stop()
    own = open_bus(settings.redis, settings.streams, consumer=f"proposer-{id(stop)}")
    task = asyncio.create_task(Proposer(settings, store, blobs, own, control, proposing).run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - the store and Redis tell of no events
            await asyncio.sleep(0.05)


async def submit(store: Store, bus: Bus, **changes: object) -> Website:
    site = website(**changes)
    await store.add_website(site)
    await bus.publish(WebsiteSubmitted(id=site.id, website_id=site.id))
    return site


def status_is(store: Store, site: Website, status: WebsiteStatus) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return (await store.website(site.id)).status is status

    return check
