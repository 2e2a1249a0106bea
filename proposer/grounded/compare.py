"""compare: which of two or three things of one kind has more of something, and which of a list has the most.

Evidence wants the answer and the way over every page that must be looked at, in any order: naming one of two at a
venture is right half of the time, and must not count. Which of the things wins, the first or the last to be visited,
is left to chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, islice

from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, TaskKind
from proposer.grounded import ranking
from proposer.grounded.compose import ways
from proposer.grounded.contrast import Item, contrast, item_of, nameable
from proposer.grounded.goal import Goal, World

#: Comparisons of two and of three pages of one template, at most; fewer where there are few pages.
PAIRS, TRIPLES, PER_PAGE = 80, 20, 3
#: Draws for each of them: many have no label in common, or no short way from one to the other.
DRAWS = 6
#: Clicks from one page to the next, at most.
CLICKS = 4
#: Questions about lists: of one page, and in all.
PER_LIST, LISTS = 3, 80

Member = tuple[Page, Item]


def goals(world: World) -> Iterable[Goal]:
    """Yield comparisons of pages of one template, and questions about lists."""
    for template, members in _by_template(world).items():
        yield from islice(_contrasts(world, template, members, 2), min(PAIRS, PER_PAGE * len(members)))
        yield from islice(_contrasts(world, template, members, 3), min(TRIPLES, len(members)))
    yield from islice(_lists(world), LISTS)


def _by_template(world: World) -> dict[str, list[Member]]:
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for page in world.named_pages():
        if world.heading(page) and nameable(page.heading):
            item = item_of(world.atlas, page)
            if item.measures:
                found[page.template].append((page, item))
    return found


def _contrasts(world: World, template: str, members: Sequence[Member], size: int) -> Iterable[Goal]:
    by_label: defaultdict[str, list[Member]] = defaultdict(list)
    for member in members:
        for label in member[1].measures:
            by_label[label].append(member)
    labels = [label for label, found in by_label.items() if len(found) >= size]
    for _ in range((PAIRS if size == 2 else TRIPLES) * DRAWS if labels else 0):
        label = world.rng.choice(labels)
        chosen = world.rng.sample(by_label[label], size)
        if not _fit([item for _, item in chosen], label):
            continue
        goal = _goal(world, template, chosen, label)
        if goal is not None:
            yield goal


def _fit(items: Sequence[Item], label: str) -> bool:
    return all(a.alike(b) and a.measures[label].comparable(b.measures[label]) for a, b in combinations(items, 2))


def _goal(world: World, template: str, chosen: Sequence[Member], label: str) -> Goal | None:
    steps = ways(world.atlas, *(page.url for page, _ in chosen))
    if steps is None or len(steps) > CLICKS * (len(chosen) - 1):
        return None
    made = contrast(world.rng, [item for _, item in chosen], label)
    return Goal(
        kind=TaskKind.COMPARE,
        skill=f"compare{'' if len(chosen) == 2 else '-three'}:{template}",
        url=chosen[0][0].url,
        clause=made.clause,
        question=made.question,
        evidence=Evidence(
            answer=made.answer, visited=tuple(page.heading for page, _ in chosen), visited_any_order=True
        ),
        steps=steps,
    )


def _lists(world: World) -> Iterable[Goal]:
    """Yield questions about what a page lists, pages in turn by chance."""
    pages = world.named_pages()
    for page in world.rng.sample(pages, len(pages)):
        observation, heading = world.observations.get(page.url), world.heading(page)
        if observation is None or heading is None:
            continue
        found = ranking.rankings(world.atlas, page, observation)
        for one in world.rng.sample(found, min(PER_LIST, len(found))):
            made = ranking.ask(world.rng, page.heading, one)
            yield Goal(
                kind=TaskKind.COMPARE,
                skill=f"compare-list:{page.template}",
                url=page.url,
                clause=made.clause,
                question=made.question,
                evidence=Evidence(answer=made.answer, visited=(heading,)),
            )
