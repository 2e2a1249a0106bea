"""A benchmark's figures for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table

from evaluator.benchmark.report import BenchmarkReport, Share

_MOST_REASONS = 12


def tables(report: BenchmarkReport) -> Iterator[RenderableType]:
    """Return what to print, in order."""
    actor = "The sites' own solutions" if report.version is None else f"Policy version {report.version}"
    perturbed = f", perturbed by {', '.join(report.perturbed)}" if report.perturbed else ""
    words = ", in the sites' own words" if report.wording == "plain" else ""
    yield f"[bold]{actor}[/bold] on {report.split} tasks of {', '.join(report.sites)}{words}{perturbed}"
    yield f"[bold]Success {_percent(report.overall)}[/bold] in {report.seconds:.0f} s"
    if report.impossible.n:
        yield f"can be done: {_percent(report.answerable)} · cannot: {_percent(report.impossible)}"
    for title, shares in (("site", report.by_site), ("kind", report.by_kind), ("depth", report.by_depth)):
        yield _shares(title, shares)
    yield _counts("ending", report.endings)
    if report.failures:
        yield _counts("failed because", dict(list(report.failures.items())[:_MOST_REASONS]))
    steps, seconds = report.mean_steps, report.median_seconds
    yield f"mean steps {_number(steps)} · median seconds {_number(seconds)} · tried again {report.retried}"


def _shares(title: str, shares: Mapping[str, Share]) -> Table:
    table = Table(title, "success", "95 %", "n", box=None, header_style="dim")
    for name, share in shares.items():
        table.add_row(name, f"{share.success:.0%}", f"{share.low:.0%}–{share.high:.0%}", str(share.n))
    return table


def _counts(title: str, counts: Mapping[str, int]) -> Table:
    table = Table(title, "tasks", box=None, header_style="dim")
    for name, count in counts.items():
        table.add_row(name, str(count))
    return table


def _percent(share: Share) -> str:
    return f"{share.success:.0%} ({share.low:.0%}–{share.high:.0%}, n = {share.n})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
