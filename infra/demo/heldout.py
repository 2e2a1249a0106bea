"""Measuring held-out success with the benchmark command, as anybody could."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import NamedTuple

from infra.errors import PaeError
from infra.supervisor import Stack


class Measured(NamedTuple):
    """One measurement: success in [0, 1] with its 95 % Wilson interval over ``n`` tasks."""

    version: int
    successes: int
    n: int
    success: float
    low: float
    high: float
    by_kind: dict[str, dict[str, float]]
    minutes: float = 0.0  # of practice before it
    attempts: int = 0  # of practice before it


async def measure(
    stack: Stack, website: str, version: int | None, out: Path, concurrency: int, *, wording: str = "people"
) -> Measured:
    """Run every held-out task of the shop once with a version (None: the active one).

    ``wording``: "people" as a person would say them, "plain" in the shop's own words.

    Raises:
        PaeError: the benchmark could not be completed.
    """
    if stack.sandbox_control is None:
        raise PaeError("held-out tasks need the sandbox sites")
    command = [sys.executable, "-m", "evaluator.benchmark", "--control", stack.sandbox_control, "--sites", "shop"]
    command += ["--split", "all", "--website", website, "--out", str(out), "--concurrency", str(concurrency)]
    command += ["--wording", wording]
    command += ["--version", "active" if version is None else str(version)]
    process = await asyncio.create_subprocess_exec(
        *command, env=stack.environment(), stdout=asyncio.subprocess.DEVNULL, stdin=asyncio.subprocess.DEVNULL
    )
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if code != 0:
        raise PaeError(f"the benchmark ended with status {code}; see the lines above and {stack.folder / 'logs'}")
    found = json.loads(await asyncio.to_thread(out.read_text))
    overall = found["overall"]
    return Measured(
        version=found["version"],
        successes=overall["successes"],
        n=overall["n"],
        success=overall["success"],
        low=overall["low"],
        high=overall["high"],
        by_kind=found["by_kind"],
    )
