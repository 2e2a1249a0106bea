"""Copperleaf Desk: the back office of a tea and coffee wholesaler."""

from __future__ import annotations

from sandbox_sites.admin.app import TITLE, make_app, reachable
from sandbox_sites.admin.seed import world
from sandbox_sites.admin.state import DeskState
from sandbox_sites.admin.tasks import entries
from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import Site, numbered


def build(seed: int) -> Site:
    """Return an instance of the back office."""
    records = world(seed)
    sessions: Sessions[DeskState] = Sessions(DeskState)
    return Site(
        name="admin",
        title=TITLE,
        group="unseen",
        app=make_app(records, sessions),
        sessions=sessions,
        pages=reachable(records),
        tasks=numbered("admin", entries(records)),
        describe=DeskState.describe,
        spoil=lambda state: state.notes.setdefault("/suppliers/vantara-estates", []).append("spoilt"),
    )
