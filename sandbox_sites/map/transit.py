"""Trams and buses."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sandbox_sites.map.names import OPERATORS, STOPS
from sandbox_sites.map.routing import find_way
from sandbox_sites.map.streets import COLUMNS, ROWS, Network, polyline

_ENDS = ((0, 62), (8, 54), (27, 35), (4, 58), (18, 53), (9, 60))  # junctions
_PACE = 200  # metres a minute


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a line."""

    name: str
    minute: int  # from the start of the line
    zone: str
    riders: int  # a day
    access: str
    junction: int


@dataclass(frozen=True, slots=True)
class Line:
    """A tram or a bus."""

    slug: str
    name: str
    operator: str
    first: str
    last: str
    every: int  # minutes
    bikes: str
    colour: str
    stops: tuple[Stop, ...]
    path: str

    @property
    def ends(self) -> str:
        """From where to where."""
        return f"{self.stops[0].name} to {self.stops[-1].name}"


def run_lines(rng: random.Random, network: Network) -> tuple[Line, ...]:
    """Lay the lines of a town over its streets."""
    ends = sorted({junction for pair in _ENDS for junction in pair})
    rest = [junction for junction in range(COLUMNS * ROWS) if junction not in ends]
    named = [*ends, *rng.sample(rest, len(STOPS) - len(ends))]
    names = dict(zip(named, rng.sample(STOPS, len(STOPS)), strict=True))
    trams, buses = rng.sample(range(1, 10), 3), rng.sample(range(11, 60), len(_ENDS) - 3)
    labels = [f"Tram {number}" for number in sorted(trams)] + [f"Bus {number}" for number in sorted(buses)]
    frequencies = rng.sample((6, 7, 8, 10, 12, 15, 20), len(_ENDS))
    firsts = rng.sample(("4:40", "4:55", "5:05", "5:20", "5:35", "5:50", "6:05"), len(_ENDS))
    lasts = rng.sample(("22:15", "22:40", "23:05", "23:20", "23:45", "23:55"), len(_ENDS))
    colours = ("#c8452f", "#1f6fb2", "#2d8a4e", "#8a4fb0", "#b7791f", "#0f8b8d")
    lines = []
    for i, (label, (start, end)) in enumerate(zip(labels, _ENDS, strict=True)):
        along = _along(network, start, end)
        riders = rng.sample(range(60, 2900), len(along))
        stops = tuple(
            Stop(names[junction], -(-length // _PACE), "A" if length < 900 else "B" if length < 1900 else "C",
            riders[n],
                 rng.choice(("Step-free", "Step-free", "Stairs")), junction)
            for n, (junction, length) in enumerate(along)
            if junction in names
        )  # fmt: skip
        lines.append(
            Line(label.lower().replace(" ", "-"), label, rng.choice(OPERATORS), firsts[i], lasts[i], frequencies[i],
                 rng.choice(("Off-peak only", "Any time", "Folding ones only")), colours[i], stops,
                 polyline([network.points[junction] for junction, _ in along]))
        )  # fmt: skip
    return tuple(lines)


def _along(network: Network, start: int, end: int) -> list[tuple[int, int]]:
    """Return the junctions that a line passes, and how far each is from its start."""
    route = find_way(network, network.at_junction(start), network.at_junction(end), "cycling", "")
    passed = dict(route.passed) if route is not None else {}
    length = route.length if route is not None else 0
    return [(start, 0), *((node, far) for node, far in passed.items() if node not in (start, end)), (end, length)]
