"""The back office's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance's records, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.admin.combining import combining
from sandbox_sites.admin.comparing import comparing
from sandbox_sites.admin.filling import filling
from sandbox_sites.admin.finding import finding
from sandbox_sites.admin.going import going
from sandbox_sites.admin.records import World
from sandbox_sites.admin.switching import switching
from sandbox_sites.common.site import Entry


def entries(world: World) -> Iterator[Entry]:
    """Yield all tasks."""
    for part in (going, finding, comparing, filling, switching, combining):
        yield from part(world)
