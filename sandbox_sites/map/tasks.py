"""The map's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance's town, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.site import Entry
from sandbox_sites.map.asking import asking
from sandbox_sites.map.going import going
from sandbox_sites.map.judges import MapJudges
from sandbox_sites.map.mixing import mixing
from sandbox_sites.map.seed import Town
from sandbox_sites.map.turning import turning
from sandbox_sites.map.weighing import weighing
from sandbox_sites.map.writing import writing


def entries(town: Town) -> Iterator[Entry]:
    """Yield all tasks."""
    judges = MapJudges(town)
    for tasks in (going, asking, weighing, writing, turning, mixing):
        yield from tasks(town, judges)
