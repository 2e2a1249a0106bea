"""Tidebook: the encyclopaedia of an archipelago that does not exist."""

from __future__ import annotations

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import Site, numbered
from sandbox_sites.wiki.app import TITLE, make_app, reachable
from sandbox_sites.wiki.seed import world
from sandbox_sites.wiki.state import WikiState
from sandbox_sites.wiki.tasks import entries


def _spoil(state: WikiState) -> None:
    state.watch["census-of-the-isles"] = True


def build(seed: int) -> Site:
    """Return an instance of the encyclopaedia."""
    whole = world(seed)
    sessions: Sessions[WikiState] = Sessions(WikiState)
    return Site(
        name="wiki",
        title=TITLE,
        group="unseen",
        app=make_app(whole, sessions),
        sessions=sessions,
        pages=reachable(whole),
        tasks=numbered("wiki", entries(whole)),
        describe=WikiState.describe,
        spoil=_spoil,
    )
