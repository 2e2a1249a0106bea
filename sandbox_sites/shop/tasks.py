"""The shop's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance's goods, so that any seed works. Ids
follow from places in the list: new tasks come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sandbox_sites.common.site import Entry
from sandbox_sites.shop.comparing import comparing
from sandbox_sites.shop.digging import digging
from sandbox_sites.shop.finding import finding
from sandbox_sites.shop.going import going
from sandbox_sites.shop.keeping import keeping
from sandbox_sites.shop.plain import plain
from sandbox_sites.shop.seed import Catalogue
from sandbox_sites.shop.settling import settling


def entries(goods: Catalogue) -> Iterator[Entry]:
    """Yield all tasks."""
    words = plain(goods)
    for number, entry in enumerate(_entries(goods), start=1):
        yield replace(entry, plain=words.get(number))


def _entries(goods: Catalogue) -> Iterator[Entry]:
    yield from going(goods)
    yield from finding(goods)
    yield from settling(goods)
    yield from comparing(goods)
    yield from digging(goods)
    yield from keeping(goods)
