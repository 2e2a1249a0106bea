"""The sandbox sites: how soon they serve, what they weigh, what a fresh session and a page cost.

All sites run in the one process that a stack starts. Sessions are opened through the control server as a benchmark
does, so their figure holds a request; pages are asked for one after another over one connection.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil

from infra.bench.started import STOP_SECONDS
from infra.errors import PaeError
from infra.supervisor.child import Child

RESETS = 200
MANY_SESSIONS = 1000
PAGES = 60
MIB = 1024 * 1024


async def measure(folder: Path, seconds: float, tick: Callable[[], None]) -> dict[str, Any]:
    """Return the figures; ``tick`` is called after each site. ``seconds`` bounds the page loads of each.

    Raises:
        PaeError: the sites did not start.
    """
    secret = secrets.token_urlsafe(16)
    environment = {**os.environ, "PAE_SANDBOX_SECRET": secret}
    child = Child("sandbox", [sys.executable, "-m", "sandbox_sites"], environment, folder / "sandbox.log")
    begun = time.perf_counter()
    try:
        await child.start(capture=True)
        try:
            ready = json.loads(await child.first_line())
        except (EOFError, TimeoutError, ValueError) as error:
            raise PaeError(f"the sandbox sites did not start: {error}") from error
        started = time.perf_counter() - begun
        process = psutil.Process(child.pid)
        found: dict[str, Any] = {"start_seconds": started, "mib": process.memory_info().rss / MIB, "by_site": {}}
        headers = {"X-Sandbox-Secret": secret}
        async with (
            httpx.AsyncClient(base_url=ready["control"], headers=headers, trust_env=False) as control,
            httpx.AsyncClient(trust_env=False) as visitor,
        ):
            for site, url in ready["sites"].items():
                found["by_site"][site] = await _site(control, visitor, site, url, seconds)
                tick()
            before = process.memory_info().rss
            first = next(iter(ready["sites"]))
            for _ in range(MANY_SESSIONS):
                await control.post(f"/sites/{first}/sessions")
            found["kib_per_session"] = (process.memory_info().rss - before) / 1024 / MANY_SESSIONS
    finally:
        await child.stop(STOP_SECONDS)
    return {"sites": found}


async def _site(
    control: httpx.AsyncClient, visitor: httpx.AsyncClient, site: str, url: str, seconds: float
) -> dict[str, float]:
    resets = []
    for _ in range(RESETS):
        begun = time.perf_counter()
        (await control.post(f"/sites/{site}/sessions")).raise_for_status()
        resets.append(time.perf_counter() - begun)
    pages = (await control.get(f"/sites/{site}/pages")).json()
    await visitor.get(url)
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        (await visitor.get(url.rstrip("/") + pages[done % min(len(pages), PAGES)])).raise_for_status()
        done += 1
        await asyncio.sleep(0)
    return {
        "pages": len(pages),
        "session_ms": statistics.median(resets) * 1000,
        "pages_per_second": done / (time.perf_counter() - begun),
    }
