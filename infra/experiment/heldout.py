"""One measurement on held-out tasks by the benchmark's command, as anybody could make it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from infra.errors import PaeError
from infra.experiment.results import Share, TaskEnding
from infra.supervisor import Stack

#: Characters of what the benchmark said last that go into an error.
QUOTED = 500


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Which tasks are tried, by what."""

    sites: tuple[str, ...]
    split: Literal["development", "final", "all"] = "development"
    wording: Literal["people", "plain"] = "people"
    website: str | None = None  # the submitted website whose map may be read; None: there is no map
    version: int | None = None  # None: the active one
    perturbed: str = ""
    limit: int | None = None  # most tasks per site
    concurrency: int = 4


class Found(BaseModel):
    """The benchmark's report, as far as it is read here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int
    overall: Share
    by_kind: dict[str, Share]
    results: tuple[TaskEnding, ...]
    seconds: float


async def try_held_out(stack: Stack, what: HeldOut, out: Path) -> Found:
    """Try every task once; the benchmark's whole report is left in ``out``.

    Raises:
        PaeError: the benchmark could not be completed; the message says why.
    """
    if stack.sandbox_control is None:
        raise PaeError("held-out tasks need the sandbox sites")
    out.parent.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        *_command(stack.sandbox_control, what, out),
        env=stack.environment(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):  # Ctrl-C in a terminal reaches it as well
            process.terminate()
        await process.wait()
        raise
    if process.returncode != 0:
        words = said.decode(errors="replace").strip()[-QUOTED:]
        raise PaeError(f"the benchmark ended with status {process.returncode} (see {stack.folder / 'logs'}): {words}")
    return Found.model_validate_json(await asyncio.to_thread(out.read_bytes))


def _command(control: str, what: HeldOut, out: Path) -> Sequence[str]:
    command = [sys.executable, "-m", "evaluator.benchmark", "--control", control, "--out", str(out)]
    command += ["--sites", ",".join(what.sites), "--split", what.split, "--wording", what.wording]
    command += ["--version", "active" if what.version is None else str(what.version)]
    command += ["--concurrency", str(what.concurrency)]
    if what.website is not None:
        command += ["--website", what.website]
    if what.perturbed:
        command += ["--perturb", what.perturbed]
    if what.limit is not None:
        command += ["--limit", str(what.limit)]
    return command
