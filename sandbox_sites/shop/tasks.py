"""The shop's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance's goods, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.site import Entry
from sandbox_sites.shop.finding import finding
from sandbox_sites.shop.going import going
from sandbox_sites.shop.seed import Catalogue
from sandbox_sites.shop.settling import settling


def entries(goods: Catalogue) -> Iterator[Entry]:
    """Yield all tasks."""
    yield from going(goods)
    yield from finding(goods)
    yield from settling(goods)
