"""What guests can change apart from making a reservation."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.booking.account import trip_page
from sandbox_sites.booking.guesthouse import course_page, places_left
from sandbox_sites.booking.months import day_of, whole
from sandbox_sites.booking.state import PREFERENCES, BookingState, changed
from sandbox_sites.booking.world import Booking, World, slug
from sandbox_sites.common.forms import form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[BookingState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NEEDED = "Please fill this in."
REASONS = ("Plans have changed", "Illness", "Found another place", "Bad weather", "Something else")
CURRENCIES = ("EUR", "GBP", "NOK")
GIFT_VALUES = ("25", "50", "75", "100", "150")


def needed(form: dict[str, str], *names: str) -> dict[str, str]:
    """Return what is missing, by field."""
    errors = {name: NEEDED for name in names if not form.get(name)}
    if "email" in names and form.get("email") and not EMAIL.fullmatch(form["email"]):
        errors["email"] = "This does not look like an e-mail address."
    return errors


class Changes:
    """Handlers of POST requests."""

    def __init__(self, world: World, web: Web[BookingState]) -> None:
        self._world = world
        self._web = web

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path; all need a guest who is signed in."""
        trip = "/account/trips/{number}"
        return {
            f"{trip}/cancel": self.cancel, f"{trip}/guests": self.guests, f"{trip}/letter": self.letter,
            f"{trip}/review": self.review, "/account/profile": self.profile,
            "/account/preferences": self.preferences, "/account/vouchers": self.redeem, "/saved": self.new_list,
            "/saved/{name}/add": self.keep, "/saved/{name}/remove": self.drop, "/gift-cards": self.gift,
            "/courses/{slug}/signup": self.signup, "/courses/{slug}/wait": self.wait,
            "/hosts/{slug}/letter": self.host_letter,
        }  # fmt: skip

    def _say(self, visitor: Visitor, text: str, name: str = "") -> None:
        said = self._web.say(visitor, text)
        visitor.messages.append(f"{name}: {said}" if name else said)

    def _trip(self, request: Request, visitor: Visitor) -> Booking | None:
        number = request.path_params["number"]
        return next((trip for trip in visitor.state.trips(self._world) if trip.number == number), None)

    def _open(self, trip: Booking | None, visitor: Visitor) -> bool:
        return trip is not None and not trip.past and trip.number not in visitor.state.cancelled

    async def cancel(self, request: Request, visitor: Visitor) -> Response:
        """Cancel a reservation, with a reason."""
        trip, form = self._trip(request, visitor), await form_of(request)
        if trip is None or not self._open(trip, visitor):
            return to("/account/trips")
        if form.get("reason") not in REASONS:
            self._say(visitor, "Please tell us why you cancel.")
            return to(f"/account/trips/{trip.number}")
        visitor.state.cancelled[trip.number] = form["reason"]
        self._say(visitor, "your reservation was cancelled.", trip.number)
        return to(f"/account/trips/{trip.number}")

    async def guests(self, request: Request, visitor: Visitor) -> Response:
        """Change how many come."""
        trip, form = self._trip(request, visitor), await form_of(request)
        if trip is None or not self._open(trip, visitor):
            return to("/account/trips")
        stay = self._world.stay(trip.stay)
        room = stay.room(trip.room) if stay else None
        count = whole(form.get("guests", ""))
        if count is None or room is None or not 1 <= count <= room.sleeps:
            errors = {"guests": f"This room sleeps 1 to {room.sleeps if room else 1}."}
            return trip_page(self._web, self._world, visitor, trip, status=422, errors=errors, form=form)
        if count == trip.guests:
            visitor.state.party.pop(trip.number, None)
        else:
            visitor.state.party[trip.number] = count
        self._say(visitor, "the number of guests was changed.", trip.number)
        return to(f"/account/trips/{trip.number}")

    async def letter(self, request: Request, visitor: Visitor) -> Response:
        """Write to the host of a reservation."""
        trip, form = self._trip(request, visitor), await form_of(request)
        if trip is None:
            return to("/account/trips")
        errors = needed(form, "text")
        if errors:
            return trip_page(self._web, self._world, visitor, trip, status=422, errors=errors, form=form)
        visitor.state.letters.append((trip.number, form["text"]))
        self._say(visitor, "Your message is on its way.")
        return to(f"/account/trips/{trip.number}")

    async def host_letter(self, request: Request, visitor: Visitor) -> Response:
        """Write to a host."""
        host, form = self._world.host(request.path_params["slug"]), await form_of(request)
        if host is None:
            return to("/hosts")
        if not form.get("text"):
            self._say(visitor, "An empty message was not sent.")
        else:
            visitor.state.letters.append((host.slug, form["text"]))
            self._say(visitor, "Your message is on its way.")
        return to(f"/hosts/{host.slug}")

    async def review(self, request: Request, visitor: Visitor) -> Response:
        """Review a past stay."""
        trip, form = self._trip(request, visitor), await form_of(request)
        if trip is None or not trip.past:
            return to("/account/trips")
        errors = needed(form, "title", "text")
        if form.get("stars") not in tuple("12345"):
            errors["stars"] = "Please give one to five stars."
        if errors:
            page = "review.html"
            return trip_page(self._web, self._world, visitor, trip, page, status=422, errors=errors, form=form)
        opinion = {"stay": trip.stay, **{name: form[name] for name in ("title", "stars", "text")}}
        visitor.state.opinions.append(opinion)
        self._say(visitor, "Thank you: your review is online.")
        return to("/account/reviews")

    async def profile(self, request: Request, visitor: Visitor) -> Response:
        """Change the profile."""
        form = await form_of(request)
        errors = needed(form, "name", "email")
        if errors:
            return self._web.render(visitor, "profile.html", status=422, errors=errors, form=form)
        now = {name: form.get(name, "") for name in self._world.guest}
        visitor.state.profile = changed(self._world.guest, now)
        self._say(visitor, "Your details were saved.")
        return to("/account/profile")

    async def preferences(self, request: Request, visitor: Visitor) -> Response:
        """Change currency, newsletter and reminders."""
        form = await form_of(request)
        now = {
            "currency": form.get("currency", "") if form.get("currency") in CURRENCIES else "EUR",
            "newsletter": "on" if form.get("newsletter") == "on" else "off",
            "reminders": "on" if form.get("reminders") == "on" else "off",
        }
        visitor.state.preferences = changed(PREFERENCES, now)
        self._say(visitor, "Your preferences were saved.")
        return to("/account/preferences")

    async def redeem(self, request: Request, visitor: Visitor) -> Response:
        """Add a voucher by its code."""
        form = await form_of(request)
        code = form.get("code", "").upper()
        if code not in self._world.codes or code in visitor.state.codes:
            vouchers = visitor.state.vouchers(self._world)
            errors = {"code": "We do not know this code."}
            return self._web.render(visitor, "vouchers.html", status=422, vouchers=vouchers, errors=errors)
        visitor.state.codes.append(code)
        self._say(visitor, "the voucher was added.", code)
        return to("/account/vouchers")

    async def new_list(self, request: Request, visitor: Visitor) -> Response:
        """Begin a wish list."""
        form = await form_of(request)
        title, name = form.get("title", "")[:60], slug(form.get("title", "")[:60])
        lists = visitor.state.wish_lists(self._world)
        if not name or name in lists:
            names = visitor.state.names(self._world)
            errors = {"title": "Please choose a name that you have not used yet."}
            return self._web.render(visitor, "saved.html", status=422, lists=lists, names=names, errors=errors)
        visitor.state.lists[name] = []
        visitor.state.list_names[name] = title
        self._say(visitor, "The wish list was created.")
        return to(f"/saved/{name}")

    async def keep(self, request: Request, visitor: Visitor) -> Response:
        """Put a stay on a wish list."""
        form, name = await form_of(request), request.path_params["name"]
        stay, stays = self._world.stay(form.get("stay", "")), visitor.state.wish_lists(self._world).get(name)
        if stay is None or stays is None:
            return to("/saved")
        if stay.slug not in stays:
            visitor.state.put_list(self._world, name, [*stays, stay.slug])
        self._say(visitor, "is on your wish list now.", stay.name)
        return to(local(f"/stays/{stay.slug}"))

    async def drop(self, request: Request, visitor: Visitor) -> Response:
        """Take a stay off a wish list."""
        form, name = await form_of(request), request.path_params["name"]
        stays = visitor.state.wish_lists(self._world).get(name)
        if stays is None:
            return to("/saved")
        if form.get("stay") in stays:
            visitor.state.put_list(self._world, name, [stay for stay in stays if stay != form["stay"]])
            self._say(visitor, "The house was taken off the list.")
        return to(f"/saved/{name}")

    async def gift(self, request: Request, visitor: Visitor) -> Response:
        """Buy a gift card, on invoice."""
        form = await form_of(request)
        errors = needed(form, "to", "email", "sender")
        if form.get("value") not in GIFT_VALUES:
            errors["value"] = "Please choose a value."
        if errors:
            return self._web.render(visitor, "gift_cards.html", status=422, errors=errors, form=form)
        names = ("value", "design", "to", "email", "sender", "text")
        visitor.state.gifts.append({name: form.get(name, "") for name in names})
        self._say(visitor, "The gift card was ordered.")
        return to("/gift-cards")

    async def signup(self, request: Request, visitor: Visitor) -> Response:
        """Sign up for a course."""
        course, form = self._world.course(request.path_params["slug"]), await form_of(request)
        if course is None:
            return to("/courses")
        left, people = places_left(course, visitor.state), whole(form.get("people", ""))
        errors: dict[str, Any] = {}
        if form.get("day") not in left:
            errors["day"] = "Please choose a date."
        elif people is None or not 1 <= people <= left[form["day"]]:
            errors["people"] = f"On this date, 1 to {left[form['day']]} people can join."
        if errors:
            return course_page(self._web, self._world, visitor, course, 422, errors=errors, form=form)
        signup = {"course": course.slug, "day": form["day"], "people": str(people), "note": form.get("note", "")}
        visitor.state.signups.append(signup)
        self._say(visitor, "you are signed up.", course.name)
        return to("/account/courses")

    async def wait(self, request: Request, visitor: Visitor) -> Response:
        """Join the waiting list of a day that is full."""
        course, form = self._world.course(request.path_params["slug"]), await form_of(request)
        if course is None:
            return to("/courses")
        day = form.get("day", "")
        if day_of(day) is None or places_left(course, visitor.state).get(day) != 0:
            return to(f"/courses/{course.slug}")
        wanted = {"course": course.slug, "day": day}
        if wanted not in visitor.state.waiting:
            visitor.state.waiting.append(wanted)
        self._say(visitor, "you are on the waiting list.", course.name)
        return to("/account/courses")

    async def enquire(self, request: Request, visitor: Visitor) -> Response:
        """Write to the service."""
        form = await form_of(request)
        errors = needed(form, "subject", "text")
        if errors:
            heading, facts = self._world.help["contact"]
            values = {"heading": heading, "facts": facts, "contact": True}
            return self._web.render(visitor, "topic.html", status=422, errors=errors, form=form, **values)
        visitor.state.enquiries.append({"subject": form["subject"], "text": form["text"]})
        self._say(visitor, "We have your question and will answer soon.")
        return to("/help/contact")
