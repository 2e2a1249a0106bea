"""The demo's report and its summary. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.table import Table

if TYPE_CHECKING:
    from infra.demo.run import DemoOptions
    from infra.experiment.heldout import Found


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

    @classmethod
    def of(cls, found: Found) -> Measured:
        """Return what the benchmark found, as the report tells it."""
        kinds = {kind: share.model_dump() for kind, share in found.by_kind.items()}
        return cls(version=found.version, by_kind=kinds, **found.overall.model_dump())


def report(
    options: DemoOptions,
    measured: Sequence[Measured],
    plain: Measured,
    curriculum: Mapping[str, Any],
    *,
    seconds: float,
) -> dict[str, Any]:
    """Return the report; the first measurement is "before", the last one "after", ``plain`` in the shop's words."""
    points = [point._asdict() for point in measured]
    return {
        "before": points[0],
        "after": points[-1],
        "after_plain": plain._asdict(),
        "heldout": points,
        "practice": curriculum["curve"],
        "attempts": points[-1]["attempts"],
        "practice_minutes": options.minutes,
        "seconds": round(seconds, 1),
        "seed": options.seed,
        "contexts": options.contexts,
        "embeddings": options.embeddings,
    }


def summary(found: Mapping[str, Any]) -> Table:
    """Return before and after, overall and by kind of task."""
    table = Table("held-out tasks", "before", "after", box=None, title_justify="left")
    before, after = found["before"], found["after"]
    table.add_row("[bold]all", _share(before), f"[bold]{_share(after)}")
    for kind in sorted(after["by_kind"]):
        table.add_row(kind, _share(before["by_kind"].get(kind)), _share(after["by_kind"][kind]))
    table.add_row("all, in the shop's own words", "", _share(found["after_plain"]), style="dim")
    table.caption = (
        f"{found['attempts']} attempts in {found['practice_minutes']:g} minutes of practice, from random weights"
    )
    table.caption_justify = "left"
    return table


def _share(share: Mapping[str, Any] | None) -> str:
    if share is None:
        return "–"
    return f"{share['success']:.0%} ({share['low']:.0%} to {share['high']:.0%}, {share['successes']} of {share['n']})"
