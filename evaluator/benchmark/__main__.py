"""``python -m evaluator.benchmark``: measure a policy version on held-out tasks; agents and evaluator must be running.

Exit 0 when the run is complete, whatever it found; 1 when it could not be; 2 when the settings or arguments are wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evaluator.benchmark.plan import BenchmarkOptions
from evaluator.benchmark.report import BenchmarkReport, Ending, TaskResult
from evaluator.benchmark.run import Deps, run_benchmark
from evaluator.benchmark.table import tables
from infra.blobs import open_blobs
from infra.errors import ConfigurationError, InvalidInput, NotFound, PaeError
from infra.settings import Settings, load_settings
from infra.store import open_store
from infra.streams import open_bus


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    console, errors = Console(), Console(stderr=True)
    parsed = _parser().parse_args(arguments)
    try:
        report = asyncio.run(_run(load_settings(), parsed, errors))
    except (ConfigurationError, InvalidInput, NotFound) as error:
        errors.print(f"[red]{error}", highlight=False)
        return 2
    except PaeError as error:
        errors.print(f"[red]The benchmark could not be completed: {error}", highlight=False)
        return 1
    except KeyboardInterrupt:
        errors.print("[yellow]Cancelled; its open attempts are ended as stopped.")
        return 130
    if parsed.out is not None:
        parsed.out.parent.mkdir(parents=True, exist_ok=True)
        parsed.out.write_text(report.model_dump_json(indent=2), encoding="utf-8")
    if parsed.json:
        console.print_json(report.model_dump_json())
    else:
        console.print(*tables(report), sep="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluator.benchmark", description="Success on held-out tasks.")
    parser.add_argument("--control", required=True, metavar="URL", help="control server of the sandbox sites")
    parser.add_argument("--sites", default="", help="comma-separated; default: all")
    parser.add_argument("--split", choices=("development", "final", "all"), default="development")
    parser.add_argument("--version", type=_version, default="active", help="a number, active (default) or random (= 0)")
    parser.add_argument("--limit", type=int, help="most tasks per site")
    parser.add_argument("--website", metavar="ID", help="the practised website to which the attempts belong")
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--attempt-seconds", type=float, default=300.0, help="longest wait for one attempt")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the report there, as JSON")
    parser.add_argument("--json", action="store_true", help="print the report as JSON instead of tables")
    return parser


def _version(text: str) -> int | Literal["active", "random"]:
    if text == "active":
        return "active"
    if text == "random":
        return "random"
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a version is a whole number, active or random")
    return int(text)


async def _run(settings: Settings, parsed: argparse.Namespace, console: Console) -> BenchmarkReport:
    if settings.sandbox_secret is None:
        raise ConfigurationError(
            "PAE_SANDBOX_SECRET is not set: it must be the secret that the sandbox was started with"
        )
    try:
        options = BenchmarkOptions(
            control=parsed.control,
            secret=settings.sandbox_secret,
            sites=tuple(name.strip() for name in parsed.sites.split(",") if name.strip()),
            split=parsed.split,
            version=parsed.version,
            limit=parsed.limit,
            website_id=parsed.website,
            concurrency=parsed.concurrency,
            attempt_seconds=parsed.attempt_seconds,
        )
    except ValueError as error:
        raise InvalidInput(str(error)) from error
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database)
        stack.push_async_callback(store.close)
        bus = open_bus(settings.redis, settings.streams, consumer=f"benchmark-{os.getpid()}")
        await bus.start()
        stack.push_async_callback(bus.stop)
        client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=30.0))
        bar = stack.enter_context(_bar(console))
        running = bar.add_task("benchmark", total=None, succeeded=0)
        succeeded = 0

        def advance(done: int, total: int, result: TaskResult) -> None:
            nonlocal succeeded
            succeeded += result.ending is Ending.SUCCESS
            bar.update(running, completed=done, total=total, succeeded=succeeded)

        return await run_benchmark(Deps(store, open_blobs(settings.blobs), bus, client), options, advance)


def _bar(console: Console) -> Progress:
    columns = (
        TextColumn("held-out tasks"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[succeeded]} succeeded"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, disable=not console.is_terminal)


if __name__ == "__main__":
    sys.exit(main())
