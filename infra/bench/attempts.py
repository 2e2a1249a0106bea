"""Attempts per second with several numbers of contexts, and where the time goes: the whole stack on the sandbox shop.

The website is surveyed once; for each number of contexts the stack is started again on the same folder, as it would
be on a real machine. Figures are of practice as it is at that moment: by a policy that learns, on tasks of any length.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from infra.control import Control
from infra.errors import PaeError
from infra.supervisor import Stack, StackOptions
from infra.telemetry.clock import shares

WARM_UP_SECONDS = 5.0
SURVEY_SECONDS = 300.0
POLL_SECONDS = 0.25


async def measure(
    folder: Path, contexts: tuple[int, ...], seconds: float, tell: Callable[[str], None]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return attempts per second by contexts, and shares of time by part at the number nearest to four.

    Raises:
        PaeError: the website could not be practised.
    """
    shutil.rmtree(folder, ignore_errors=True)
    rates: dict[str, float] = {}
    parts: dict[str, float] = {}
    website = ""
    shares_at = min(contexts, key=lambda count: abs(count - 4))
    for count in contexts:
        options = StackOptions(folder=folder, contexts=count, port=0, sandbox=True)
        async with Stack(options) as stack, httpx.AsyncClient(base_url=stack.api, timeout=30.0) as client:
            await stack.ready()
            if not website:
                tell("surveying the shop")
                website = await _surveyed(client, stack.sandbox_sites["shop"])
            tell(f"attempts with {count} context{'s' if count > 1 else ''}")
            rates[str(count)] = await _rate(client, website, seconds)
            if count == shares_at:
                parts = await _shares(stack)
    return rates, parts


async def _surveyed(client: httpx.AsyncClient, url: str) -> str:
    body = {"url": url, "safety": {"pages_per_second": 500, "third_party_resources": False}}
    answer = (await client.post("/v1/websites", json=body)).raise_for_status()
    website = str(answer.json()["id"])
    until = time.monotonic() + SURVEY_SECONDS
    while True:
        found = (await client.get(f"/v1/websites/{website}")).raise_for_status().json()["website"]
        if found["status"] == "practising":
            return website
        if found["status"] == "failed" or time.monotonic() > until:
            raise PaeError(f"the shop could not be surveyed: {found['status_reason']}")
        await asyncio.sleep(POLL_SECONDS)


async def _ended(client: httpx.AsyncClient, website: str) -> int:
    return int((await client.get(f"/v1/websites/{website}")).raise_for_status().json()["attempts"])


async def _rate(client: httpx.AsyncClient, website: str, seconds: float) -> float:
    first = await _ended(client, website)
    until = time.monotonic() + SURVEY_SECONDS
    while await _ended(client, website) == first:
        if time.monotonic() > until:
            raise PaeError("no attempt ended: see the logs of the stack")
        await asyncio.sleep(POLL_SECONDS)
    await asyncio.sleep(min(WARM_UP_SECONDS, seconds))
    begun, before = time.monotonic(), await _ended(client, website)
    await asyncio.sleep(seconds)
    return (await _ended(client, website) - before) / (time.monotonic() - begun)


async def _shares(stack: Stack) -> dict[str, float]:
    control = Control(stack.redis_url)
    try:
        return shares(await control.times())
    finally:
        await control.close()
