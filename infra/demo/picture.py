"""The demo's picture: held-out success over practice, and the practice itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.ticker import PercentFormatter

INK, PRACTICE, HELD_OUT = "#1f2933", "#7b8794", "#0b6e4f"


def draw(found: Mapping[str, Any], path: Path) -> None:
    """Write the PNG: points are held-out success with 95 % intervals, the line is success in practice."""
    figure, axes = plt.subplots(figsize=(8, 4.5), dpi=150)
    practice = _full(found["practice"])
    ends = list(accumulate(window["attempts"] for window in practice))
    if practice:
        axes.fill_between(
            ends, [w["low"] for w in practice], [w["high"] for w in practice], color=PRACTICE, alpha=0.18, linewidth=0
        )
        label = f"practice tasks, windows of {practice[0]['attempts']} attempts"
        axes.plot(ends, [window["success"] for window in practice], color=PRACTICE, linewidth=1.4, label=label)
    points = found["heldout"]
    at = [point["attempts"] for point in points]
    success = [point["success"] for point in points]
    below = [max(0.0, point["success"] - point["low"]) for point in points]
    above = [max(0.0, point["high"] - point["success"]) for point in points]
    label = f"{points[0]['n']} held-out tasks, 95 % interval"
    axes.errorbar(
        at,
        success,
        yerr=[below, above],
        color=HELD_OUT,
        marker="o",
        markersize=7,
        linewidth=2.2,
        capsize=4,
        label=label,
    )
    for x, y in zip(at, success, strict=True):
        axes.annotate(f"{y:.0%}", (x, y), textcoords="offset points", xytext=(9, 8), color=HELD_OUT, weight="bold")
    _style(axes, found)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    plt.close(figure)


def _full(windows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the windows without a last one that practice's end cut short: too few attempts to say anything."""
    return windows[:-1] if len(windows) > 1 and windows[-1]["attempts"] < windows[0]["attempts"] else windows


def _style(axes: Any, found: Mapping[str, Any]) -> None:
    axes.set_ylim(0, 1.02)
    axes.set_xlim(left=0)
    axes.margins(x=0.06)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_xlabel("attempts of practice", color=INK)
    axes.set_ylabel("success", color=INK)
    minutes = found["practice_minutes"]
    axes.set_title(f"{minutes:g} minutes of practice from random weights", color=INK, loc="left", weight="bold")
    axes.grid(axis="y", color="#e4e7eb")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(frameon=False, loc="lower right")
