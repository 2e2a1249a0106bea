"""Tidehouse: rooms and day courses on an invented coast."""

from __future__ import annotations

from sandbox_sites.booking.app import TITLE, make_app, reachable
from sandbox_sites.booking.seed import coast
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.tasks import entries
from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import Site, numbered


def build(seed: int) -> Site:
    """Return an instance of the service."""
    world = coast(seed)
    sessions: Sessions[BookingState] = Sessions(BookingState)
    return Site(
        name="booking",
        title=TITLE,
        group="unseen",
        app=make_app(world, sessions),
        sessions=sessions,
        pages=reachable(world),
        tasks=numbered("booking", entries(world)),
        describe=BookingState.describe,
        spoil=lambda state: state.enquiries.append({"subject": "Spoiled", "text": "Nobody asked for this."}),
    )
