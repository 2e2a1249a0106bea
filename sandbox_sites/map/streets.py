"""The town's streets: junctions with coordinates in metres, named streets between them, house numbers along them.

All lengths are multiples of ten metres, and house number n stands ten times n metres from the start of its street.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox_sites.map.names import STREETS

COLUMNS, ROWS, RIVER_BELOW = 9, 7, 3  # the river runs below this row
BRIDGES = 4
ONE_WAY = 5


@dataclass(frozen=True, slots=True)
class Edge:
    """A piece of street between two junctions."""

    a: int
    b: int
    length: int
    street: str


@dataclass(frozen=True, slots=True)
class Street:
    """A named chain of junctions; cars may go only along the chain where it is one-way."""

    slug: str
    name: str
    kind: str  # street, path (no cars), steps (walkers only)
    junctions: tuple[int, ...]
    edges: tuple[int, ...]
    length: int
    one_way: bool = False

    @property
    def last_number(self) -> int:
        """The highest house number."""
        return self.length // 10 - 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on an edge, so many metres from its start."""

    edge: int
    offset: int


@dataclass(frozen=True, slots=True)
class Network:
    """All streets of a town."""

    points: tuple[tuple[int, int], ...]
    edges: tuple[Edge, ...]
    streets: tuple[Street, ...]
    width: int
    height: int
    river: int  # y of its middle

    def street(self, wanted: str) -> Street | None:
        """Return a street by its slug or name."""
        folded = wanted.strip().casefold()
        return next((street for street in self.streets if folded in (street.slug, street.name.casefold())), None)

    def spot_at(self, street: Street, number: int) -> Spot | None:
        """Return where a house number of a street is; None where there is no such number."""
        if street.kind != "street" or not 1 <= number <= street.last_number:
            return None
        left = number * 10
        for edge in street.edges:
            if left <= self.edges[edge].length:
                return Spot(edge, left)
            left -= self.edges[edge].length
        return None

    def point(self, spot: Spot) -> tuple[float, float]:
        """Return a spot's coordinates."""
        edge = self.edges[spot.edge]
        (ax, ay), (bx, by) = self.points[edge.a], self.points[edge.b]
        part = spot.offset / edge.length
        return ax + (bx - ax) * part, ay + (by - ay) * part

    def at_junction(self, junction: int) -> Spot:
        """Return a junction as a spot."""
        for number, edge in enumerate(self.edges):
            if junction in (edge.a, edge.b):
                return Spot(number, 0 if edge.a == junction else edge.length)
        raise ValueError(f"no edge ends at junction {junction}")

    def crossing(self, street: Street) -> list[Street]:
        """Return the streets that meet a street, in the order of its junctions."""
        found: list[Street] = []
        for junction in street.junctions:
            found += [s for s in self.streets if junction in s.junctions and s is not street and s not in found]
        return found


def lay_out(rng: random.Random) -> Network:
    """Draw a town: a bent grid with a river, bridges, footpaths and one-way streets."""
    points, river = _points(rng)
    chains = _chains(rng)
    words = rng.sample(STREETS, len(chains))
    edges: list[Edge] = []
    streets: list[Street] = []
    for word, (suffix, kind, chain) in zip(words, chains, strict=True):
        name = f"{word} {suffix}"
        slug = name.lower().replace(" ", "-")
        first = len(edges)
        for a, b in itertools.pairwise(chain):
            edges.append(Edge(a, b, _length(points[a], points[b]), slug))
        numbers = tuple(range(first, len(edges)))
        streets.append(Street(slug, name, kind, tuple(chain), numbers, sum(edges[n].length for n in numbers)))
    width, height = max(x for x, _ in points) + 120, max(y for _, y in points) + 120
    network = Network(tuple(points), tuple(edges), tuple(streets), width, height, river)
    return _with_one_way(network, rng)


def _points(rng: random.Random) -> tuple[list[tuple[int, int]], int]:
    xs, ys = [120], [120]
    for _ in range(COLUMNS - 1):
        xs.append(xs[-1] + rng.randint(210, 310))
    for row in range(ROWS - 1):
        ys.append(ys[-1] + (330 if row == RIVER_BELOW else rng.randint(190, 270)))
    points = [(x + rng.randint(-40, 40), y + rng.randint(-40, 40)) for y in ys for x in xs]
    return points, (ys[RIVER_BELOW] + ys[RIVER_BELOW + 1]) // 2


def _chains(rng: random.Random) -> list[tuple[str, str, list[int]]]:
    """Return (suffix, kind, junctions) of every street."""

    def node(row: int, column: int) -> int:
        return row * COLUMNS + column

    chains = [
        (rng.choice(("Street", "Road")), "street", [node(row, column) for column in range(COLUMNS)])
        for row in range(ROWS)
    ]
    bridges = {0, COLUMNS - 1, *rng.sample(range(2, COLUMNS - 2), BRIDGES - 2)}
    for column in range(COLUMNS):
        whole = [node(row, column) for row in range(ROWS)]
        parts = [whole] if column in bridges else [whole[: RIVER_BELOW + 1], whole[RIVER_BELOW + 1 :]]
        chains += [(rng.choice(("Lane", "Avenue", "Row")), "street", part) for part in parts]
    column = rng.randrange(1, COLUMNS - 3)
    chains.append(("Walk", "path", [node(0, column), node(1, column + 1), node(2, column + 2)]))
    column = rng.randrange(2, COLUMNS - 2)
    chains.append(("Path", "path", [node(6, column), node(5, column - 1), node(4, column - 2)]))
    column = rng.randrange(1, COLUMNS - 1)
    chains.append(("Steps", "steps", [node(2, column), node(3, column + 1)]))
    return chains


def _length(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(20, round(math.dist(one, other) / 10) * 10)


def _with_one_way(network: Network, rng: random.Random) -> Network:
    """Make some streets one-way, as long as cars still come everywhere."""
    candidates = [street for street in network.streets if street.kind == "street" and len(street.junctions) < 8]
    chosen: set[str] = set()
    for street in rng.sample(candidates, len(candidates)):
        if len(chosen) == ONE_WAY:
            break
        if _drivable(network, {*chosen, street.slug}):
            chosen.add(street.slug)
    streets = tuple(
        Street(s.slug, s.name, s.kind, s.junctions, s.edges, s.length, s.slug in chosen) for s in network.streets
    )
    return Network(network.points, network.edges, streets, network.width, network.height, network.river)


def _drivable(network: Network, one_way: set[str]) -> bool:
    forth: dict[int, list[int]] = {}
    back: dict[int, list[int]] = {}
    for street in network.streets:
        if street.kind != "street":
            continue
        for edge in (network.edges[number] for number in street.edges):
            pairs = [(edge.a, edge.b)] if street.slug in one_way else [(edge.a, edge.b), (edge.b, edge.a)]
            for a, b in pairs:
                forth.setdefault(a, []).append(b)
                back.setdefault(b, []).append(a)
    return all(len(_reached(links)) == len(network.points) for links in (forth, back))


def _reached(links: dict[int, list[int]]) -> set[int]:
    seen, waiting = {0}, [0]
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def polyline(points: Sequence[tuple[float, float]]) -> str:
    """Write coordinates as an SVG path."""
    return "M" + " L".join(f"{x:.0f} {y:.0f}" for x, y in points)
