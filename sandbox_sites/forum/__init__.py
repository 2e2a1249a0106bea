"""Spade & Solder: a forum of allotment gardeners and makers."""

from __future__ import annotations

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import Site, numbered
from sandbox_sites.forum.app import TITLE, make_app, reachable
from sandbox_sites.forum.growing import world
from sandbox_sites.forum.state import ForumState
from sandbox_sites.forum.tasks import entries


def build(seed: int) -> Site:
    """Return an instance of the forum."""
    instance = world(seed)
    sessions: Sessions[ForumState] = Sessions(ForumState)

    def spoil(state: ForumState) -> None:
        state.votes[instance.threads[-1].posts[-1].id] = -1

    return Site(
        name="forum",
        title=TITLE,
        group="practice",
        app=make_app(instance, sessions),
        sessions=sessions,
        pages=reachable(instance),
        tasks=numbered("forum", entries(instance)),
        describe=ForumState.describe,
        spoil=spoil,
    )
