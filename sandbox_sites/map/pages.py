"""The map's pages that everybody can see."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.map.drawing import Pin, Trace, pins_of, trace_of
from sandbox_sites.map.kinds import BY_SLUG
from sandbox_sites.map.listing import Listing
from sandbox_sites.map.places import Place, Review, slug_of
from sandbox_sites.map.routing import metres
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import MapState
from sandbox_sites.map.trips import Around, Trip, near, understood

Visitor = Session[MapState]
SHOWN_REVIEWS = 3


def reviews_of(place: Place, state: MapState) -> list[Review]:
    """Return a place's reviews, the visitor's own first."""
    return [*state.reviews.get(place.slug, []), *place.reviews]


class Pages:
    """Handlers of all GET requests that need no sign-in."""

    def __init__(self, town: Town, web: Web[MapState]) -> None:
        self._town = town
        self._web = web

    def routes(self) -> dict[str, Any]:
        """Return the handlers by path."""
        return {
            "/": self.home, "/places": self.places, "/category/{slug}": self.category, "/place/{slug}": self.place,
            "/districts": self.districts, "/district/{slug}": self.district, "/streets": self.streets,
            "/street/{slug}": self.street, "/transit": self.transit, "/transit/{slug}": self.line,
            "/directions": self.directions, "/nearby": self.nearby, "/code": self.code, "/help": self.help,
            "/about": self.about,
        }  # fmt: skip

    async def home(self, request: Request, visitor: Visitor) -> Response:
        """The whole town."""
        best = sorted(self._town.places, key=lambda place: (-place.rating, place.name))[:6]
        return self._web.render(visitor, "home.html", best=best, pins=pins_of(self._town, best))

    async def places(self, request: Request, visitor: Visitor) -> Response:
        """Places that hold all the words and pass the filters."""
        listing = Listing.of(self._town, request.query_params)
        pins = pins_of(self._town, listing.places)
        return self._web.render(visitor, "places.html", listing=listing, pins=pins)

    async def category(self, request: Request, visitor: Visitor) -> Response:
        """One category's places."""
        kind = BY_SLUG.get(request.path_params["slug"])
        if kind is None:
            return self._web.missing(visitor)
        found = self._town.of(kind.slug)
        return self._web.render(visitor, "category.html", kind=kind, places=found, pins=pins_of(self._town, found))

    async def place(self, request: Request, visitor: Visitor) -> Response:
        """One place."""
        place = self._town.place(request.path_params["slug"])
        if place is None:
            return self._web.missing(visitor)
        end = understood(self._town, place.name, visitor.state)
        return self._web.render(
            visitor, "place.html", place=place, district=self._town.district(place.district),
            reviews=reviews_of(place, visitor.state), every="all" in request.query_params, shown=SHOWN_REVIEWS,
            pins=pins_of(self._town, [place]), around=near(self._town, end, 2000)[:4] if end is not None else [],
        )  # fmt: skip

    async def districts(self, request: Request, visitor: Visitor) -> Response:
        """All districts."""
        return self._web.render(visitor, "districts.html")

    async def district(self, request: Request, visitor: Visitor) -> Response:
        """One district."""
        district = self._town.district(request.path_params["slug"])
        if district is None:
            return self._web.missing(visitor)
        found = self._town.within(district.slug)
        pins = pins_of(self._town, found)
        return self._web.render(visitor, "district.html", district=district, places=found, pins=pins)

    async def streets(self, request: Request, visitor: Visitor) -> Response:
        """All streets, by name."""
        streets = sorted(self._town.network.streets, key=lambda street: street.name)
        return self._web.render(visitor, "streets.html", streets=streets)

    async def street(self, request: Request, visitor: Visitor) -> Response:
        """One street."""
        street = self._town.network.street(request.path_params["slug"])
        if street is None or street.slug != request.path_params["slug"]:
            return self._web.missing(visitor)
        found = sorted((p for p in self._town.places if p.street == street.name), key=lambda place: place.number)
        return self._web.render(
            visitor, "street.html", street=street, places=found, crossing=self._town.network.crossing(street),
            pins=pins_of(self._town, found), traces=[trace_of(self._town, street)],
        )  # fmt: skip

    async def transit(self, request: Request, visitor: Visitor) -> Response:
        """All trams and buses."""
        traces = [Trace(line.path, "rail", line.colour) for line in self._town.lines]
        return self._web.render(visitor, "transit.html", traces=traces)

    async def line(self, request: Request, visitor: Visitor) -> Response:
        """One tram or bus."""
        line = self._town.line(request.path_params["slug"])
        if line is None:
            return self._web.missing(visitor)
        points = self._town.network.points
        pins = [
            Pin(*points[stop.junction], str(number), line.colour, stop.name)
            for number, stop in enumerate(line.stops, 1)
        ]
        traces = [Trace(line.path, "rail", line.colour)]
        return self._web.render(visitor, "line.html", line=line, pins=pins, traces=traces)

    async def directions(self, request: Request, visitor: Visitor) -> Response:
        """The form for a way, and the way."""
        trip = Trip.of(self._town, request.query_params, visitor.state)
        pins, traces = [], []
        if trip is not None and trip.best is not None and trip.start is not None and trip.end is not None:
            traces = [Trace(trip.other.path, "second")] if trip.other is not None else []
            traces.append(Trace(trip.best.path, "best"))
            for end, letter in ((trip.start, "A"), (trip.end, "B")):
                x, y = self._town.network.point(end.spot)
                pins.append(Pin(round(x), round(y), letter, "#14222e", end.name))
        return self._web.render(
            visitor, "directions.html", status=422 if trip is not None and trip.errors else 200, trip=trip,
            form=request.query_params, errors=trip.errors if trip is not None else {}, pins=pins, traces=traces,
        )  # fmt: skip

    async def nearby(self, request: Request, visitor: Visitor) -> Response:
        """The form for what is around a place, and what is there."""
        around = Around.of(self._town, request.query_params, visitor.state)
        pins = pins_of(self._town, [place for place, _ in around.found]) if around is not None else []
        return self._web.render(
            visitor, "nearby.html", status=422 if around is not None and around.errors else 200, around=around,
            form=request.query_params, errors=around.errors if around is not None else {}, pins=pins,
        )  # fmt: skip

    async def code(self, request: Request, visitor: Visitor) -> Response:
        """The form for a share code; a right one leads on to its place."""
        code = request.query_params.get("c", "").strip().upper()
        place = next((place for place in self._town.places if place.code == code), None)
        if place is not None:
            return to(f"/place/{place.slug}")
        return self._web.render(visitor, "code.html", status=422 if code else 200, code=code[:40])

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """Questions and answers."""
        return self._web.render(visitor, "help.html")

    async def about(self, request: Request, visitor: Visitor) -> Response:
        """Who makes this."""
        return self._web.render(visitor, "about.html")

    async def suggest(self, request: Request, visitor: Visitor) -> list[dict[str, str]]:
        """Suggestions for a field: places whose name holds the text, then own addresses."""
        text = request.query_params.get("q", "").strip().casefold()[:80]
        if not text:
            return []
        ordered = sorted(self._town.places, key=lambda p: (not p.name.casefold().startswith(text), p.name))
        found = [
            {"name": place.name, "detail": f"{place.kind.one}, {place.address}", "url": f"/place/{place.slug}"}
            for place in ordered
            if text in place.name.casefold() or slug_of(text) in place.slug
        ][:6]
        own = (("Home", visitor.state.home), ("Work", visitor.state.work))
        if visitor.state.signed_in:
            found += [
                {"name": name, "detail": detail, "url": ""} for name, detail in own if name.casefold().startswith(text)
            ]
        address = self._town.address(text)
        if address is not None:
            found.append({"name": address[0], "detail": metres(address[1].offset), "url": ""})
        return found
