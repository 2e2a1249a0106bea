"""``python -m infra.bench``: measure, print a table, save a report."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import shutil
import signal
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from infra.bench import attempts, queue, sites, steps
from infra.bench.report import machine, table
from infra.errors import PaeError

PARTS = ("step", "queue", "sites", "attempts")
SITES = 7  # that a stack serves
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Windows:
    """How much of everything is measured."""

    cycles: int
    queue_seconds: float
    queue_messages: int
    site_seconds: float
    attempts: attempts.Plan


def windows(seconds: float | None, *, quick: bool) -> Windows:
    """Return what to measure; ``quick`` is for a look at whether all of it works."""
    if quick:
        small = {"pages": 25, "depth": 2, "seconds": 20}
        return Windows(2, 0.2, 50, 0.2, attempts.Plan(seconds=seconds or 2.0, warm_seconds=0.5, survey=small))
    seconds = seconds or 30.0
    return Windows(max(8, round(1.5 * seconds)), seconds / 2, 1000, seconds / 15, attempts.Plan(seconds=seconds))


async def measure(folder: Path, plan: Windows, parts: Collection[str], console: Console) -> dict[str, Any]:
    """Measure one part after the other. Raises PaeError where one cannot be measured."""
    begun = time.monotonic()
    found: dict[str, Any] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        if "step" in parts:
            line = bars.add_task("steps", total=plan.cycles + 3)
            found |= await steps.measure(folder, plan.cycles, lambda: bars.advance(line))
        if "queue" in parts:
            line = bars.add_task("queue", total=plan.queue_seconds)

            def passed(seconds: float, line: Any = line) -> None:
                bars.update(line, completed=min(seconds, plan.queue_seconds))

            found["queue_messages_per_second"] = await queue.measure(
                folder / "redis", plan.queue_seconds, plan.queue_messages, passed
            )
        if "sites" in parts:
            line = bars.add_task("sandbox sites", total=SITES)
            found |= await sites.measure(folder, plan.site_seconds, lambda: bars.advance(line))
        if "attempts" in parts:
            lines: dict[str, Any] = {}

            def show(words: str, done: float) -> None:
                if words not in lines:
                    lines[words] = bars.add_task(words, total=1.0)
                bars.update(lines[words], completed=done)

            found |= await attempts.measure(folder, plan.attempts, show)
    found["machine"] = machine(found.pop("chromium", None))
    found["seconds"] = round(time.monotonic() - begun, 1)
    return found


async def _run(out: Path, plan: Windows, parts: Collection[str], console: Console) -> None:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine that runs has a task
    for interrupt in (signal.SIGINT, signal.SIGTERM):  # also where a shell's background job inherited SIGINT ignored
        asyncio.get_running_loop().add_signal_handler(interrupt, task.cancel)
    folder = out / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = await measure(folder, plan, parts, console)
    (out / "report.json").write_text(json.dumps(found, indent=2) + "\n")
    shutil.rmtree(folder, ignore_errors=True)  # where something failed its logs are still there
    console.print()
    console.print(table(found))
    console.print(f"\n[dim]{out / 'report.json'}", highlight=False)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench", description="How fast is it on this machine?")
    parser.add_argument("--out", type=Path, default=Path("runs/bench"), metavar="FOLDER")
    parser.add_argument("--seconds", type=float, help="each number of contexts is watched so long (30)")
    parser.add_argument("--quick", action="store_true", help="tiny windows: see that it works; the figures mean little")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    arguments = parser.parse_args()
    if arguments.seconds is not None and arguments.seconds <= 0:
        parser.error("--seconds must be more than 0")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    plan = windows(arguments.seconds, quick=arguments.quick)
    try:
        asyncio.run(_run(arguments.out, plan, arguments.only, Console()))
    except PaeError as error:
        Console(stderr=True).print(f"[red]{error}", highlight=False)
        sys.exit(1)
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
