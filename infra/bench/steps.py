"""One step against a bare Playwright loop, measured by ``python -m agent.browser.bench`` as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from infra.bench.started import STOP_SECONDS, shop
from infra.errors import PaeError
from infra.runtime import DIE_WITH_PARENT


async def measure(folder: Path, cycles: int, tick: Callable[[], None]) -> dict[str, Any]:
    """Return its figures; ``tick`` is called after every cycle.

    Raises:
        PaeError: it did not come to an end; the message names its log.
    """
    found, log = folder / "steps.json", folder / "steps.log"
    command = [sys.executable, "-m", "agent.browser.bench", "--json", str(found), "--cycles", str(cycles)]
    async with shop(folder) as url:
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *command,
                "--site",
                url,
                env={**os.environ, DIE_WITH_PARENT: str(os.getpid())},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        try:
            assert process.stdout is not None  # noqa: S101 - a pipe was asked for
            async for _ in process.stdout:
                tick()
            code = await process.wait()
        finally:
            await _end(process)
    if code != 0:
        raise PaeError(f"the steps could not be measured (exit status {code}); see {log}")
    figures: dict[str, Any] = json.loads(found.read_text())
    return figures


async def _end(process: asyncio.subprocess.Process) -> None:
    """End it and what it started."""
    if process.returncode is None:
        process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            pass
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
