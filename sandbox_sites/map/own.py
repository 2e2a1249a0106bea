"""The pages of the visitor's own things."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.map.drawing import pins_of
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import MapState

Visitor = Session[MapState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]


def signed_in_only(web: Web[MapState], handler: Handler) -> Handler:
    """Send visitors who are not signed in to sign in first."""

    async def handle(request: Request, visitor: Visitor) -> Response:
        if visitor.state.signed_in:
            return await handler(request, visitor)
        visitor.messages.append(web.say(visitor, "Please sign in first."))
        place = request.url.path if request.method == "GET" else "/"
        return to(f"/sign-in?next={quote(place, safe='/')}")

    return handle


class Own:
    """Handlers of the GET requests for lists, forms and the account."""

    def __init__(self, town: Town, web: Web[MapState]) -> None:
        self._town = town
        self._web = web

    def routes(self) -> dict[str, Any]:
        """Return the handlers by path."""
        guarded: dict[str, Handler] = {
            "/lists": self.lists, "/lists/{id}": self.one_list, "/account": self.account,
            "/account/addresses": self.addresses, "/account/preferences": self.preferences,
            "/account/activity": self.activity, "/place/{slug}/review": self.review,
        }  # fmt: skip
        return {
            **{path: signed_in_only(self._web, handler) for path, handler in guarded.items()},
            "/report": self.report,
            "/sign-in": self.sign_in,
        }

    async def lists(self, request: Request, visitor: Visitor) -> Response:
        """All lists, and the form for a new one."""
        return self._web.render(visitor, "lists.html", errors={}, form={})

    async def one_list(self, request: Request, visitor: Visitor) -> Response:
        """One list."""
        key = request.path_params["id"]
        saved = visitor.state.lists.get(key)
        if saved is None:
            return self._web.missing(visitor)
        pairs = [(self._town.place(kept.slug), kept.note) for kept in saved.places]
        rows = [(place, note) for place, note in pairs if place is not None]
        pins = pins_of(self._town, [place for place, _ in rows])
        return self._web.render(visitor, "list.html", key=key, saved=saved, rows=rows, pins=pins, errors={})

    async def account(self, request: Request, visitor: Visitor) -> Response:
        """The profile."""
        return self._web.render(visitor, "account.html", errors={}, form=visitor.state.profile)

    async def addresses(self, request: Request, visitor: Visitor) -> Response:
        """Home and work."""
        form = {"home": visitor.state.home, "work": visitor.state.work}
        return self._web.render(visitor, "addresses.html", errors={}, form=form)

    async def preferences(self, request: Request, visitor: Visitor) -> Response:
        """Settings that are on or off."""
        return self._web.render(visitor, "preferences.html")

    async def activity(self, request: Request, visitor: Visitor) -> Response:
        """What the visitor wrote, reported, followed and visited."""
        written = [
            (place, review)
            for slug, reviews in visitor.state.reviews.items()
            if (place := self._town.place(slug)) is not None
            for review in reviews
        ]
        been = [place for slug in visitor.state.been if (place := self._town.place(slug)) is not None]
        followed = [line for slug in visitor.state.followed if (line := self._town.line(slug)) is not None]
        return self._web.render(visitor, "activity.html", written=written, been=been, followed=followed)

    async def review(self, request: Request, visitor: Visitor) -> Response:
        """The form for a review."""
        place = self._town.place(request.path_params["slug"])
        if place is None:
            return self._web.missing(visitor)
        return self._web.render(visitor, "review.html", place=place, errors={}, form={})

    async def report(self, request: Request, visitor: Visitor) -> Response:
        """The form for a problem."""
        place = self._town.place(request.query_params.get("place", ""))
        known = visitor.state.profile if visitor.state.signed_in else {}
        form = {"place": place.name if place is not None else "", **known}
        return self._web.render(visitor, "report.html", errors={}, form=form)

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """The form for signing in."""
        if visitor.state.signed_in:
            return to("/account")
        then = local(request.query_params.get("next", "/"))
        return self._web.render(visitor, "sign_in.html", errors={}, form={}, then=then)
