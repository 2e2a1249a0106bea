"""The forge's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.site import Entry
from sandbox_sites.forge.comparing import comparing
from sandbox_sites.forge.composing import composing
from sandbox_sites.forge.filling import filling
from sandbox_sites.forge.finding import finding
from sandbox_sites.forge.going import going
from sandbox_sites.forge.records import World
from sandbox_sites.forge.searching import searching
from sandbox_sites.forge.settling import settling


def entries(world: World) -> Iterator[Entry]:
    """Yield all tasks."""
    yield from going(world)
    yield from finding(world)
    yield from searching(world)
    yield from comparing(world)
    yield from filling(world)
    yield from settling(world)
    yield from composing(world)
