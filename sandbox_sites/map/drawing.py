"""The map itself, as SVG; one unit is one metre."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from sandbox_sites.map.places import Place
from sandbox_sites.map.seed import Town
from sandbox_sites.map.streets import Street, polyline


@dataclass(frozen=True, slots=True)
class Pin:
    """A mark on the map."""

    x: float
    y: float
    label: str
    colour: str
    title: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A line on the map: a way, a tram line, a street."""

    path: str
    style: str  # CSS class
    colour: str = ""


def pins_of(town: Town, places: Iterable[Place]) -> list[Pin]:
    """Return numbered pins of places, in their order."""
    pins = []
    for number, place in enumerate(places, start=1):
        x, y = town.network.point(place.spot)
        pins.append(Pin(round(x), round(y), str(number), place.kind.colour, place.name))
    return pins


def trace_of(town: Town, street: Street) -> Trace:
    """Return a street's line."""
    return Trace(polyline([town.network.points[junction] for junction in street.junctions]), "lit")


def frame(town: Town, pins: Sequence[Pin] | None) -> str:
    """Return the view box that shows all pins with some streets around them; the whole town where there are none."""
    if not pins:
        return f"0 0 {town.network.width} {town.network.height}"
    xs, ys = [pin.x for pin in pins], [pin.y for pin in pins]
    width, height = max(max(xs) - min(xs) + 400, 1200), max(max(ys) - min(ys) + 400, 900)
    left, top = (max(xs) + min(xs) - width) / 2, (max(ys) + min(ys) - height) / 2
    return f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"


def draw(town: Town) -> Markup:
    """Return what every map of the town shows: river, greens, streets and their names, districts."""
    network = town.network
    bends = "".join(f" q {network.width // 8} {60 if n % 2 else -60} {network.width // 4} 0" for n in range(12))
    parts = [f'<path class="river" d="M{-network.width} {network.river}{bends}"/>']
    for park in town.of("parks"):
        x, y = network.point(park.spot)
        parts.append(f'<ellipse class="lawn" cx="{x:.0f}" cy="{y:.0f}" rx="105" ry="75"/>')
    lines = [
        (street, polyline([network.points[junction] for junction in street.junctions])) for street in network.streets
    ]
    parts += [f'<path class="kerb" d="{path}"/>' for street, path in lines if street.kind == "street"]
    parts += [f'<path class="way {street.kind}" d="{path}"/>' for street, path in lines]
    parts += [_name(town, street) for street in network.streets]
    x, y = network.point(town.centre)
    parts.append(f'<circle class="centre" cx="{x:.0f}" cy="{y:.0f}" r="22"/>')
    parts += [
        f'<text class="quarter" x="{district.x}" y="{district.y}">{escape(district.name)}</text>'
        for district in town.districts
    ]
    return Markup("".join(parts))  # noqa: S704 - made of the seed's own words


def _name(town: Town, street: Street) -> str:
    edge = town.network.edges[street.edges[len(street.edges) // 2]]
    (ax, ay), (bx, by) = town.network.points[edge.a], town.network.points[edge.b]
    angle = math.degrees(math.atan2(by - ay, bx - ax))
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    arrow = " →" if street.one_way and bx + by >= ax + ay else " ←" if street.one_way else ""
    x, y = (ax + bx) / 2, (ay + by) / 2
    return (
        f'<text class="sign" x="{x:.0f}" y="{y:.0f}" dy="9" transform="rotate({angle:.0f} {x:.0f} {y:.0f})">'
        f"{escape(street.name)}{arrow}</text>"
    )
