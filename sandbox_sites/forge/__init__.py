"""Smithy: a place for code and those who write it."""

from __future__ import annotations

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import Site, numbered
from sandbox_sites.forge.app import TITLE, make_app, reachable
from sandbox_sites.forge.seed import world as world_of
from sandbox_sites.forge.state import ForgeState
from sandbox_sites.forge.tasks import entries


def build(seed: int) -> Site:
    """Return an instance of the forge."""
    world = world_of(seed)
    sessions: Sessions[ForgeState] = Sessions(ForgeState)
    return Site(
        name="forge",
        title=TITLE,
        group="practice",
        app=make_app(world, sessions),
        sessions=sessions,
        pages=reachable(world),
        tasks=numbered("forge", entries(world)),
        describe=ForgeState.describe,
        spoil=lambda state: state.watching.update({world.repos[-1].full: "ignore"}),
    )
