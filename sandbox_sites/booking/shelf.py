"""Pages that list things, and help."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.booking.listing import COURSE_COLUMNS, DEAREST, PER_PAGE, SORTS, Found, courses_of
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.world import World
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[BookingState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]


class Shelf:
    """Start page, search, courses, towns, hosts and help."""

    def __init__(self, world: World, web: Web[BookingState]) -> None:
        self._world = world
        self._web = web

    def pages(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            "/": self.home, "/search": self.search, "/courses": self.courses, "/towns": self.towns,
            "/towns/{slug}": self.town, "/hosts": self.hosts, "/hosts/{slug}": self.host, "/help": self.help,
            "/help/{name}": self.help_page, "/about": self.about,
        }  # fmt: skip

    def data(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Any]]]:
        """Return what scripts ask for."""
        return {"/data/places": self.places, "/data/more": self.more}

    async def home(self, request: Request, visitor: Visitor) -> Response:
        """The start page."""
        best = sorted(self._world.stays, key=lambda stay: (-stay.rating, stay.name))[:4]
        return self._web.render(visitor, "home.html", best=best, courses=self._world.courses[::6], **self._form())

    @staticmethod
    def _form() -> dict[str, Any]:
        return {"dearest": DEAREST, "sorts": SORTS, "chosen": {}, "errors": {}}

    async def search(self, request: Request, visitor: Visitor) -> Response:
        """Stays that fit."""
        found = Found.of(self._world, visitor.state, request.query_params)
        values = {**self._form(), "chosen": found.chosen, "errors": found.errors}
        return self._web.render(visitor, "search.html", found=found, **values)

    async def more(self, request: Request, visitor: Visitor) -> Any:
        """The next cards of a list, as a page's fragment, and where the ones after them are."""
        found = Found.of(self._world, visitor.state, request.query_params)
        fresh = found.stays[len(found.stays) - ((len(found.stays) - 1) % PER_PAGE + 1) :] if found.stays else []
        html = bytes(self._web.render(visitor, "cards_only.html", stays=fresh).body).decode()
        return {"html": html, "more": found.more, "shown": len(found.stays)}

    async def places(self, request: Request, visitor: Visitor) -> Any:
        """Towns and houses that begin like what is typed."""
        start = request.query_params.get("q", "").strip().lower()
        if not start:
            return []
        towns = [town.name for town in self._world.towns if start in town.name.lower()]
        stays = [stay.name for stay in self._world.stays if start in stay.name.lower()]
        return [*({"name": n, "what": "Town"} for n in towns), *({"name": n, "what": "House"} for n in stays)][:7]

    async def courses(self, request: Request, visitor: Visitor) -> Response:
        """All courses, in a table that sorts."""
        query = request.query_params
        return self._web.render(
            visitor, "courses.html", courses=courses_of(self._world, query), columns=COURSE_COLUMNS, chosen=query
        )

    async def towns(self, request: Request, visitor: Visitor) -> Response:
        """All towns."""
        return self._web.render(visitor, "towns.html")

    async def town(self, request: Request, visitor: Visitor) -> Response:
        """One town with what is there."""
        town = self._world.town(request.path_params["slug"])
        if town is None:
            return self._web.missing(visitor)
        stays = [stay for stay in self._world.stays if stay.town == town.slug]
        courses = [course for course in self._world.courses if course.town == town.slug]
        return self._web.render(visitor, "town.html", town=town, stays=stays, courses=courses)

    async def hosts(self, request: Request, visitor: Visitor) -> Response:
        """All hosts."""
        return self._web.render(visitor, "hosts.html")

    async def host(self, request: Request, visitor: Visitor) -> Response:
        """One host with houses and courses."""
        host = self._world.host(request.path_params["slug"])
        if host is None:
            return self._web.missing(visitor)
        stays = [stay for stay in self._world.stays if stay.host == host.slug]
        courses = [course for course in self._world.courses if course.teacher == host.slug]
        return self._web.render(visitor, "host.html", host=host, stays=stays, courses=courses, errors={}, form={})

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """Questions, and the list of help pages."""
        return self._web.render(visitor, "help.html")

    async def help_page(self, request: Request, visitor: Visitor) -> Response:
        """One help page."""
        name = request.path_params["name"]
        if name == "cancellation":
            return self._web.render(visitor, "cancellation.html")
        if name not in self._world.help:
            return self._web.missing(visitor)
        heading, facts = self._world.help[name]
        values = {"heading": heading, "facts": facts, "contact": name == "contact"}
        return self._web.render(visitor, "topic.html", errors={}, form={}, **values)

    async def about(self, request: Request, visitor: Visitor) -> Response:
        """Who runs this."""
        return self._web.render(visitor, "about.html")
