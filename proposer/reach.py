"""reach: which kinds of pages the agent's own attempts have got to; a bonus for tasks that lead where they seldom do.

Go-Explore (Ecoffet et al. 2019) returns to cells in proportion to 1/√(visits + 1), so that what was seldom reached is
returned to more often; here a cell is a page template, and a visit an attempt that saw a page of it. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import sqrt

from infra.contracts.task import Task
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.reading import fold

#: The bonus of a template that was never reached: so much is added to a weight of 1.
BONUS = 1.0


def bonus(visits: int) -> float:
    """Return the factor for a template that so many attempts have reached, from 1 + BONUS down to 1."""
    return 1.0 + BONUS / sqrt(1.0 + visits)


class Reach:
    """Attempts by page template. One per website."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._headed: defaultdict[str, set[str]] = defaultdict(set)
        for page in atlas.pages.values():
            self._headed[fold(page.heading)].add(page.template)
        self._targets: dict[str, frozenset[str]] = {}
        self.visits: Counter[str] = Counter()

    def passed(self, urls: Iterable[str]) -> None:
        """Count one attempt, by the pages that it saw."""
        pages = {self._atlas.pages.get(url) for url in {canonical_url(url) for url in urls}}
        self.visits.update({page.template for page in pages if page is not None})

    def succeeded(self, task: Task) -> None:
        """Count one attempt of which no more is known than that it did its task."""
        self.visits.update(self.targets(task))

    def targets(self, task: Task) -> frozenset[str]:
        """Return the templates of the pages that the task's evidence names."""
        known = self._targets.get(task.id)
        if known is None:
            known = self._targets[task.id] = frozenset(self._named(task))
        return known

    def _named(self, task: Task) -> Iterable[str]:
        if task.evidence is None:
            return
        page = self._atlas.pages.get(task.evidence.url or "")
        if page is not None:
            yield page.template
        for heading in (task.evidence.heading, *task.evidence.visited):
            templates = self._headed.get(fold(heading), set()) if heading else set()
            if len(templates) == 1:
                yield from templates

    def bonus(self, task: Task) -> float:
        """Return the factor of a task: that of its least reached template, 1 where none is known."""
        return max((bonus(self.visits[template]) for template in self.targets(task)), default=1.0)
