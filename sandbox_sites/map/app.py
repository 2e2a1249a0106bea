"""The map's application."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.web import Web
from sandbox_sites.map.changes import Changes
from sandbox_sites.map.drawing import draw, frame
from sandbox_sites.map.kinds import KINDS
from sandbox_sites.map.listing import RATINGS, SORTS
from sandbox_sites.map.own import Own, signed_in_only
from sandbox_sites.map.pages import Pages
from sandbox_sites.map.places import slug_of
from sandbox_sites.map.posting import PASSWORD, REPORT_KINDS, Posting
from sandbox_sites.map.routing import metres, minutes
from sandbox_sites.map.seed import TODAY, Town
from sandbox_sites.map.state import EXPIRED, SIGNED_IN, SWITCHES, MapState
from sandbox_sites.map.wording import WORDING

TITLE = "Footfall"


def reachable(town: Town) -> list[str]:
    """Return the paths that a person can reach by links, without filters and parts."""
    paths = ["/", "/places", "/directions", "/nearby", "/code", "/districts", "/streets", "/transit", "/lists"]
    paths += [
        "/account",
        "/account/addresses",
        "/account/preferences",
        "/account/activity",
        "/report",
        "/help",
        "/about",
    ]
    paths += [f"/category/{kind.slug}" for kind in KINDS]
    paths += [f"/district/{district.slug}" for district in town.districts]
    paths += [f"/street/{street.slug}" for street in town.network.streets]
    paths += [f"/transit/{line.slug}" for line in town.lines]
    paths += [f"/lists/list-{number}" for number in range(1, len(town.lists) + 1)]
    for place in town.places:
        paths += [f"/place/{place.slug}", f"/place/{place.slug}/review"]
    return paths


def _expire(state: MapState) -> None:
    if state.signed == SIGNED_IN:
        state.signed = EXPIRED


def make_app(town: Town, sessions: Sessions[MapState]) -> Starlette:
    """Return the map's application."""
    web: Web[MapState] = Web(
        Path(__file__).parent,
        TITLE,
        sessions,
        WORDING,
        filters={"metres": metres, "slug": slug_of},
        values={
            "town": town, "kinds": KINDS, "base_map": draw(town), "sorts": SORTS, "ratings": RATINGS, "today": TODAY,
            "switches": SWITCHES, "minutes": minutes, "frame": frame,
            "kind_options": [("", "Any category"), *((kind.slug, kind.label) for kind in KINDS)],
            "report_kinds": REPORT_KINDS, "password": PASSWORD,
        },
        expire=_expire,
    )  # fmt: skip
    pages, own = Pages(town, web), Own(town, web)
    for path, handler in {**pages.routes(), **own.routes()}.items():
        web.page(path, handler)
    web.data("/suggest", pages.suggest)
    for path, handler in {**Changes(town, web).routes(), **Posting(town, web).routes()}.items():
        web.change(path, handler if path in ("/sign-in", "/report") else signed_in_only(web, handler))
    return web.app()
