"""``pae experiment``: configurations against one another, over seeds, on held-out tasks."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from infra.errors import InvalidInput
from infra.experiment.plan import CONFIGURATIONS, PRACTISE, UNSEEN, Plan, chosen, plan

if TYPE_CHECKING:
    from infra.experiment.summary import Summary

console = Console()
MINUTES = 10.0
INTERRUPTED = 130


def experiment(
    configurations: Annotated[str, typer.Option(help="comma-separated; --list names all")] = "full,reward-off",
    seeds: Annotated[str, typer.Option(help="of the policy's random weights, comma-separated")] = "0",
    minutes: Annotated[float | None, typer.Option(help=f"of practice in each run; default: {MINUTES:g}")] = None,
    attempts: Annotated[int | None, typer.Option(help="scored practice attempts instead of minutes")] = None,
    every: Annotated[float | None, typer.Option(help="minutes or attempts between measurements")] = None,
    split: Annotated[
        Literal["development", "final", "all"], typer.Option(help="final is for published figures only")
    ] = "development",
    wording: Annotated[Literal["people", "plain"], typer.Option(help="plain: in the sites' own words")] = "people",
    limit: Annotated[int | None, typer.Option(help="most tasks per site, but at the last measurement")] = None,
    sites: Annotated[str, typer.Option(help="practised, together")] = ",".join(PRACTISE),
    unseen: Annotated[str, typer.Option(help="surveyed only; empty: none")] = ",".join(UNSEEN),
    sequence: Annotated[str, typer.Option(help="instead: sites practised one after another, for equal parts")] = "",
    perturb: Annotated[str, typer.Option(help="at the end also under each of these, such as layout,slow")] = "",
    folder: Annotated[Path, typer.Option(help="where results and runs are kept")] = Path("runs/experiment"),
    contexts: Annotated[int, typer.Option(min=1, max=64, help="attempts at a time")] = 4,
    port: Annotated[int, typer.Option(min=0, max=65535, help="of API and dashboard; 0: any free one")] = 0,
    resume: Annotated[bool, typer.Option(help="make only those runs that have no result yet")] = False,
    keep: Annotated[bool, typer.Option(help="keep each run's database and blobs, not its weights alone")] = False,
    list_: Annotated[bool, typer.Option("--list", help="print the configurations and end")] = False,
) -> None:
    """Practise the sandbox sites by several configurations, and compare their success on held-out tasks.

    Leaves summary.json, curves.csv, curves.png and results.md in the folder. Exit 1 where a run failed.
    """
    if list_:
        console.print(_known())
        return
    asked = plan(
        sites=_names(sequence or sites),
        unseen=() if sequence else _names(unseen),
        sequence=bool(sequence),
        minutes=MINUTES if minutes is None and attempts is None else minutes,
        attempts=attempts,
        every=every,
        split=split,
        wording=wording,
        limit=limit,
        perturbations=_names(perturb),
        contexts=contexts,
    )
    from infra.experiment.series import ExperimentOptions, run_experiment  # NumPy takes a moment to import

    options = ExperimentOptions(
        folder=folder,
        configurations=chosen(_names(configurations)),
        seeds=_seeds(seeds),
        plan=asked,
        port=port,
        resume=resume,
        keep=keep,
    )
    _announce(asked, len(options.configurations) * len(options.seeds))
    _conclude(_interruptible(lambda: run_experiment(options, console)), folder)


def _conclude(summary: Summary, folder: Path) -> None:
    """Say what came of the runs. Raises typer.Exit where one failed."""
    from infra.experiment.report import headline

    for outcome in summary.outcomes:
        console.print(f"[bold]{outcome.configuration}[/]  {headline(outcome)}", highlight=False)
    for failure in summary.failures:
        console.print(f"[red]{failure.configuration}, seed {failure.seed}:[/] {failure.cause}", highlight=False)
    console.print(f"\n[dim]{folder / 'results.md'}, {folder / 'curves.png'}", highlight=False)
    if summary.failures:
        raise typer.Exit(1)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _seeds(text: str) -> list[int]:
    found = _names(text)
    if not found or not all(name.isdecimal() for name in found):
        raise InvalidInput(f"--seeds takes whole numbers from 0, comma-separated, and not '{text}'")
    return [int(name) for name in found]


def _known() -> Table:
    table = Table("configuration", "what it shows", box=None, header_style="dim")
    for one in CONFIGURATIONS.values():
        table.add_row(one.name, one.shows)
    return table


def _announce(asked: Plan, runs: int) -> None:
    how = "one after another" if asked.sequence else "together"
    count = f"{runs} run{'s' if runs != 1 else ''}"
    console.print(f"{count} of {asked.total:g} {asked.unit} of practice on {', '.join(asked.sites)} ({how}).")


def _interruptible(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run it; SIGINT and SIGTERM cancel it, so that the stack is stopped and finished runs stay."""

    async def cancellable() -> Any:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine that runs has a task
        for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell's background job ignores SIGINT
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        return await work()

    try:
        return asyncio.run(cancellable())
    except asyncio.CancelledError:
        console.print("Interrupted. Runs that were finished stay: go on with --resume.")
        raise typer.Exit(INTERRUPTED) from None
