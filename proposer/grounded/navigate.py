"""navigate: reach a page, and stop there."""

from __future__ import annotations

from collections.abc import Iterable

from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, TaskKind
from proposer.grounded import phrasing
from proposer.grounded.goal import Goal, World
from proposer.reading import fold

#: Share of pages that are also asked for by what links call them.
BY_LINK_NAME = 0.5
MAX_HEADING = 120


def goals(world: World) -> Iterable[Goal]:
    """Yield one goal per page that has a name of its own, some of them by another name too."""
    rng = world.rng
    for page in world.atlas.pages.values():
        if page.url == world.start:
            world.dropped["holds at start"] += 1
        elif world.atlas.is_variant(page):
            continue  # reached by sorting, filtering or paging: search.py
        elif not world.atlas.unique(page) or len(page.heading) > MAX_HEADING:
            world.dropped["ambiguous"] += 1
        else:
            yield goal(world, page, page.heading)
            name = world.atlas.name(page.url)
            if (
                name
                and fold(name) != fold(page.heading)
                and rng.random() < BY_LINK_NAME
                and world.atlas.telling(name, page.url)
            ):
                yield goal(world, page, name)


def goal(world: World, page: Page, name: str) -> Goal:
    """Return the goal to reach a page, asked for by this name."""
    return Goal(
        kind=TaskKind.NAVIGATE,
        skill=f"navigate:{page.template}",
        url=page.url,
        clause=phrasing.navigate(world.rng, name),
        evidence=Evidence(url=page.url, heading=world.heading(page)),
        name=name,
    )
