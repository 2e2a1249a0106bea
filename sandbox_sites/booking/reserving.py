"""Making a reservation, step by step: dates and room, extras, guest, payment, review."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.booking.changes import needed
from sandbox_sites.booking.months import all_free, cost, whole, wrong_dates
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.world import Booking, Room, Stay, World
from sandbox_sites.common.forms import choices_of, form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[BookingState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
STEPS = ("Dates", "Extras", "Guest", "Payment", "Confirm")
PAYMENTS = ("Pay on arrival", "Invoice", "Voucher code")
GUEST_FIELDS = ("name", "email", "phone", "wishes")


@dataclass(frozen=True, slots=True)
class Draft:
    """A reservation that is being made, with what it costs."""

    stay: Stay
    room: Room
    arrive: date
    leave: date
    guests: int
    extras: tuple[str, ...]
    off: int  # what a voucher takes off

    @property
    def lines(self) -> dict[str, int]:
        """What is charged, by name."""
        count = (self.leave - self.arrive).days
        rooms = {
            f"{self.room.name}, {count} night{'' if count == 1 else 's'}": cost(self.room, self.arrive, self.leave)
        }
        return rooms | {name: self.stay.extras[name] for name in self.extras}

    @property
    def total(self) -> int:
        """What is to be paid."""
        return max(sum(self.lines.values()) - self.off, 0)


class Reserving:
    """The steps' pages and forms."""

    def __init__(self, world: World, web: Web[BookingState]) -> None:
        self._world = world
        self._web = web

    def pages(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            "/stays/{slug}/reserve": self.dates, "/reserve/extras": self._step("extras.html", 1),
            "/reserve/guest": self._step("guest.html", 2), "/reserve/payment": self._step("payment.html", 3),
            "/reserve/review": self._step("confirm.html", 4),
        }  # fmt: skip

    def routes(self) -> dict[str, Handler]:
        """Return the handlers of forms by path."""
        return {
            "/stays/{slug}/reserve": self.set_dates, "/reserve/extras": self.set_extras,
            "/reserve/guest": self.set_guest, "/reserve/payment": self.set_payment, "/reserve/review": self.confirm,
        }  # fmt: skip

    def _draft(self, visitor: Visitor) -> Draft | None:
        draft = visitor.state.draft
        stay = self._world.stay(draft.get("stay", ""))
        room = stay.room(draft["room"]) if stay else None
        if stay is None or room is None:
            return None
        arrive, leave = date.fromisoformat(draft["arrive"]), date.fromisoformat(draft["leave"])
        worth = {voucher.code: voucher.worth for voucher in visitor.state.vouchers(self._world)}
        off = worth.get(draft.get("code", ""), 0)
        return Draft(stay, room, arrive, leave, int(draft["guests"]), tuple(visitor.state.draft_extras), off)

    def _step(self, template: str, number: int) -> Handler:
        async def show(request: Request, visitor: Visitor) -> Response:
            return self._show(visitor, template, number)

        return show

    def _show(
        self, visitor: Visitor, template: str, number: int, errors: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
    ) -> Response:  # fmt: skip
        draft = self._draft(visitor)
        if draft is None:
            visitor.messages.append(self._web.say(visitor, "Please choose a house first."))
            return to("/search")
        known = {**self._world.guest, **visitor.state.profile, **visitor.state.draft}
        return self._web.render(
            visitor, template, status=422 if errors else 200, draft=draft, steps=STEPS, step=number,
            errors=errors or {}, form=known if form is None else form, payments=PAYMENTS,
        )  # fmt: skip

    async def dates(self, request: Request, visitor: Visitor) -> Response:
        """The first step."""
        stay = self._world.stay(request.path_params["slug"])
        if stay is None:
            return self._web.missing(visitor)
        query = request.query_params
        form = {"guests": "2" if stay.most > 1 else "1", "room": query.get("room", ""), "arrive": "", "leave": ""}
        return self._first(visitor, stay, form, {})

    def _first(self, visitor: Visitor, stay: Stay, form: dict[str, str], errors: dict[str, str]) -> Response:
        status = 422 if errors else 200
        return self._web.render(
            visitor, "reserve.html", status=status, stay=stay, form=form, errors=errors, steps=STEPS, step=0
        )

    async def set_dates(self, request: Request, visitor: Visitor) -> Response:
        """Take dates, room and number of guests."""
        stay, form = self._world.stay(request.path_params["slug"]), await form_of(request)
        if stay is None:
            return to("/search")
        room, guests = stay.room(form.get("room", "")), whole(form.get("guests", ""))
        arrive, leave = form.get("arrive", ""), form.get("leave", "")
        errors = wrong_dates(arrive, leave)
        if room is None:
            errors["room"] = "Please choose a room."
        elif guests is None or not 1 <= guests <= room.sleeps:
            errors["guests"] = f"This room sleeps 1 to {room.sleeps}."
        if room is not None and not errors:
            first, last = date.fromisoformat(arrive), date.fromisoformat(leave)
            if not all_free(self._world, visitor.state, stay, room, first, last):
                errors["arrive"] = "The room is taken on one of these nights. The calendar shows which are free."
        if errors or room is None:
            return self._first(visitor, stay, form, errors)
        visitor.state.draft = {
            "stay": stay.slug, "room": room.slug, "arrive": arrive, "leave": leave, "guests": str(guests),
        }  # fmt: skip
        visitor.state.draft_extras = []
        return to("/reserve/extras")

    async def set_extras(self, request: Request, visitor: Visitor) -> Response:
        """Take the extras."""
        draft, chosen = self._draft(visitor), await choices_of(request, "extra")
        if draft is not None:
            visitor.state.draft_extras = [name for name in draft.stay.extras if name in chosen]
        return to("/reserve/guest")

    async def set_guest(self, request: Request, visitor: Visitor) -> Response:
        """Take the guest's name and address."""
        form = await form_of(request)
        errors = needed(form, "name", "email", "phone")
        if errors:
            return self._show(visitor, "guest.html", 2, errors, form)
        if visitor.state.draft:
            visitor.state.draft.update({name: form.get(name, "") for name in GUEST_FIELDS})
        return to("/reserve/payment")

    async def set_payment(self, request: Request, visitor: Visitor) -> Response:
        """Take the way to pay."""
        form = await form_of(request)
        payment, code = form.get("payment", ""), form.get("code", "").upper()
        errors = {}
        if payment not in PAYMENTS:
            errors["payment"] = "Please choose how you pay."
        valid = {v.code for v in visitor.state.vouchers(self._world) if v.status == "Open"}
        if payment == "Voucher code" and code not in valid:
            errors["code"] = "This is not a voucher that you can use."
        if errors:
            return self._show(visitor, "payment.html", 3, errors, form)
        if visitor.state.draft:
            visitor.state.draft.update({"payment": payment, "code": code if payment == "Voucher code" else ""})
        return to("/reserve/review")

    async def confirm(self, request: Request, visitor: Visitor) -> Response:
        """Reserve."""
        state, draft = visitor.state, self._draft(visitor)
        if draft is None:
            return to("/search")
        given = state.draft
        if "name" not in given or "payment" not in given:
            return to("/reserve/guest" if "name" not in given else "/reserve/payment")
        if not all_free(self._world, state, draft.stay, draft.room, draft.arrive, draft.leave):
            return to(f"/stays/{draft.stay.slug}/reserve")
        number = f"TH-{self._world.first_number + 13 * len(state.bookings)}"
        booking = Booking(
            number, draft.stay.slug, draft.room.slug, given["arrive"], given["leave"], draft.guests, draft.total,
            draft.extras, given["payment"], given["name"], given["email"], given["phone"], given["wishes"],
            given.get("code", ""),
        )  # fmt: skip
        state.bookings.append(booking)
        state.draft, state.draft_extras = {}, []
        visitor.messages.append(f"{number}: {self._web.say(visitor, 'your reservation is confirmed.')}")
        return to(f"/account/trips/{number}")
