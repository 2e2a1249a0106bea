"""What visitors write: reviews, reports, their profile; signing in and out."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.map.places import Review
from sandbox_sites.map.seed import TODAY, Town
from sandbox_sites.map.state import SIGNED_IN, SIGNED_OUT, MapState, Report

Visitor = Session[MapState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
PASSWORD = "cobblestone"  # noqa: S105 - the page shows it
REPORT_KINDS = (
    "Opening hours are wrong", "It has closed for good", "It is somewhere else", "A street is blocked",
    "Something different",
)  # fmt: skip
SHORTEST_DETAILS = 10
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FILL = "Please fill in this field."
_NO_EMAIL = "This is no e-mail address."


class Posting:
    """Handlers of POST requests that carry text."""

    def __init__(self, town: Town, web: Web[MapState]) -> None:
        self._town = town
        self._web = web

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            "/place/{slug}/review": self.review, "/report": self.report, "/account": self.profile,
            "/account/addresses": self.addresses, "/sign-in": self.sign_in, "/sign-out": self.sign_out,
        }  # fmt: skip

    def _tell(self, visitor: Visitor, text: str) -> None:
        visitor.messages.append(self._web.say(visitor, text))

    async def review(self, request: Request, visitor: Visitor) -> Response:
        """Publish a review."""
        place, form = self._town.place(request.path_params["slug"]), await form_of(request)
        if place is None:
            return self._web.missing(visitor)
        errors = {name: _FILL for name in ("author", "text") if not form.get(name)}
        if form.get("stars") not in tuple("12345"):
            errors["stars"] = "Please choose from one to five."
        if errors:
            return self._web.render(visitor, "review.html", status=422, place=place, errors=errors, form=form)
        review = Review(form["author"], int(form["stars"]), form["text"], TODAY)
        visitor.state.reviews.setdefault(place.slug, []).insert(0, review)
        self._tell(visitor, "Your review is online.")
        return to(f"/place/{place.slug}")

    async def report(self, request: Request, visitor: Visitor) -> Response:
        """Report a problem."""
        form = await form_of(request)
        errors = {name: _FILL for name in ("details", "name", "email") if not form.get(name)}
        if form.get("kind") not in REPORT_KINDS:
            errors["kind"] = "Please choose what it is."
        if "details" not in errors and len(form["details"]) < SHORTEST_DETAILS:
            errors["details"] = f"At least {SHORTEST_DETAILS} characters, please."
        if "email" not in errors and not _EMAIL.fullmatch(form["email"]):
            errors["email"] = _NO_EMAIL
        place = self._town.named(form.get("place", ""))
        if form.get("place") and place is None:
            errors["place"] = "We do not know this place."
        if errors:
            return self._web.render(visitor, "report.html", status=422, errors=errors, form=form)
        name = place.name if place is not None else ""
        visitor.state.reports.append(Report(form["kind"], name, form["details"], form["name"], form["email"]))
        self._tell(visitor, "Thank you, we will look into it.")
        return to(f"/place/{place.slug}" if place is not None else "/")

    async def profile(self, request: Request, visitor: Visitor) -> Response:
        """Change the profile."""
        form = await form_of(request)
        errors: dict[str, str] = {}
        if not form.get("name"):
            errors["name"] = _FILL
        if not _EMAIL.fullmatch(form.get("email", "")):
            errors["email"] = _NO_EMAIL
        if form.get("phone") and not re.fullmatch(r"[\d +()/-]{5,24}", form["phone"]):
            errors["phone"] = "This is no phone number."
        if errors:
            return self._web.render(visitor, "account.html", status=422, errors=errors, form=form)
        visitor.state.profile = {name: form.get(name, "") for name in ("name", "email", "phone")}
        self._tell(visitor, "Your profile was saved.")
        return to("/account")

    async def addresses(self, request: Request, visitor: Visitor) -> Response:
        """Change home and work; an empty one is forgotten."""
        form = await form_of(request)
        found = {name: self._town.address(form.get(name, "")) for name in ("home", "work")}
        errors = {
            name: "There is no such address in our street index."
            for name, address in found.items()
            if form.get(name) and address is None
        }
        if errors:
            return self._web.render(visitor, "addresses.html", status=422, errors=errors, form=form)
        home, work = found["home"], found["work"]
        visitor.state.home, visitor.state.work = home[0] if home else "", work[0] if work else ""
        self._tell(visitor, "Your addresses were saved.")
        return to("/account/addresses")

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """Sign the demo user in."""
        form = await form_of(request)
        then = local(form.get("next", "/"))
        if form.get("user", "").casefold() != self._town.email or form.get("password") != PASSWORD:
            errors = {"password": "This address and this password do not belong together."}
            return self._web.render(visitor, "sign_in.html", status=422, errors=errors, form=form, then=then)
        visitor.state.signed = SIGNED_IN
        self._tell(visitor, "Welcome back.")
        return to(then)

    async def sign_out(self, request: Request, visitor: Visitor) -> Response:
        """Sign out."""
        visitor.state.signed = SIGNED_OUT
        self._tell(visitor, "You are signed out.")
        return to("/")
