"""searched: the same goals where the way leads through the site's search, as people go who know what a thing is called.

Nobody says so in the instruction. It is the only way to what a bounded survey did not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from infra.contracts.task import TaskKind
from infra.contracts.visit import ScriptStep
from proposer.controls import script
from proposer.grounded.goal import Goal, World
from proposer.grounded.search import results
from proposer.reading import fold

#: Ends the skill of a goal that is reached through the search.
SEARCHED = ":searched"
KINDS = frozenset({TaskKind.NAVIGATE, TaskKind.FIND, TaskKind.CHANGE, TaskKind.FILL})
#: Goals of one page, and in all.
PER_PAGE, MOST = 3, 60
#: Fewer clicks than this are as quick as a search.
FAR = 2


def goals(world: World, simple: Sequence[Goal]) -> Iterable[Goal]:
    """Yield simple goals whose page the site's search finds by its name, with that way."""
    by_page: defaultdict[str, list[Goal]] = defaultdict(list)
    for goal in simple:
        if goal.kind in KINDS:
            by_page[goal.url].append(goal)
    count = 0
    for url, (start, steps) in _ways(world).items():
        own = by_page[url]
        for goal in world.rng.sample(own, min(PER_PAGE, len(own))):
            if count < MOST:
                count += 1
                yield replace(goal, skill=f"{goal.skill}{SEARCHED}", url=start, steps=(*steps, *goal.steps), near=False)


def _ways(world: World) -> dict[str, tuple[str, tuple[ScriptStep, ...]]]:
    """Return, by page, where to search for its name, and the steps: the search, and the click on what it found."""
    found: dict[str, tuple[str, tuple[ScriptStep, ...]]] = {}
    for query in world.queries:
        if not query.free or len(query.entries) > 1 or query.url != world.start:
            continue
        text = fold(query.entries[0].value)
        steps = script(query.control, query.entries)
        for element, page in results(world, query):
            way = world.atlas.way(world.start, page.url)
            if fold(page.heading) == text and (way is None or len(way) >= FAR):
                found.setdefault(page.url, (query.url, (*steps, ScriptStep(key=element.key))))
    return found
