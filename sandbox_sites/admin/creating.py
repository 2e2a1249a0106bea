"""Forms for new records: a customer in two steps, a coupon, a ticket."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.admin.books import Books
from sandbox_sites.admin.content import PRIORITIES, REGIONS, SEGMENTS, TERMS, TODAY
from sandbox_sites.admin.forms import NEEDED, a_date, checked, missing, wrong_in_customer
from sandbox_sites.admin.records import World
from sandbox_sites.admin.state import DeskState
from sandbox_sites.admin.tables import whole
from sandbox_sites.common.forms import form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[DeskState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
FIRST_STEP = ("name", "contact", "email", "phone", "segment")
SECOND_STEP = ("street", "city", "postcode", "region", "terms", "limit")
LEAST_PERCENT, MOST_PERCENT = 5, 60


class Creating:
    """Handlers of the forms for new records."""

    def __init__(self, world: World, web: Web[DeskState]) -> None:
        self._world, self._web = world, web
        self._sellers = [one.name for one in world.employees if one.department == "Sales"]

    def pages(self) -> dict[str, Handler]:
        """Return the pages by path."""
        return {"/customers/new": self.customer, "/tickets/new": self.ticket, "/coupons/new": self.coupon}

    def routes(self) -> dict[str, Handler]:
        """Return the changes by path."""
        return {"/customers/new": self.add_customer, "/tickets/new": self.add_ticket, "/coupons/new": self.add_coupon}

    def _done(self, visitor: Visitor, text: str) -> None:
        visitor.messages.append(self._web.say(visitor, text))

    def _customer_form(
        self, visitor: Visitor, step: int, form: Mapping[str, str], errors: Mapping[str, str] | None = None
    ) -> Response:
        return self._web.render(
            visitor, "customer_new.html", status=422 if errors else 200, step=step, form=form, errors=errors or {},
            segments=SEGMENTS, regions=REGIONS, terms=TERMS, first=FIRST_STEP, second=SECOND_STEP,
        )  # fmt: skip

    async def customer(self, request: Request, visitor: Visitor) -> Response:
        """The form for a customer."""
        return self._customer_form(visitor, 1, {})

    async def add_customer(self, request: Request, visitor: Visitor) -> Response:
        """Check a step of the form, and add the customer after the second."""
        form = await form_of(request)
        if form.get("step") == "back":
            return self._customer_form(visitor, 1, form)
        errors = wrong_in_customer(form, FIRST_STEP) | checked(form, {"segment": SEGMENTS})
        if errors or form.get("step") != "2":
            return self._customer_form(visitor, 1 if errors else 2, form, errors)
        errors = wrong_in_customer(form, SECOND_STEP) | checked(form, {"region": REGIONS, "terms": TERMS})
        limit = whole(form.get("limit", "").replace(",", "").removeprefix("£"))
        if limit is None:
            errors["limit"] = "Enter whole pounds."
        if errors:
            return self._customer_form(visitor, 2, form, errors)
        new = {name: form[name] for name in (*FIRST_STEP, *SECOND_STEP)}
        number = f"c-{341 + len(visitor.state.new_customers)}"
        visitor.state.new_customers.append(
            {**new, "id": number, "limit": limit, "manager": self._sellers[0], "since": TODAY}
        )
        self._done(visitor, "Customer created.")
        return to(f"/customers/{number}")

    def _ticket_form(self, visitor: Visitor, form: Mapping[str, str], errors: Mapping[str, str]) -> Response:
        return self._web.render(
            visitor, "ticket_new.html", status=422 if errors else 200, form=form, errors=errors, priorities=PRIORITIES,
            customers=sorted(one.name for one in Books(self._world, visitor.state).customers),
        )  # fmt: skip

    async def ticket(self, request: Request, visitor: Visitor) -> Response:
        """The form for a ticket."""
        return self._ticket_form(visitor, {}, {})

    async def add_ticket(self, request: Request, visitor: Visitor) -> Response:
        """Open a ticket."""
        form = await form_of(request)
        customers = {one.name: one.id for one in Books(self._world, visitor.state).customers}
        errors = missing(form, ("subject", "text"))
        errors |= checked(form, {"customer": customers, "priority": PRIORITIES})
        if errors:
            return self._ticket_form(visitor, form, errors)
        number = f"t-{542 + 2 * len(visitor.state.new_tickets)}"
        visitor.state.new_tickets.append({
            "id": number, "subject": form["subject"], "customer": customers[form["customer"]],
            "opened": f"{TODAY} 09:30", "priority": form["priority"], "status": "Open",
            "assignee": self._world.clerk.name, "channel": "Phone", "text": form["text"],
        })  # fmt: skip
        self._done(visitor, "Ticket opened.")
        return to(f"/tickets/{number}")

    def _coupon_form(self, visitor: Visitor, form: Mapping[str, str], errors: Mapping[str, str]) -> Response:
        return self._web.render(
            visitor, "coupon_new.html", status=422 if errors else 200, form=form, errors=errors,
            segments=("All", *SEGMENTS), least=LEAST_PERCENT, most=MOST_PERCENT,
        )  # fmt: skip

    async def coupon(self, request: Request, visitor: Visitor) -> Response:
        """The form for a coupon."""
        return self._coupon_form(visitor, {}, {})

    async def add_coupon(self, request: Request, visitor: Visitor) -> Response:
        """Add a coupon."""
        form = await form_of(request)
        code, ends = form.get("code", "").upper(), a_date(form.get("ends", ""))
        percent, minimum = whole(form.get("percent", "")), whole(form.get("minimum", "") or "0")
        errors = missing(form, ("title",)) | checked(form, {"segment": ("All", *SEGMENTS)})
        if not (code.isascii() and code.isalnum() and 3 <= len(code) <= 16):
            errors["code"] = "Three to sixteen letters and digits." if code else NEEDED
        elif code in [one.code for one in Books(self._world, visitor.state).coupons] or code == "NEW":
            errors["code"] = "There is such a code already."
        if percent is None or not LEAST_PERCENT <= percent <= MOST_PERCENT:
            errors["percent"] = f"From {LEAST_PERCENT} to {MOST_PERCENT} percent."
        if minimum is None:
            errors["minimum"] = "Enter whole pounds."
        if ends is None or ends <= TODAY:
            errors["ends"] = "Choose a day after today."
        if errors:
            return self._coupon_form(visitor, form, errors)
        visitor.state.new_coupons.append({
            "code": code, "title": form["title"], "percent": percent, "minimum": minimum, "segment": form["segment"],
            "starts": TODAY, "ends": ends, "uses": 0,
        })  # fmt: skip
        self._done(visitor, "Coupon created.")
        return to(f"/coupons/{code.lower()}")
