"""python -m proposer: wire the proposer and run it."""

from __future__ import annotations

from infra.blobs import open_blobs
from infra.contracts.base import new_id
from infra.control import Control
from infra.runtime import Stop, run_service
from infra.settings import Settings
from infra.store import open_store
from infra.streams import open_bus
from proposer.opening import open_proposing
from proposer.service import Proposer


async def main(settings: Settings, stop: Stop) -> None:
    """Open what the proposer needs, serve, and close it again."""
    store = await open_store(settings.database)
    control = Control(settings.redis.url, settings.streams.prefix)
    try:
        blobs = open_blobs(settings.blobs)
        bus = open_bus(settings.redis, settings.streams, consumer=new_id("proposer"))
        proposing = open_proposing(settings, store, blobs)
        await Proposer(settings, store, blobs, bus, control, proposing).run(stop)
    finally:
        await control.close()
        await store.close()


if __name__ == "__main__":
    run_service("proposer", main)
