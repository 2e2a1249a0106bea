"""The service's application: which handler answers where, and what every page shows."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.booking.account import Account
from sandbox_sites.booking.changes import Changes
from sandbox_sites.booking.guesthouse import Guesthouse
from sandbox_sites.booking.months import spoken
from sandbox_sites.booking.papers import PAST
from sandbox_sites.booking.reserving import Reserving
from sandbox_sites.booking.shelf import Shelf
from sandbox_sites.booking.state import PREFERENCES, BookingState
from sandbox_sites.booking.wording import WORDING
from sandbox_sites.booking.words import AMENITIES, KINDS, TOPICS
from sandbox_sites.booking.world import SEASON_MONTHS, SEASONS, TODAY, World, slug
from sandbox_sites.common.forms import to
from sandbox_sites.common.sessions import Session, Sessions
from sandbox_sites.common.web import Web

TITLE = "Tidehouse"
Visitor = Session[BookingState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
RATES = {"EUR": ("€", 1.0), "GBP": ("£", 0.85), "NOK": ("kr ", 11.5)}


def reachable(world: World) -> list[str]:
    """Return the paths that a person can reach by links, without filters."""
    paths = [
        "/", "/search", "/courses", "/towns", "/hosts", "/gift-cards", "/help", "/help/cancellation", "/about",
        "/account", "/account/trips", "/account/courses", "/account/letters", "/account/reviews", "/account/vouchers",
        "/account/profile", "/account/preferences", "/saved",
    ]  # fmt: skip
    paths += [f"/help/{name}" for name in world.help]
    paths += [f"/towns/{town.slug}" for town in world.towns]
    paths += [f"/hosts/{host.slug}" for host in world.hosts]
    paths += [f"/courses/{course.slug}" for course in world.courses]
    paths += [f"/saved/{name}" for name in world.lists]
    for stay in world.stays:
        paths += [f"/stays/{stay.slug}", f"/stays/{stay.slug}/reserve"]
    for trip in world.bookings:
        paths += [f"/account/trips/{trip.number}", f"/account/trips/{trip.number}/invoice"]
    paths += [f"/account/trips/{trip.number}/review" for trip in world.bookings[:PAST]]
    return paths


def money_for(state: BookingState) -> Callable[[int], str]:
    """Return how amounts of euros are written for a visitor."""
    sign, rate = RATES[state.preferences.get("currency", "EUR")]
    return lambda euros: f"{sign}{round(euros * rate):,}"


def hue(text: str) -> int:
    """Return a number by which pictures differ."""
    return zlib.crc32(text.encode()) % 36000


def _expire(state: BookingState) -> None:
    state.lapsed = True


def signed(handler: Handler) -> Handler:
    """Let only guests in who are signed in."""

    async def guarded(request: Request, visitor: Visitor) -> Response:
        if visitor.state.known:
            return await handler(request, visitor)
        then = request.url.path if request.method == "GET" else "/account"
        return to(f"/sign-in?next={quote(then)}")

    return guarded


def make_app(world: World, sessions: Sessions[BookingState]) -> Starlette:
    """Return the application."""

    def context(visitor: Visitor) -> dict[str, Any]:
        profile = {**world.guest, **visitor.state.profile}
        return {
            "money": money_for(visitor.state), "known": visitor.state.known, "profile": profile,
            "preferences": {**PREFERENCES, **visitor.state.preferences},
        }  # fmt: skip

    web: Web[BookingState] = Web(
        Path(__file__).parent, TITLE, sessions, WORDING,
        context=context,
        filters={"slug": slug, "spoken": spoken, "hue": hue},
        values={
            "world": world, "amenities": AMENITIES, "kinds": list(KINDS), "topics": TOPICS, "seasons": SEASONS,
            "season_months": SEASON_MONTHS, "today": TODAY,
        },
        expire=_expire,
    )  # fmt: skip
    shelf, house, account = Shelf(world, web), Guesthouse(world, web), Account(world, web)
    reserving, changes = Reserving(world, web), Changes(world, web)
    for path, page in {**shelf.pages(), **house.pages()}.items():
        web.page(path, page)
    for path, page in {**account.pages(), **reserving.pages()}.items():
        web.page(path, signed(page))
    for path, change in {**changes.routes(), **reserving.routes()}.items():
        web.change(path, signed(change))
    web.page("/sign-in", account.sign_in)
    web.change("/sign-in", account.enter)
    web.change("/sign-out", account.leave)
    web.change("/help/contact", changes.enquire)
    for path, handler in {**shelf.data(), **house.data()}.items():
        web.data(path, handler)
    return web.app()
