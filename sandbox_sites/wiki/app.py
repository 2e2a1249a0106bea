"""The encyclopaedia's application."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.web import Web
from sandbox_sites.wiki.articles import bare
from sandbox_sites.wiki.browsing import Browsing
from sandbox_sites.wiki.changes import Changes
from sandbox_sites.wiki.desk import Desk
from sandbox_sites.wiki.listing import SORTS
from sandbox_sites.wiki.past import TODAY
from sandbox_sites.wiki.people import People
from sandbox_sites.wiki.reading import Reading, written
from sandbox_sites.wiki.seed import KINDS, PORTALS, World, summary_of
from sandbox_sites.wiki.state import WikiState
from sandbox_sites.wiki.things import slug
from sandbox_sites.wiki.wording import WORDING

TITLE = "Tidebook"
SPECIAL = ("editors", "statistics", "longest", "most-linked", "untouched")


def reachable(world: World) -> list[str]:
    """Return the paths that a person can reach by links, without filters and paging."""
    paths = [
        "/", "/contents", "/category", "/portal", "/glossary", "/help", "/about", "/search", "/recent", "/special",
        "/watchlist", "/preferences",
    ]  # fmt: skip
    paths += [f"/wiki/{name}" for name in (*world.articles, *world.shared)]
    paths += [f"/category/{slug(name)}" for name in world.categories()]
    paths += [f"/portal/{name}" for name in PORTALS]
    paths += [f"/help/{name}" for name in world.help]
    paths += [f"/special/{name}" for name in SPECIAL]
    for editor in (*world.editors, world.me):
        paths += [f"/editor/{editor.slug}", f"/editor/{editor.slug}/contributions"]
    return paths


def _sign_out(state: WikiState) -> None:
    state.signed_in = False


def make_app(world: World, sessions: Sessions[WikiState]) -> Starlette:
    """Return the application."""
    web: Web[WikiState] = Web(
        Path(__file__).parent,
        TITLE,
        sessions,
        WORDING,
        context=lambda visitor: {"reading": Reading(world, visitor.state)},
        filters={"slug": slug, "bare": bare, "summary": summary_of, "written": written},
        values={"world": world, "me": world.me, "kinds": KINDS, "sorts": SORTS, "portals": PORTALS, "today": TODAY},
        expire=_sign_out,
    )
    reader, desk = Browsing(world, web), Desk(world, web)
    pages = {
        "/": reader.home, "/wiki/{slug}": reader.article, "/contents": reader.contents, "/category": reader.categories,
        "/category/{slug}": reader.category, "/portal": reader.portals, "/portal/{name}": reader.portal,
        "/glossary": reader.glossary, "/help": reader.help, "/help/{name}": reader.help_page, "/about": reader.about,
        "/search": reader.search, "/recent": reader.recent, "/special": reader.special,
        "/special/{name}": reader.special_page, "/history": desk.history, "/revision": desk.revision,
        "/compare": desk.compare, "/edit": desk.edit, "/restore": desk.restore, "/talk": desk.talk,
        "/rename": desk.rename, "/links": desk.links, "/editor/{slug}": desk.editor,
        "/editor/{slug}/contributions": desk.contributions, "/watchlist": desk.watchlist,
        "/preferences": desk.preferences, "/sign-in": desk.sign_in,
    }  # fmt: skip
    for path, handler in pages.items():
        web.page(path, handler)
    for path, change in {**Changes(world, web).routes(), **People(world, web).routes()}.items():
        web.change(path, change)
    web.data("/data/suggest", reader.suggest)
    web.data("/data/recent", reader.more)
    return web.app()
