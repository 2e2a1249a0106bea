"""Any one process is killed outright during practice: nothing is lost, and nothing is counted twice."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections import Counter
from pathlib import Path

import httpx
import pytest

from infra.contracts.attempt import TERMINAL
from tests.fixtures.stacks import Stack, ended, nothing_open, options, submit_shop, until

VICTIMS = ("agent-0", "evaluator", "proposer", "learner", "api", "redis")


async def _survives(client: httpx.AsyncClient, stack: Stack, victim: str, website: str) -> None:
    """Kill one process and wait until attempts end again after it is back."""
    child = stack.children[victim]
    before, pid = await ended(client, website), child.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    async def back() -> bool:
        return child.pid not in (None, pid)

    await until(back, 20, f"a new {victim}")

    async def goes_on() -> bool:
        return await ended(client, website) >= before + 6

    await until(goes_on, 60, f"practice after {victim} was killed")


@pytest.mark.timeout(500)
async def test_every_attempt_ends_exactly_once_whatever_is_killed(tmp_path: Path) -> None:
    async with Stack(options(tmp_path)) as stack, httpx.AsyncClient(base_url=stack.api, timeout=10) as client:
        await stack.ready()
        website = await submit_shop(client, stack.sandbox_sites["shop"])

        async def begun() -> bool:
            return await ended(client, website) >= 4

        await until(begun, 180, "the first attempts")
        for victim in VICTIMS:
            await _survives(client, stack, victim, website)
        assert {name: child.restarts for name, child in stack.children.items() if child.restarts} == dict.fromkeys(
            VICTIMS, 1
        )
        await client.post(f"/v1/websites/{website}/pause")

        async def settled() -> list[dict[str, object]] | None:
            return await nothing_open(client, website)

        attempts = await until(settled, 60, "the end of every attempt")
        letters = (await client.get("/v1/dead-letters")).json()
    assert letters == []
    states = Counter(one["attempt"]["state"] for one in attempts)
    assert states["completed"] > len(VICTIMS) * 4
    assert set(states) <= {state.value for state in TERMINAL}
    _check_records(tmp_path / "pae.sqlite", {str(one["attempt"]["id"]) for one in attempts})


def _check_records(database: Path, attempts: set[str]) -> None:
    """Every attempt that was ever recorded has one verdict and one end."""
    connection = sqlite3.connect(database)
    try:
        rows = connection.execute("SELECT id, ended_at FROM attempts").fetchall()
        verdicts = Counter(row[0] for row in connection.execute("SELECT attempt_id FROM verdicts WHERE human = 0"))
    finally:
        connection.close()
    assert {row[0] for row in rows} == attempts
    assert all(row[1] is not None for row in rows)
    assert verdicts == Counter(dict.fromkeys(attempts, 1))


async def test_a_second_stack_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    from infra.errors import ConfigurationError

    async with Stack(options(tmp_path)):
        with pytest.raises(ConfigurationError, match=f"in use by process {os.getpid()}"):
            async with Stack(options(tmp_path)):
                await asyncio.sleep(0)
