"""The shop's held-out tasks, written by hand as different people would say them.

Instructions, judges and solutions take their names and numbers from the instance's goods, so that any seed works.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sandbox_sites.common.site import BenchmarkTask, Check, Oracle
from sandbox_sites.shop.finding import finding
from sandbox_sites.shop.going import going
from sandbox_sites.shop.seed import Catalogue
from sandbox_sites.shop.settling import settling

#: (kind, depth, instruction, judge, solution); answerable unless the kind begins with "no ".
Entry = tuple[str, int, str, Check, Oracle]


def _entries(goods: Catalogue) -> Iterator[Entry]:
    yield from going(goods)
    yield from finding(goods)
    yield from settling(goods)


def make_tasks(goods: Catalogue) -> Sequence[BenchmarkTask]:
    """Return all tasks; they alternate between the development and the final split."""
    return [
        BenchmarkTask(
            id=f"shop-{number:03d}",
            instruction=instruction,
            kind=kind.removeprefix("no "),
            depth=depth,
            start="/",
            split="development" if number % 2 else "final",
            check=check,
            oracle=oracle,
            answerable=not kind.startswith("no "),
        )
        for number, (kind, depth, instruction, check, oracle) in enumerate(_entries(goods), start=1)
    ]
