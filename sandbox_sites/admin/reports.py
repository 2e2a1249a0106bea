"""Sums over the year's sales, and charts of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin

from sandbox_sites.admin.content import CATEGORIES, MONTHS, PERIODS, REGIONS
from sandbox_sites.admin.records import World

SHADES = ("#2f7f79", "#d08b34", "#7a5ba8", "#4b79c4", "#b1504a")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, in the chart's own units."""

    label: str
    value: int
    x: float
    height: float


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a ring."""

    label: str
    value: int
    percent: float
    path: str
    shade: str


def total(
    world: World, months: Iterable[str] = MONTHS, regions: Iterable[str] = REGIONS, kinds: Iterable[str] = CATEGORIES
) -> int:
    """Return the pounds sold."""
    return sum(world.sales[m, r, c] for m in months for r in regions for c in kinds)


def by_month(world: World, regions: Iterable[str] = REGIONS) -> dict[str, int]:
    """Return the pounds sold by month."""
    chosen = list(regions)
    return {month: total(world, [month], chosen) for month in MONTHS}


def by_region(world: World) -> dict[str, int]:
    """Return the year's pounds by region."""
    return {region: total(world, MONTHS, [region]) for region in REGIONS}


def by_category(world: World, period: str, region: str) -> dict[str, int]:
    """Return the pounds by category in a period, in one region or all."""
    regions = [region] if region in REGIONS else REGIONS
    return {kind: total(world, PERIODS[period][1], regions, [kind]) for kind in CATEGORIES}


def bars(values: dict[str, int], width: float = 600, height: float = 150) -> list[Bar]:
    """Lay out a chart of bars."""
    most, step = max(values.values()), width / len(values)
    return [
        Bar(label, value, round(i * step + step * 0.15, 1), round(height * value / most, 1))
        for i, (label, value) in enumerate(values.items())
    ]


def ring(values: dict[str, int], radius: float = 60) -> list[Slice]:
    """Lay out a chart of shares."""
    whole, start, slices = sum(values.values()), 0.0, []
    for i, (label, value) in enumerate(values.items()):
        end = start + value / whole
        x1, y1, x2, y2 = (
            radius * f(2 * pi * at - pi / 2) for at, f in ((start, cos), (start, sin), (end, cos), (end, sin))
        )
        path = f"M0 0L{x1:.1f} {y1:.1f}A{radius} {radius} 0 {int(end - start > 0.5)} 1 {x2:.1f} {y2:.1f}Z"
        slices.append(Slice(label, value, round(100 * value / whole, 1), path, SHADES[i % len(SHADES)]))
        start = end
    return slices
