"""The encyclopaedia's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.site import Entry
from sandbox_sites.wiki.changing import changing, composing
from sandbox_sites.wiki.comparing import comparing
from sandbox_sites.wiki.filling import filling
from sandbox_sites.wiki.finding import finding
from sandbox_sites.wiki.going import going
from sandbox_sites.wiki.picking import Picking
from sandbox_sites.wiki.searching import searching
from sandbox_sites.wiki.seed import World


def entries(world: World) -> Iterator[Entry]:
    """Yield all tasks."""
    pick = Picking(world)
    for part in (going, finding, searching, comparing, filling, changing, composing):
        yield from part(pick)
