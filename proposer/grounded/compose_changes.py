"""compose_changes: a change, and then something else: a question, or another change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from infra.contracts.observation import Observation
from infra.contracts.task import Evidence, TaskKind
from infra.contracts.visit import ScriptStep
from infra.urls import canonical_url
from proposer.grounded import phrasing
from proposer.grounded.change import bring_about, idle, pages_of, skill_of
from proposer.grounded.compose import chain, sort_of, ways
from proposer.grounded.deed import Deed
from proposer.grounded.goal import Goal, World
from proposer.reading import fold
from proposer.sitemap import facts_of

#: Compositions of each pattern, and changes to make them of.
EACH, MADE = 40, 160
#: Share of second things that are done where the first one ended, if there is anything to be done.
STAYING = 0.7


def goals(world: World, simple: Sequence[Goal]) -> Iterable[Goal]:
    """Yield compositions whose first part is a change; ``simple`` are the goals that they may end with."""
    finds = [goal for goal in simple if goal.kind is TaskKind.FIND and goal.evidence.visited]
    made = list(_deeds(world))
    yield from islice(_change_and_find(world, made, finds), EACH)
    yield from islice(_two_changes(world, made), EACH)


def _change_and_find(world: World, made: Sequence[Deed], finds: Sequence[Goal]) -> Iterable[Goal]:
    """Yield "add A to the cart, then tell me …", of the page where one is then, or of another."""
    for deed in made:
        landing = _landing(world, deed)
        touched = {landing, deed.page.url}
        here = [find for find in finds if find.url == landing and _lasts(world, deed, find)]
        elsewhere = [find for find in finds if find.url not in touched]
        if landing is None or not (here or elsewhere):
            continue
        stays = here and (not elsewhere or world.rng.random() < STAYING)
        find = world.rng.choice(here if stays else elsewhere)
        goal = _after(world, deed, landing, find.evidence, find.url, find.clause, sort_of(find.skill), ())
        if goal is not None:
            yield goal


def _lasts(world: World, deed: Deed, find: Goal) -> bool:
    """Return whether what is asked for is said to stay as it was: wherever the change was tried, its label's value did.

    Only of the change's own page; what another one that it leads to said before is not known.
    """
    if find.url != deed.page.url:
        return False
    page = world.atlas.pages[find.url]
    labels = {fold(fact.label) for fact in page.facts if fact.value == find.evidence.answer}
    for trial in deed.effect.trials:
        before, after = _stated(trial.place.observation), _stated(trial.after)
        if any(before.get(label) != after.get(label) for label in labels):
            return False
    return bool(labels)


def _stated(observation: Observation) -> dict[str, frozenset[str]]:
    """Return what a page states, by label."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts_of(observation.chunks, ""):
        found[fold(fact.label)].add(fold(fact.value))
    return {label: frozenset(values) for label, values in found.items()}


def _two_changes(world: World, made: Sequence[Deed]) -> Iterable[Goal]:
    """Yield "add A to the cart and follow B": two unlike changes, on one page or on two."""
    for first in made:
        landing = _landing(world, first)
        others = [deed for deed in made if skill_of(deed.effect) != skill_of(first.effect)]
        here = [deed for deed in others if deed.page.url == landing]
        if landing is None or not others:
            continue
        second = world.rng.choice(here if here and world.rng.random() < STAYING else others)
        values = [value for _, value in second.fields]
        goal = _after(
            world,
            first,
            landing,
            second.evidence,
            second.page.url,
            second.clause,
            skill_of(second.effect),
            second.steps,
            about=(second.page.heading, *values),
        )
        if goal is not None:
            yield goal


def _deeds(world: World) -> Iterable[Deed]:
    """Yield changes of one stage, each effect's turn coming again and again."""
    effects = [effect for effect in world.effects if len(effect.stages) == 1 and not idle(effect)]
    places = [(effect, pages) for effect in effects if (pages := pages_of(world, effect))]
    for _ in range(MADE if places else 0):
        effect, pages = world.rng.choice(places)
        deed = bring_about(world, effect, world.rng.choice(pages))
        if deed is not None:
            yield deed


def _landing(world: World, deed: Deed) -> str | None:
    """Return the page of the map where one is after a change; None where it is not known."""
    trials = deed.effect.trials
    if all(canonical_url(trial.after.url) == canonical_url(trial.place.url) for trial in trials):
        return deed.page.url
    landings = {canonical_url(trial.after.url) for trial in trials}
    page = world.atlas.page(landings.pop()) if len(landings) == 1 else None
    return page.url if page is not None else None


def _after(
    world: World,
    deed: Deed,
    landing: str,
    evidence: Evidence,
    url: str,
    clause: str,
    sort: str,
    steps: Sequence[ScriptStep],
    *,
    about: Sequence[str] = (),
) -> Goal | None:
    """Return a change with something else after it; None where that is out of reach or could not be shown."""
    between = ways(world.atlas, landing, url)
    both = chain(deed.evidence, evidence, about)
    if between is None or both is None:
        return None
    return Goal(
        kind=TaskKind.COMPOSE,
        skill=f"compose:{skill_of(deed.effect)}+{sort}",
        url=deed.page.url,
        clause=phrasing.then(world.rng, deed.clause, clause),
        parts=(deed.clause, clause),
        evidence=both,
        steps=(*deed.steps, *between, *steps),
    )
