"""Pages of one house and of one course."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.booking.months import Month
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.world import Course, World
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[BookingState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]


def places_left(course: Course, state: BookingState) -> dict[str, int]:
    """Return the free places by date."""
    taken: dict[str, int] = {}
    for signup in state.signups:
        if signup["course"] == course.slug:
            taken[signup["day"]] = taken.get(signup["day"], 0) + int(signup["people"])
    return {day.on.isoformat(): max(day.places - taken.get(day.on.isoformat(), 0), 0) for day in course.days}


class Guesthouse:
    """A house with its rooms, calendar and rules; a course with its days."""

    def __init__(self, world: World, web: Web[BookingState]) -> None:
        self._world = world
        self._web = web

    def pages(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {"/stays/{slug}": self.stay, "/courses/{slug}": self.course}

    def data(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Any]]]:
        """Return what scripts ask for."""
        return {"/data/month/{slug}": self.month}

    async def stay(self, request: Request, visitor: Visitor) -> Response:
        """One house."""
        stay = self._world.stay(request.path_params["slug"])
        if stay is None:
            return self._web.missing(visitor)
        query = request.query_params
        room = stay.room(query.get("room", "")) or stay.rooms[0]
        month = Month.of(self._world, visitor.state, stay, room, query.get("month", ""))
        mine = [opinion for opinion in visitor.state.opinions if opinion["stay"] == stay.slug]
        kept = [name for name, stays in visitor.state.wish_lists(self._world).items() if stay.slug in stays]
        return self._web.render(
            visitor, "stay.html", stay=stay, room=room, month=month, mine=mine, kept=kept,
            host=self._world.host(stay.host), town=self._world.town(stay.town),
            lists=visitor.state.names(self._world),
        )  # fmt: skip

    async def month(self, request: Request, visitor: Visitor) -> Any:
        """A month of a room's calendar, as a page's fragment."""
        stay = self._world.stay(request.path_params["slug"])
        if stay is None:
            return {"html": ""}
        room = stay.room(request.query_params.get("room", "")) or stay.rooms[0]
        month = Month.of(self._world, visitor.state, stay, room, request.query_params.get("month", ""))
        page = self._web.render(visitor, "month_only.html", stay=stay, room=room, month=month)
        return {"html": bytes(page.body).decode()}

    async def course(self, request: Request, visitor: Visitor) -> Response:
        """One course."""
        course = self._world.course(request.path_params["slug"])
        if course is None:
            return self._web.missing(visitor)
        return course_page(self._web, self._world, visitor, course)


def course_page(
    web: Web[BookingState], world: World, visitor: Visitor, course: Course, status: int = 200, **wrong: Any
) -> Response:
    """Return a course's page, with what is wrong with its form."""
    return web.render(
        visitor, "course.html", status=status, course=course, left=places_left(course, visitor.state),
        teacher=world.host(course.teacher), town=world.town(course.town), **{"errors": {}, "form": {}, **wrong},
    )  # fmt: skip
