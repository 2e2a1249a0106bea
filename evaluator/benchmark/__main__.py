"""``python -m evaluator.benchmark``: measure a policy version on held-out tasks; agents and evaluator must be running.

Exit 0 when the run is complete, whatever it found; 1 when it could not be; 2 when the settings or arguments are wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal, cast

import httpx
from pydantic import SecretStr
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evaluator.benchmark.given import GivenOptions, GivenReport, given_tables, run_given
from evaluator.benchmark.plan import BenchmarkOptions
from evaluator.benchmark.proposed import ProposedOptions, ProposedReport, proposed_tables, run_proposed
from evaluator.benchmark.report import BenchmarkReport, Ending, TaskResult
from evaluator.benchmark.run import run_benchmark
from evaluator.benchmark.table import tables
from evaluator.benchmark.trying import Deps
from evaluator.delivering import deliver
from infra.blobs import open_blobs
from infra.errors import ConfigurationError, InvalidInput, NotFound, PaeError
from infra.settings import Settings, load_settings
from infra.store import open_store
from infra.streams import open_bus
from infra.taskfiles import hosts_of


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
    deliver(report, _printed(report), console, out=parsed.out, as_json=parsed.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluator.benchmark", description="Success on held-out tasks.")
    parser.add_argument("--control", metavar="URL", help="control server of the sandbox sites")
    parser.add_argument(
        "--proposed", type=int, metavar="N", help="instead: N of --website's own tasks, by evidence and by hidden state"
    )
    parser.add_argument("--tasks", type=Path, metavar="FILE", help="tasks of WebVoyager or WebArena, on --website")
    parser.add_argument(
        "--host", action="append", default=[], metavar="NAME=URL", help="what a file's __NAME__ stands for; repeatable"
    )
    parser.add_argument("--sites", default="", help="comma-separated sites or groups; default: all")
    parser.add_argument(
        "--wording",
        choices=("people", "plain"),
        default="people",
        help="plain: instructions in the site's own words, where it knows them",
    )
    parser.add_argument("--split", choices=("development", "final", "all"), default="development")
    parser.add_argument("--version", type=_version, default="active", help="a number, active, random (= 0) or oracle")
    parser.add_argument("--perturb", default="", help="comma-separated, such as layout, slow, cookies, hostile")
    parser.add_argument("--limit", type=int, help="most tasks per site")
    parser.add_argument("--website", metavar="ID", help="the practised website to which the attempts belong")
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--attempt-seconds", type=float, default=300.0, help="longest wait for one attempt")
    parser.add_argument("--dashboard", default="", metavar="URL", help="where the report's links to attempts lead")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the report there, as JSON")
    parser.add_argument("--json", action="store_true", help="print the report as JSON instead of tables")
    return parser


def _version(text: str) -> int | Literal["active", "random", "oracle"]:
    if text in ("active", "random", "oracle"):
        return cast(Literal["active", "random", "oracle"], text)
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a version is a whole number, active, random or oracle")
    return int(text)


async def _run(settings: Settings, parsed: argparse.Namespace, console: Console) -> BenchmarkReport:
    try:
        options = _options(settings, parsed)
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

        deps = Deps(store, open_blobs(settings.blobs), bus, client)
        if isinstance(options, ProposedOptions):
            return await run_proposed(deps, options, advance)
        if isinstance(options, GivenOptions):
            return await run_given(deps, options, advance)
        return await run_benchmark(deps, options, advance)


def _printed(report: BenchmarkReport) -> Iterator[RenderableType]:
    if isinstance(report, ProposedReport):
        return proposed_tables(report)
    return given_tables(report) if isinstance(report, GivenReport) else tables(report)


def _options(settings: Settings, parsed: argparse.Namespace) -> BenchmarkOptions | GivenOptions | ProposedOptions:
    if parsed.tasks is not None:
        return _given(parsed)
    if parsed.control is None:
        raise InvalidInput("say which tasks: --control URL for the sandbox sites' own, or --tasks FILE with --website")
    if settings.sandbox_secret is None:
        raise ConfigurationError(
            "PAE_SANDBOX_SECRET is not set: it must be the secret that the sandbox was started with"
        )
    if parsed.proposed is not None:
        return _proposed(settings.sandbox_secret, parsed)
    return _held_out(settings.sandbox_secret, parsed)


def _proposed(secret: SecretStr, parsed: argparse.Namespace) -> ProposedOptions:
    if parsed.website is None:
        raise InvalidInput("say with --website whose tasks are tried")
    return ProposedOptions(
        control=parsed.control,
        secret=secret,
        website_id=parsed.website,
        tasks=parsed.proposed,
        version=parsed.version,
        concurrency=parsed.concurrency,
        attempt_seconds=parsed.attempt_seconds,
        dashboard=parsed.dashboard,
    )


def _held_out(secret: SecretStr, parsed: argparse.Namespace) -> BenchmarkOptions:
    return BenchmarkOptions(
        control=parsed.control,
        secret=secret,
        sites=tuple(name.strip() for name in parsed.sites.split(",") if name.strip()),
        split=parsed.split,
        wording=parsed.wording,
        version=parsed.version,
        perturbed=tuple(name.strip() for name in parsed.perturb.split(",") if name.strip()),
        limit=parsed.limit,
        website_id=parsed.website,
        concurrency=parsed.concurrency,
        attempt_seconds=parsed.attempt_seconds,
        dashboard=parsed.dashboard,
    )


def _given(parsed: argparse.Namespace) -> GivenOptions:
    if parsed.website is None:
        raise InvalidInput("say with --website which website the tasks of the file are tried on")
    try:
        content = parsed.tasks.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{parsed.tasks} cannot be read: {error}") from error
    return GivenOptions(
        content=content,
        website_id=parsed.website,
        hosts=hosts_of(parsed.host),
        version=parsed.version,
        limit=parsed.limit,
        concurrency=parsed.concurrency,
        attempt_seconds=parsed.attempt_seconds,
        dashboard=parsed.dashboard,
    )


def _bar(console: Console) -> Progress:
    columns = (
        TextColumn("tasks"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[succeeded]} succeeded"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, disable=not console.is_terminal)


if __name__ == "__main__":
    sys.exit(main())
