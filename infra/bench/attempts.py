"""Attempts per second on the whole stack, and where its time goes.

The shop is surveyed once. Every number of contexts then starts from a copy of that folder, so from the same tasks and
untrained weights; it practises for a few seconds before ended attempts are counted.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.cli.client import Api
from infra.control import Control
from infra.errors import PaeError
from infra.supervisor import Stack, StackOptions
from infra.telemetry.clock import shares

LOOK_SECONDS = 0.5
SHARES_OF = 4
BEGIN_SECONDS = 60.0  # longest wait for the first attempt to end

Tick = Callable[[str, float], None]  # what is done, and the share of it that is done in [0, 1]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to look, and at what."""

    contexts: Sequence[int] = (1, 2, 4, 8)
    seconds: float = 30.0
    warm_seconds: float = 5.0
    survey: Mapping[str, float] | None = None  # None: as for any website
    survey_seconds: float = 600.0


async def measure(folder: Path, plan: Plan, tick: Tick) -> dict[str, Any]:
    """Return attempts per second by number of contexts, and the shares of time with four.

    Raises:
        PaeError: the stack does not start or does not practise; the message says why.
    """
    surveyed = folder / "surveyed"
    website = await _survey(surveyed, plan, tick)
    rates: dict[str, float] = {}
    parts: dict[str, float] = {}
    for contexts in plan.contexts:
        copy = folder / f"contexts-{contexts}"
        await asyncio.to_thread(shutil.copytree, surveyed, copy)
        rates[str(contexts)], spent = await _count(copy, website, contexts, plan, tick)
        if contexts == SHARES_OF:
            parts = shares(spent)
    return {"attempts_per_second": rates, "shares": parts}


def _options(folder: Path, contexts: int) -> StackOptions:
    return StackOptions(folder=folder, contexts=contexts, port=0, sandbox=True)


async def _survey(folder: Path, plan: Plan, tick: Tick) -> str:
    """Have the shop surveyed; practice is paused as soon as it begins. Return the website's id."""
    async with Stack(_options(folder, 4)) as stack:
        await stack.ready()
        with Api(stack.api) as api:
            body: dict[str, Any] = {
                "url": stack.sandbox_sites["shop"],
                "safety": {"pages_per_second": 200, "third_party_resources": False},
            }
            if plan.survey is not None:
                body["survey"] = dict(plan.survey)
            website = str((await asyncio.to_thread(api.post, "/v1/websites", body))["id"])
            begun = time.monotonic()
            while True:
                known = (await asyncio.to_thread(api.get, f"/v1/websites/{website}"))["website"]
                if known["status"] == "practising":
                    break
                waited = time.monotonic() - begun
                if known["status"] not in ("submitted", "surveying") or waited > plan.survey_seconds:
                    raise PaeError(f"the shop is {known['status']}: {known['status_reason'] or 'no reason given'}")
                tick("surveying the shop", min(0.99, waited / 120))
                await asyncio.sleep(LOOK_SECONDS)
            await asyncio.to_thread(api.post, f"/v1/websites/{website}/pause")
            await _at_rest(api, website)
    tick("surveying the shop", 1.0)
    return website


async def _at_rest(api: Api, website: str) -> None:
    """Wait until what was dispatched before the pause has ended."""
    deadline = time.monotonic() + BEGIN_SECONDS
    while time.monotonic() < deadline:
        if not (await asyncio.to_thread(api.get, f"/v1/websites/{website}"))["running"]:
            return
        await asyncio.sleep(LOOK_SECONDS)


async def _count(
    folder: Path, website: str, contexts: int, plan: Plan, tick: Tick
) -> tuple[float, dict[str, dict[str, float]]]:
    """Return attempts per second, and the seconds that each worker spent meanwhile by part."""
    words = f"practising with {contexts} context{'s' if contexts > 1 else ''}"
    tick(words, 0.0)
    async with Stack(_options(folder, contexts)) as stack:
        await stack.ready()
        control = Control(stack.redis_url)
        try:
            with Api(stack.api) as api:
                await asyncio.to_thread(api.post, f"/v1/websites/{website}/resume")
                await _begun(api, website)
                await asyncio.sleep(plan.warm_seconds)
                before, spent = await _ended(api, website), await control.times()
                begun = time.monotonic()
                while (gone := time.monotonic() - begun) < plan.seconds:
                    tick(words, gone / plan.seconds)
                    await asyncio.sleep(min(LOOK_SECONDS, plan.seconds - gone))
                after = await _ended(api, website)
                seconds = time.monotonic() - begun
                later = await control.times()
        finally:
            await control.close()
    tick(words, 1.0)
    return (after - before) / seconds, difference(spent, later)


async def _ended(api: Api, website: str) -> int:
    return int((await asyncio.to_thread(api.get, f"/v1/websites/{website}"))["attempts"])


async def _begun(api: Api, website: str) -> None:
    before, deadline = await _ended(api, website), time.monotonic() + BEGIN_SECONDS
    while await _ended(api, website) == before:
        if time.monotonic() > deadline:
            raise PaeError(f"no attempt ended within {BEGIN_SECONDS:.0f} s")
        await asyncio.sleep(LOOK_SECONDS)


def difference(
    before: Mapping[str, Mapping[str, float]], after: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Return what each worker's sums have grown by; what workers of earlier stacks left does not grow."""
    return {
        worker: {part: seconds - before.get(worker, {}).get(part, 0.0) for part, seconds in sums.items()}
        for worker, sums in after.items()
    }
