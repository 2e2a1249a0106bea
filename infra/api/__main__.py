"""``python -m infra.api``: the API and the dashboard."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket

import uvicorn

from infra.api.access import read_keys
from infra.api.app import create_app
from infra.api.deps import Deps
from infra.blobs import open_blobs
from infra.control import Control
from infra.errors import ConfigurationError
from infra.operations import Operations
from infra.runtime import Stop, run_service
from infra.settings import ApiSettings, Settings
from infra.store import open_store
from infra.streams import open_bus

DRAIN_SECONDS = 3


class _Server(uvicorn.Server):
    """Signals are the runtime's; uvicorn would take them for itself."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


def _listen(settings: ApiSettings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port), backlog=512)
    except OSError as error:
        raise ConfigurationError(
            f"{settings.host}:{settings.port} cannot be listened on ({error.strerror}): set api.host and api.port"
        ) from error


async def main(settings: Settings, stop: Stop) -> None:
    """Wire the API and serve until told to stop."""
    keys = read_keys(settings)
    async with contextlib.AsyncExitStack() as stack:
        listener = stack.enter_context(contextlib.closing(_listen(settings.api)))
        store = await open_store(settings.database)
        stack.push_async_callback(store.close)
        control = Control(settings.redis.url, settings.streams.prefix)
        stack.push_async_callback(control.close)
        bus = open_bus(settings.redis, settings.streams, consumer=f"api-{socket.gethostname()}-{os.getpid()}")
        await bus.start()
        stack.push_async_callback(bus.stop)
        blobs = open_blobs(settings.blobs)
        operations = Operations(store, blobs, bus, control, settings.egress.allow_private)
        app = create_app(Deps(operations, settings, keys))
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=DRAIN_SECONDS, server_header=False
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve([listener]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        stopping.cancel()


if __name__ == "__main__":
    run_service("api", main)
