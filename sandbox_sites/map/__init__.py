"""Footfall: the map of a town."""

from __future__ import annotations

from functools import partial

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import Site, numbered
from sandbox_sites.map.app import TITLE, make_app, reachable
from sandbox_sites.map.seed import town
from sandbox_sites.map.state import Kept, MapState, SavedList, fresh
from sandbox_sites.map.tasks import entries


def _spoil(state: MapState) -> None:
    state.lists["list-99"] = SavedList("Left over", [Kept("nowhere")])
    state.been.append("nowhere")


def build(seed: int) -> Site:
    """Return an instance of the map."""
    place = town(seed)
    sessions: Sessions[MapState] = Sessions(partial(fresh, place))
    return Site(
        name="map",
        title=TITLE,
        group="practice",
        app=make_app(place, sessions),
        sessions=sessions,
        pages=reachable(place),
        tasks=numbered("map", entries(place)),
        describe=MapState.describe,
        spoil=_spoil,
    )
