"""The forum's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.site import Entry
from sandbox_sites.forum.changing import changing
from sandbox_sites.forum.choosing import Choice
from sandbox_sites.forum.comparing import comparing
from sandbox_sites.forum.composing import composing
from sandbox_sites.forum.filling import filling
from sandbox_sites.forum.finding import finding
from sandbox_sites.forum.going import going, searching
from sandbox_sites.forum.seed import World


def entries(world: World) -> Iterator[Entry]:
    """Yield all tasks."""
    choice = Choice(world)
    yield from going(choice)
    yield from searching(choice)
    yield from finding(choice)
    yield from comparing(choice)
    yield from filling(choice)
    yield from changing(choice)
    yield from composing(choice)
