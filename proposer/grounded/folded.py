"""folded: facts and pages that show only once a tab, a menu or a closed section is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from infra.contracts.sitemap import Page
from infra.contracts.visit import ScriptStep
from proposer.folds import Fold
from proposer.grounded import find, navigate
from proposer.grounded.goal import Goal, World
from proposer.sitemap import facts_of

#: Ends the skill of a goal that something has to be opened for.
FOLDED = ":folded"
#: Facts and links of one fold.
EACH = 4


def goals(world: World) -> Iterable[Goal]:
    """Yield goals whose way opens something first."""
    for opened in world.folds:
        yield from _facts(world, opened)
        yield from _links(world, opened)


def _facts(world: World, opened: Fold) -> Iterable[Goal]:
    page = world.atlas.pages.get(opened.url)
    if page is None or page.url == world.start or not world.atlas.unique(page):
        return
    shown = {(fact.label, fact.value) for fact in page.facts}
    hidden = [fact for fact in facts_of(opened.after.chunks, page.heading) if (fact.label, fact.value) not in shown]
    usable = [fact for fact in hidden if find.usable(world, page, fact)]
    for fact in world.rng.sample(usable, min(EACH, len(usable))):
        yield _behind(find.goal(world, page, fact), opened)


def _links(world: World, opened: Fold) -> Iterable[Goal]:
    """Yield pages that are reached through the fold sooner than without it."""
    begin = world.atlas.way(world.start, opened.url)
    before = {edge.target for edge in world.atlas.edges(opened.url)}
    keys = {element.key for element in world.observations[opened.url].elements}
    found: dict[str, tuple[Page, str]] = {}
    for element in opened.after.elements:
        page = world.atlas.page(element.href) if element.href and element.key not in keys else None
        if page is None or page.url in before or page.url == world.start or not world.atlas.unique(page):
            continue
        way = world.atlas.way(world.start, page.url)
        if begin is not None and (way is None or len(way) > len(begin) + 1):
            found.setdefault(page.url, (page, element.key))
    for page, key in list(found.values())[:EACH]:
        yield _behind(navigate.goal(world, page, page.heading), opened, ScriptStep(key=key))


def _behind(goal: Goal, opened: Fold, *steps: ScriptStep) -> Goal:
    return replace(goal, skill=f"{goal.skill}{FOLDED}", url=opened.url, steps=(ScriptStep(key=opened.key), *steps))
