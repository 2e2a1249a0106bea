"""``pae up``: it serves, ends when interrupted and leaves nothing, and goes on where it was."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.stacks import QUICK, ended, processes_of, submit_shop, until

PROMISED_SECONDS = 10.0


@contextlib.asynccontextmanager
async def _up(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, Any]]]:
    """Run the command; yield it with what it says of itself."""
    command = [sys.executable, "-m", "infra.cli", "up", "--sandbox", "--folder", str(folder), "--port", "0"]
    process = await asyncio.create_subprocess_exec(
        *command, "--contexts", "2", env={**os.environ, **QUICK}, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        shown = ""
        async with asyncio.timeout(60):
            while "Ctrl-C stops everything" not in shown:
                line = await process.stdout.readline()
                assert line, f"it ended at once:\n{shown}"
                shown += line.decode()
        card = json.loads((folder / "stack.json").read_text())
        assert re.search(r"curl http://127.0.0.1:\d+/v1/websites", shown)
        yield process, card
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _interrupt(process: asyncio.subprocess.Process) -> float:
    """Press Ctrl-C; return the seconds until the command has ended."""
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.stdout is not None
    rest = (await process.stdout.read()).decode()
    assert await process.wait() == 0, rest
    assert "nothing is lost" in rest
    return time.monotonic() - begun


@pytest.mark.timeout(400)
async def test_it_ends_at_once_leaves_nothing_and_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "pae"
    async with _up(folder) as (process, card), httpx.AsyncClient(base_url=card["api"], timeout=10) as client:
        website = await submit_shop(client, card["sandbox"]["shop"])

        async def practised() -> bool:
            return await ended(client, website) >= 4

        await until(practised, 180, "the first attempts")
        before = await ended(client, website)
        assert len(processes_of(folder)) >= 8
        assert await _interrupt(process) < PROMISED_SECONDS
    assert processes_of(folder) == {}
    assert not (folder / "tmp").exists()
    port = int(card["api"].rsplit(":", 1)[1])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0

    sites = card["sandbox"]
    async with _up(folder) as (process, card), httpx.AsyncClient(base_url=card["api"], timeout=10) as client:
        assert card["sandbox"] == sites, "every site is where it was"
        assert (await client.get(f"/v1/websites/{website}")).json()["website"]["status"] == "practising"

        async def goes_on() -> bool:
            return await ended(client, website) >= before + 6

        await until(goes_on, 60, "more attempts after the restart")
        await _interrupt(process)
    assert processes_of(folder) == {}
