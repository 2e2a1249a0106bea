"""The experiment's picture: held-out success over practice, one panel per role; in a sequence one per site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from infra.experiment.plan import REFERENCE, Role
from infra.experiment.summary import Curve, Outcome, Summary

INK, GRID, TURN, FULL = "#1f2933", "#e4e7eb", "#f5f1e3", "#0b6e4f"
CONTROLS = ("#616e7c", "#9aa5b1", "#3e4c59")
ABLATIONS = ("#c05621", "#2b6cb0", "#b83280", "#805ad5", "#b7791f", "#2c7a7b", "#9b2c2c", "#4c51bf", "#718096")
MARKERS = ("s", "^", "D", "v", "P", "X", "<", ">", "p")
TITLES = {
    Role.PRACTISE: "practised",
    Role.UNSEEN: "surveyed, never practised",
    Role.UNSURVEYED: "never seen, no map",
}
PANEL_WIDTH, HEIGHT, MOST_IN_A_ROW = 4.3, 4.1, 4
#: With more configurations than this, only the full one keeps its band.
MOST_BANDS = 5


def draw(summary: Summary, path: Path) -> None:
    """Write the PNG: means over seeds with their 95 % band, controls dashed beside the full configuration."""
    panels = _panels(summary)
    if not panels:
        return
    columns = min(MOST_IN_A_ROW, len(panels))
    rows = -(-len(panels) // columns)
    size = (max(6.4, PANEL_WIDTH * columns), HEIGHT * rows + 0.7)
    figure, grid = plt.subplots(rows, columns, figsize=size, dpi=150, sharex=True, sharey=True, squeeze=False)
    looks = styles(summary.outcomes)
    for axes, title in zip(grid.flat, panels, strict=False):
        for outcome in reversed(summary.outcomes):  # the full one on top
            for curve in outcome.curves:
                if _title(curve) == title:
                    banded = len(summary.outcomes) <= MOST_BANDS or outcome.configuration == REFERENCE
                    _line(axes, curve, summary.plan.unit, looks[outcome.configuration], banded=banded)
        _style(axes, title)
        if title in summary.plan.sites and summary.plan.sequence:
            part, turn = summary.plan.total / len(summary.plan.sites), summary.plan.sites.index(title)
            axes.axvspan(part * turn, part * (turn + 1), color=TURN, linewidth=0, zorder=0)
    for axes in list(grid.flat)[len(panels) :]:
        axes.set_visible(False)
    for axes in grid[:, 0]:
        axes.set_ylabel("success on held-out tasks", color=INK)
    for axes in grid[-1, :]:
        axes.set_xlabel(f"{summary.plan.unit} of practice", color=INK)
    _frame(figure, grid, summary, looks)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    plt.close(figure)


def styles(outcomes: Sequence[Outcome]) -> Mapping[str, dict[str, Any]]:
    """Return each configuration's look: full bold, controls dashed in grey, ablations in colours."""
    sorts = {outcome.configuration: outcome.sort for outcome in outcomes}
    controls, ablations = ([name for name in sorts if sorts[name] == sort] for sort in ("control", "ablation"))
    found: dict[str, dict[str, Any]] = {}
    for name in sorts:
        if sorts[name] == "full":
            found[name] = {"color": FULL, "linewidth": 2.6, "marker": "o", "markersize": 5.5}
        elif sorts[name] == "control":
            index = controls.index(name)
            dashes = ("--", (0, (1, 1.2)), "-.")[index % 3]
            found[name] = {"color": CONTROLS[index % 3], "linewidth": 1.8, "linestyle": dashes}
        else:
            index = ablations.index(name)
            found[name] = {
                "color": ABLATIONS[index % len(ABLATIONS)],
                "linewidth": 1.6,
                "marker": MARKERS[index % len(MARKERS)],
                "markersize": 4.5,
            }
        found[name].setdefault("marker", ".")
    return found


def _panels(summary: Summary) -> list[str]:
    return list(dict.fromkeys(_title(curve) for outcome in summary.outcomes for curve in outcome.curves))


def _title(curve: Curve) -> str:
    return curve.site if curve.site is not None else TITLES[curve.role]


def _line(axes: Any, curve: Curve, unit: str, look: Mapping[str, Any], *, banded: bool) -> None:
    at = curve.minutes if unit == "minutes" else curve.attempts
    if banded:
        low, high = [point.low for point in curve.success], [point.high for point in curve.success]
        axes.fill_between(at, low, high, color=look["color"], alpha=0.13, linewidth=0)
        if len(at) == 1:  # a band of no width would not be seen
            axes.vlines(at, low, high, color=look["color"], linewidth=1.4)
    axes.plot(at, [point.mean for point in curve.success], clip_on=False, zorder=3, **look)


def _style(axes: Any, title: str) -> None:
    axes.set_title(title, color=INK, loc="left", fontsize=11)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.grid(axis="y", color=GRID)
    axes.set_axisbelow(True)
    axes.set_xlim(left=0)
    axes.tick_params(colors=INK, labelsize=9)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _frame(figure: Any, grid: Any, summary: Summary, looks: Mapping[str, Mapping[str, Any]]) -> None:
    """Title, legend and what the band is, around the panels."""
    highest = max(point.high for outcome in summary.outcomes for curve in outcome.curves for point in curve.success)
    grid[0, 0].set_ylim(0, min(1.02, max(0.1, highest * 1.08)))
    seeds = max(len(outcome.seeds) for outcome in summary.outcomes)
    mean = f"mean of {seeds} seeds" if seeds > 1 else "one seed"
    title = f"{summary.plan.total:g} {summary.plan.unit} of practice from random weights"
    figure.suptitle(f"{title} · {mean}, 95 % interval", color=INK, x=0.01, ha="left", weight="bold", fontsize=12)
    handles = [Line2D([], [], label=name, **look) for name, look in looks.items()]
    columns = min(len(handles), 6 if len(grid[0]) > 1 else 3)
    lines = -(-len(handles) // columns)
    figure.legend(
        handles=handles, loc="lower left", ncols=columns, frameon=False, fontsize=9, bbox_to_anchor=(0.005, 0)
    )
    height = figure.get_size_inches()[1]
    figure.tight_layout(rect=(0, (0.12 + 0.22 * lines) / height, 1, 1))
