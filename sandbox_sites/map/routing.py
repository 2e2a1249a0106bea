"""Shortest ways through the streets, by Dijkstra, in metres; what a way looks like in words."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sandbox_sites.map.streets import Edge, Network, Spot, polyline

#: Metres a minute.
PACES = {"walking": 80, "cycling": 240, "driving": 420}
_START, _END = -1, -2
Link = tuple[int, int, int]  # to which node, metres, along which edge
Hop = tuple[int, int, int, int]  # from, to, metres, edge


def metres(length: int) -> str:
    """Write a length; all are multiples of ten metres, so nothing is lost."""
    return f"{length} m" if length < 1000 else f"{length / 1000:.2f} km"


def minutes(length: int, mode: str) -> int:
    """How long a way takes, rounded up to whole minutes."""
    return max(1, -(-length // PACES[mode]))


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one spot to another."""

    length: int
    mode: str
    streets: tuple[str, ...]  # names, in order
    steps: tuple[tuple[str, int], ...]  # what to do, and for how many metres
    path: str  # SVG
    edges: frozenset[int]
    passed: tuple[tuple[int, int], ...]  # junctions, and how many metres from the start they are

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return minutes(self.length, self.mode)


def _allowed(network: Network, edge: Edge, mode: str) -> tuple[bool, bool]:
    """Return whether one may go along an edge, and against it."""
    street = network.street(edge.street)
    if (
        street is None
        or (street.kind == "steps" and mode != "walking")
        or (street.kind == "path" and mode == "driving")
    ):
        return False, False
    return True, not (street.one_way and mode == "driving")


def _links(network: Network, mode: str, spots: dict[int, Spot]) -> dict[int, list[Link]]:
    links: dict[int, list[Link]] = {}
    for number, edge in enumerate(network.edges):
        forth, back = _allowed(network, edge, mode)
        if not forth:
            continue
        cuts = sorted((spot.offset, -node) for node, spot in spots.items() if spot.edge == number)
        chain = [(0, edge.a), *((offset, -node) for offset, node in cuts), (edge.length, edge.b)]
        for (here, a), (there, b) in itertools.pairwise(chain):
            links.setdefault(a, []).append((b, there - here, number))
            if back:
                links.setdefault(b, []).append((a, there - here, number))
    return links


def _search(links: dict[int, list[Link]], dearer: Collection[int]) -> tuple[dict[int, int], dict[int, Hop]]:
    costs, hops = {_START: 0}, {}
    waiting = [(0, _START)]
    while waiting:
        cost, node = heapq.heappop(waiting)
        if cost > costs[node]:
            continue
        for other, length, edge in links.get(node, ()):
            beyond = cost + length * (3 if edge in dearer else 2)
            if beyond < costs.get(other, beyond + 1):
                costs[other], hops[other] = beyond, (node, other, length, edge)
                heapq.heappush(waiting, (beyond, other))
    return costs, hops


def find_way(
    network: Network, start: Spot, end: Spot, mode: str, arrival: str, dearer: Collection[int] = ()
) -> Route | None:
    """Return the shortest way, where the edges of ``dearer`` count half as much again."""
    spots = {_START: start, _END: end}
    _, hops = _search(_links(network, mode, spots), dearer)
    if _END not in hops:
        return None
    found: list[Hop] = []
    node = _END
    while node != _START:
        found.append(hops[node])
        node = hops[node][0]
    found.reverse()

    def place(node: int) -> tuple[float, float]:
        return network.point(spots[node]) if node < 0 else network.points[node]

    points = [place(_START), *(place(hop[1]) for hop in found)]
    names, told = _told(network, found, place, arrival)
    passed: dict[int, int] = {}
    gone = 0
    for _, there, length, _ in found:
        gone += length
        if there >= 0:
            passed.setdefault(there, gone)
    return Route(
        length=sum(hop[2] for hop in found), mode=mode, streets=names, steps=told, path=polyline(points),
        edges=frozenset(hop[3] for hop in found), passed=tuple(passed.items()),
    )  # fmt: skip


def other_way(network: Network, start: Spot, end: Spot, best: Route, arrival: str) -> Route | None:
    """Return another sensible way, if there is one."""
    other = find_way(network, start, end, best.mode, arrival, dearer=best.edges)
    return other if other is not None and other.streets != best.streets else None


def _told(
    network: Network, hops: list[Hop], place: Callable[[int], tuple[float, float]], arrival: str
) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    names: list[str] = []
    told: list[tuple[str, int]] = []
    before: float | None = None
    for a, b, length, number in hops:
        (ax, ay), (bx, by) = place(a), place(b)
        if length == 0:
            continue
        angle = math.degrees(math.atan2(by - ay, bx - ax))
        street = network.street(network.edges[number].street)
        name = street.name if street is not None else ""
        if names and names[-1] == name:
            told[-1] = (told[-1][0], told[-1][1] + length)
        else:
            told.append((f"{_turn(before, angle)} {name}", length))
            names.append(name)
        before = angle
    return tuple(names), (*told, (f"Arrive at {arrival}", 0))


def _turn(before: float | None, angle: float) -> str:
    if before is None:
        compass = ("east", "south-east", "south", "south-west", "west", "north-west", "north", "north-east")
        return f"Head {compass[round(angle / 45) % 8]} on"
    change = (angle - before + 180) % 360 - 180
    if abs(change) < 35:
        return "Continue onto"
    if abs(change) > 150:
        return "Turn round onto"
    return "Turn right onto" if change > 0 else "Turn left onto"


def walks_from(network: Network, start: Spot) -> Callable[[Spot], int]:
    """Return how far spots are from one, on foot."""
    costs, _ = _search(_links(network, "walking", {_START: start}), ())

    def far(end: Spot) -> int:
        edge = network.edges[end.edge]
        ways = [costs[edge.a] // 2 + end.offset, costs[edge.b] // 2 + edge.length - end.offset]
        if end.edge == start.edge:
            ways.append(abs(end.offset - start.offset))
        return min(ways)

    return far
