"""The guest's own pages, and signing in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.booking.months import cost
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.world import Booking, World
from sandbox_sites.common.forms import form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[BookingState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]


class Account:
    """Trips, sign-ups, letters, vouchers, profile, wish lists."""

    def __init__(self, world: World, web: Web[BookingState]) -> None:
        self._world = world
        self._web = web

    def pages(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            "/account": self.overview, "/account/trips": self.trips, "/account/trips/{number}": self.trip,
            "/account/trips/{number}/invoice": self.invoice, "/account/trips/{number}/review": self.review,
            "/account/courses": self.plain("my_courses.html"), "/account/letters": self.letters,
            "/account/reviews": self.plain("my_reviews.html"), "/account/vouchers": self.vouchers,
            "/account/profile": self.plain("profile.html"), "/account/preferences": self.plain("preferences.html"),
            "/saved": self.saved, "/saved/{name}": self.wish_list, "/gift-cards": self.plain("gift_cards.html"),
        }  # fmt: skip

    def plain(self, template: str) -> Handler:
        """Return a handler that needs nothing but the state."""

        async def show(request: Request, visitor: Visitor) -> Response:
            return self._web.render(visitor, template, errors={}, form={})

        return show

    def _trip(self, request: Request, visitor: Visitor) -> Booking | None:
        number = request.path_params["number"]
        return next((trip for trip in visitor.state.trips(self._world) if trip.number == number), None)

    async def overview(self, request: Request, visitor: Visitor) -> Response:
        """The account's start page."""
        trips = [t for t in visitor.state.trips(self._world) if not t.past and t.number not in visitor.state.cancelled]
        return self._web.render(visitor, "account.html", next_trip=min(trips, key=lambda t: t.arrive, default=None))

    async def trips(self, request: Request, visitor: Visitor) -> Response:
        """All reservations."""
        trips = sorted(visitor.state.trips(self._world), key=lambda trip: trip.arrive)
        gone = visitor.state.cancelled
        return self._web.render(
            visitor, "trips.html",
            groups={
                "Upcoming": [t for t in trips if not t.past and t.number not in gone],
                "Past": [t for t in reversed(trips) if t.past and t.number not in gone],
                "Cancelled": [t for t in trips if t.number in gone],
            },
        )  # fmt: skip

    async def trip(self, request: Request, visitor: Visitor) -> Response:
        """One reservation."""
        trip = self._trip(request, visitor)
        return self._web.missing(visitor) if trip is None else trip_page(self._web, self._world, visitor, trip)

    async def invoice(self, request: Request, visitor: Visitor) -> Response:
        """The invoice of a reservation."""
        trip = self._trip(request, visitor)
        if trip is None:
            return self._web.missing(visitor)
        return trip_page(self._web, self._world, visitor, trip, template="invoice.html")

    async def review(self, request: Request, visitor: Visitor) -> Response:
        """The form for a review of a past stay."""
        trip = self._trip(request, visitor)
        if trip is None or not trip.past:
            return self._web.missing(visitor)
        return trip_page(self._web, self._world, visitor, trip, template="review.html")

    async def letters(self, request: Request, visitor: Visitor) -> Response:
        """What hosts wrote, and what the guest wrote."""
        return self._web.render(visitor, "letters.html", trips={t.number: t for t in self._world.bookings})

    async def vouchers(self, request: Request, visitor: Visitor) -> Response:
        """The guest's vouchers."""
        return self._web.render(visitor, "vouchers.html", vouchers=visitor.state.vouchers(self._world), errors={})

    async def saved(self, request: Request, visitor: Visitor) -> Response:
        """All wish lists."""
        lists, names = visitor.state.wish_lists(self._world), visitor.state.names(self._world)
        return self._web.render(visitor, "saved.html", lists=lists, names=names, errors={})

    async def wish_list(self, request: Request, visitor: Visitor) -> Response:
        """One wish list."""
        name = request.path_params["name"]
        stays = visitor.state.wish_lists(self._world).get(name)
        if stays is None:
            return self._web.missing(visitor)
        shown = [stay for stay in map(self._world.stay, stays) if stay]
        title = visitor.state.names(self._world)[name]
        return self._web.render(visitor, "wish_list.html", name=name, stays=shown, list_title=title)

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """The form to sign in."""
        then = local(request.query_params.get("next", "/account"))
        kept = list(visitor.messages) if visitor.state.lapsed else []
        shown = self._web.render(visitor, "sign_in.html", then=then, wrong=False)
        visitor.messages.extend(kept)  # what happened just before is still told once the guest is back
        return shown

    async def enter(self, request: Request, visitor: Visitor) -> Response:
        """Sign in; a guest whose session ran out need only say that it is still them."""
        form = await form_of(request)
        origin = urlsplit(request.headers.get("referer", ""))
        came_from = f"{origin.path}?{origin.query}" if origin.query else origin.path or "/account"
        then, state = local(form.get("next", came_from)), visitor.state
        email = state.profile.get("email", self._world.guest["email"])
        still = state.lapsed and state.signed_in and form.get("still") == "1"
        right = form.get("email", "").lower() == email.lower() and form.get("password") == self._world.password
        if not (still or right):
            return self._web.render(visitor, "sign_in.html", status=422, then=then, wrong=True)
        state.lapsed, state.signed_in = False, True
        visitor.messages.append(self._web.say(visitor, "You are signed in."))
        return to(then)

    async def leave(self, request: Request, visitor: Visitor) -> Response:
        """Sign out."""
        visitor.state.signed_in = False
        visitor.messages.append(self._web.say(visitor, "You are signed out."))
        return to("/")


def trip_page(
    web: Web[BookingState], world: World, visitor: Visitor, trip: Booking, template: str = "trip.html",
    status: int = 200, **wrong: object,
) -> Response:  # fmt: skip
    """Return a page about a reservation, with what is wrong with its form."""
    stay = world.stay(trip.stay)
    if stay is None:
        return web.missing(visitor)
    values = {"errors": {}, "form": {}, **wrong}
    room = stay.room(trip.room) or stay.rooms[0]
    sleeping = cost(room, date.fromisoformat(trip.arrive), date.fromisoformat(trip.leave))
    return web.render(
        visitor, template, status=status, trip=trip, stay=stay, room=room, sleeping=sleeping,
        host=world.host(stay.host),
        guests=visitor.state.guests(trip), reason=visitor.state.cancelled.get(trip.number), **values,
    )  # fmt: skip
