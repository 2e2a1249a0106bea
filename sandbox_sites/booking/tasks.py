"""The service's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance's world, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.booking.comparing import comparing
from sandbox_sites.booking.composing import composing
from sandbox_sites.booking.filling import filling
from sandbox_sites.booking.finding import finding
from sandbox_sites.booking.going import going
from sandbox_sites.booking.searching import searching
from sandbox_sites.booking.settling import settling
from sandbox_sites.booking.world import World
from sandbox_sites.common.site import Entry


def entries(world: World) -> Iterator[Entry]:
    """Yield all tasks."""
    for kind in (going, finding, searching, comparing, filling, settling, composing):
        yield from kind(world)
