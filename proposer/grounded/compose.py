"""compose: two or three things in one instruction, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import groupby, islice, pairwise

from infra.contracts.task import Evidence, TaskKind
from infra.contracts.visit import ScriptStep
from proposer.atlas import Atlas
from proposer.effects import unavailable
from proposer.grounded import phrasing
from proposer.grounded.change import bring_about, kind_of, pages_of, skill_of
from proposer.grounded.deed import Deed
from proposer.grounded.goal import Goal, World
from proposer.reading import fold, lines

#: Compositions of each pattern.
EACH = 40
DRAWS = 4
#: Share of pairs of like changes that are asked for in one breath: "add A and B to the cart".
TOGETHER = 0.5


def goals(world: World, simple: Sequence[Goal]) -> Iterable[Goal]:
    """Yield compositions of the simple goals."""
    visits = [goal for goal in simple if goal.kind is TaskKind.NAVIGATE and goal.evidence.heading]
    finds = [goal for goal in simple if goal.kind is TaskKind.FIND and goal.evidence.visited]
    opens = [goal for goal in simple if goal.kind is TaskKind.SEARCH and goal.evidence.heading and goal.steps]
    yield from islice(_after_visit(world, visits, finds), EACH)
    yield from islice(_after_visit(world, visits, visits), EACH // 2)
    yield from islice(_two_visits(world, visits, finds), EACH // 2)
    yield from islice(_after_search(world, opens, finds), EACH)
    yield from islice(_search_and_change(world, opens), EACH)
    yield from islice(_twice(world), EACH)


def ways(atlas: Atlas, *urls: str) -> tuple[ScriptStep, ...] | None:
    """Return the clicks that lead from page to page in this order; None where there is no way."""
    steps: list[ScriptStep] = []
    for source, target in pairwise(urls):
        way = atlas.way(source, target)
        if way is None:
            return None
        steps += [ScriptStep(key=edge.key) for edge in way]
    return tuple(steps)


def _after_visit(world: World, visits: Sequence[Goal], others: Sequence[Goal]) -> Iterable[Goal]:
    """Yield "open A, then …"."""
    for first, second in _pairs(world, visits, others):
        goal = _join(world, [first, second])
        if goal is not None:
            yield goal


def _two_visits(world: World, visits: Sequence[Goal], finds: Sequence[Goal]) -> Iterable[Goal]:
    """Yield "open A, open B, then tell me …"."""
    for first, last in _pairs(world, visits, finds):
        middle = world.rng.choice(visits)
        if middle.url not in (first.url, last.url):
            goal = _join(world, [first, middle, last])
            if goal is not None:
                yield goal


def _after_search(world: World, opens: Sequence[Goal], finds: Sequence[Goal]) -> Iterable[Goal]:
    """Yield "search for A and open it, then tell me its …"."""
    by_page: dict[str, list[Goal]] = {}
    for find in finds:
        by_page.setdefault(find.url, []).append(find)
    for opened in world.rng.sample(list(opens), len(opens)):
        target = opened.evidence.url or ""
        if target not in by_page:
            continue
        find = world.rng.choice(by_page[target])
        yield Goal(
            kind=TaskKind.COMPOSE,
            skill=f"compose:{sort_of(opened.skill)}+{sort_of(find.skill)}",
            url=opened.url,
            clause=phrasing.then(world.rng, opened.clause, find.clause),
            parts=(opened.clause, find.clause),
            evidence=Evidence(
                answer=find.evidence.answer, visited=find.evidence.visited, fields=opened.evidence.fields
            ),
            steps=opened.steps,
        )


def _search_and_change(world: World, opens: Sequence[Goal]) -> Iterable[Goal]:
    """Yield "search for A and open it, then add it to the cart"."""
    for opened in world.rng.sample(list(opens), len(opens)):
        page = world.atlas.page(opened.evidence.url or "")
        fitting = [effect for effect in world.effects if page is not None and effect.template == page.template]
        if page is None or not fitting or unavailable(world.observations[page.url], page.heading):
            continue
        deed = bring_about(world, world.rng.choice(fitting), page)
        if deed is None or len(deed.effect.stages) > 1:
            continue
        yield Goal(
            kind=TaskKind.COMPOSE,
            skill=f"compose:{sort_of(opened.skill)}+{skill_of(deed.effect)}",
            url=opened.url,
            clause=phrasing.then(world.rng, opened.clause, deed.clause),
            parts=(opened.clause, deed.clause),
            evidence=deed.evidence.model_copy(update={"fields": (*opened.evidence.fields, *deed.fields)}),
            steps=(*opened.steps, *deed.steps),
        )


def _twice(world: World) -> Iterable[Goal]:
    """Yield "add A to the cart, then B": the same effect on two pages, told apart by lines that name each page."""
    shown = {fold(line) for observation in world.observations.values() for line in lines(observation)}
    for effect in world.effects:
        if len(effect.stages) > 1 or kind_of(effect) is not TaskKind.CHANGE or not _cumulative(effect.lines):
            continue
        pages = pages_of(world, effect)
        for _ in range(EACH // 2 if len(pages) > 1 else 0):
            first, second = world.rng.sample(pages, 2)
            deeds = [bring_about(world, effect, page) for page in (first, second)]
            if None not in deeds:
                goal = _both(world, [deed for deed in deeds if deed is not None], shown)
                if goal is not None:
                    yield goal


def _cumulative(lines: Iterable[str]) -> bool:
    return any("⟦heading⟧" in line for line in lines)


def _both(world: World, deeds: Sequence[Deed], shown: Set[str]) -> Goal | None:
    """Join two like changes; ``shown``: folded lines that pages show when nothing was done, which prove nothing."""
    first, second = deeds
    landing = first.effect.trials[0].after.url
    page = world.atlas.page(landing) or second.page
    between = ways(world.atlas, page.url, second.page.url)
    if between is None:
        return None
    named = [
        [line for line in deed.lines if fold(deed.page.heading) in fold(line) and fold(line) not in shown]
        for deed in deeds
    ]
    if not all(named):
        return None
    button = first.effect.stages[-1].button
    together = f"{first.page.heading} and {world.rng.choice(('', 'the '))}{second.page.heading}"
    joined = not (first.fields or second.fields) and button and world.rng.random() < TOGETHER
    return Goal(
        kind=TaskKind.COMPOSE,
        skill=f"compose:2x{skill_of(first.effect)}",
        url=first.page.url,
        clause=phrasing.act(world.rng, button, together)
        if joined
        else phrasing.then(world.rng, first.clause, second.clause),
        parts=(first.clause, second.clause),
        # What a site says after the first change is often gone after the second: it must have been said on the way.
        evidence=Evidence(
            heading=second.heading,
            said=tuple(named[0]),
            lines=tuple(named[1]),
            fields=(*first.fields, *second.fields),
            max_submits=first.effect.submits + second.effect.submits,
        ),
        steps=(*first.steps, *between, *second.steps),
    )


def _pairs(world: World, firsts: Sequence[Goal], seconds: Sequence[Goal]) -> Iterable[tuple[Goal, Goal]]:
    if not firsts or not seconds:
        return
    for _ in range(EACH * DRAWS):
        first, second = world.rng.choice(firsts), world.rng.choice(seconds)
        if first.url != second.url:
            yield first, second


def _join(world: World, parts: Sequence[Goal]) -> Goal | None:
    """Return visits in order, the last of which may be a question; None where no way leads along them."""
    steps = ways(world.atlas, *(part.url for part in parts))
    if steps is None:
        return None
    last = parts[-1]
    visited = tuple(part.evidence.heading or "" for part in parts[:-1])
    clause = phrasing.then(world.rng, *(part.clause for part in parts))
    evidence = last.evidence.model_copy(update={"visited": (*visited, *last.evidence.visited)})
    return Goal(
        kind=TaskKind.COMPOSE,
        skill="compose:" + "+".join(sort_of(part.skill) for part in parts),
        url=parts[0].url,
        clause=clause,
        parts=tuple(part.clause for part in parts),
        evidence=evidence,
        steps=steps,
    )


def chain(first: Evidence, second: Evidence, about: Sequence[str]) -> Evidence | None:
    """Return what shows that two things were done, one after the other; None where that could not be shown.

    ``about``: names and values that the second thing alone has to do with. Once something has changed, a page may say
    other things than it would have otherwise, a cart with two things in it not what it says with one: only lines that
    name what they are about are still to be expected, and "Saved" said once is not "Saved" said twice.
    """
    if first.answer is not None or first.impossible or second.impossible or first.facts:
        return None
    if not (first.lines or first.fields) and _passes(second, first.heading):
        return None
    said, lines = second.said, second.lines
    if first.max_submits:
        said, lines = _naming(said, about), _naming(lines, about)
        if (second.said and not said) or (second.lines and not lines):
            return None
    visited = [*first.visited, *([first.heading] if first.heading else []), *second.visited]
    return second.model_copy(
        update={
            "visited": tuple(heading for heading, _ in groupby(visited)),
            "visited_any_order": first.visited_any_order or second.visited_any_order,
            "said": tuple(dict.fromkeys((*first.said, *first.lines, *said))),
            "lines": lines,
            "fields": (*first.fields, *second.fields),
            "beside": (*first.beside, *second.beside),
            "max_submits": first.max_submits + second.max_submits,
        }
    )


def _passes(evidence: Evidence, heading: str | None) -> bool:
    """Return whether a page is passed anyway, or there is none to pass."""
    return heading is None or fold(heading) in {fold(own) for own in (evidence.heading or "", *evidence.visited)}


def _naming(lines: Sequence[str], about: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if any(fold(name) in fold(line) for name in about))


def sort_of(skill: str) -> str:
    """Return what sort of skill it is, without the pages it is about."""
    return skill.partition(":")[0]
