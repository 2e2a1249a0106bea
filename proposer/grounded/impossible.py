"""impossible: things that the website does not have. The right ending is to say so, and to change nothing.

What is asked for is made from what is there: a name with a word replaced – with two where the survey has not seen all,
so that it may well be said nowhere –, a fact that no page of its kind states, alone or of two things to be compared, a
field or a button that no page has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from random import Random
from typing import TypeVar

from infra.contracts.observation import Observation
from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, TaskKind
from infra.phrasebook import EntryKind, phrasebook
from proposer.atlas import Atlas, is_row
from proposer.grounded import comparing_words, find, labels, phrasing
from proposer.grounded.change import in_row, kind_of, pages_of
from proposer.grounded.compose import ways
from proposer.grounded.contrast import Measure, item_of, nameable
from proposer.grounded.goal import Goal, World
from proposer.grounded.narrow_words import Choice, narrowed
from proposer.grounded.update_words import Change, Sort, update
from proposer.reading import fold, said_by
from proposer.values import value_named

T = TypeVar("T")

#: Goals of each sort, and tries to make up something that is not there.
EACH, TRIES = 40, 12
#: Clicks from one of two things to the other, at most.
NEAR = 4
#: Why pages were not seen that may well be called what is made up.
UNSEEN = frozenset({"depth", "pages", "time", "robots", "no report", "refused", "unreachable"})
#: Share of made-up names whose words all occur.
MIXED = 0.5
#: Words that replace one of a name's; none that the website uses is taken.
FOREIGN = (
    "Almanac", "Anvil", "Bagpipe", "Bassoon", "Beacon", "Caravan", "Cello", "Comet", "Dulcimer", "Falcon", "Fjord",
    "Geyser", "Glacier", "Harpoon", "Igloo", "Jasper", "Lagoon", "Lantern", "Magnet", "Mammoth", "Nairobi", "Obelisk",
    "Osaka", "Parasol", "Pelican", "Quito", "Rickshaw", "Sahara", "Sextant", "Tapir", "Toboggan", "Tundra", "Ukulele",
    "Vulcan", "Walrus", "Yurt", "Zither",
)  # fmt: skip
#: Share of facts that the whole site leaves unsaid; the others are of a few sorts whose values can be told as well.
UNSAID = 0.6
#: Facts that a page may well state without a label.
_BARE = re.compile(
    r"\b(?:price|total|subtotal|balance|fee|date|day|time|name|author|phone|extension|email|address|rating|status|stars"
    r"|number|reviews?|posts?|subject|sender|received|source|family|length|height|width|weight|area|depth|colours?|role"
    r"|labels|motto|signature|version|pages|mark|level|floor|was|date|joined|paid|open|last|favourite)\b"
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def goals(world: World) -> Iterable[Goal]:
    """Yield things to reach, to learn and to do that cannot be."""
    yield from islice(_pages(world), EACH)
    yield from islice(_facts(world), EACH)
    yield from islice(_facts_of_nothing(world), EACH // 2)
    yield from islice(_comparisons(world), EACH // 2)
    yield from islice(_deeds(world), EACH)
    yield from islice(_buttons(world), EACH)
    yield from islice(_fields(world), EACH)
    yield from islice(_options(world), EACH)


def _pages(world: World) -> Iterable[Goal]:
    """Yield pages that the site does not have."""
    for page in _shuffled(world, world.named_pages()):
        name = absent_name(world, page.heading)
        if name is not None:
            yield Goal(
                kind=TaskKind.NAVIGATE,
                skill="impossible:navigate",
                url=world.start,
                clause=phrasing.navigate(world.rng, name),
                evidence=Evidence(impossible=True),
                name=name,
            )


def _facts(world: World) -> Iterable[Goal]:
    """Yield facts that a page does not state. One has to look there: the way must have led over it."""
    unsaid = [name for name in _unsaid(world, EntryKind.FACT) if not _BARE.search(name)]
    for page in _shuffled(world, world.named_pages()):
        observation, heading = world.observations.get(page.url), world.heading(page)
        if observation is None or heading is None:
            continue
        label = absent_label(world.rng, world.atlas, page, observation)
        if label is not None and unsaid and world.rng.random() < UNSAID:
            label = world.rng.choice(unsaid)
        if label is not None:
            clause, asked = find.words_for(world.rng, label, page.heading)
            yield Goal(
                kind=TaskKind.FIND,
                skill="impossible:find",
                url=page.url,
                clause=clause,
                question=asked,
                evidence=Evidence(impossible=True, visited=(heading,)),
            )


def _facts_of_nothing(world: World) -> Iterable[Goal]:
    """Yield facts, of sorts that there are, about things that the site does not have."""
    for page in _shuffled(world, world.named_pages()):
        name = absent_name(world, page.heading)
        facts = [fact for fact in page.facts if is_row(fact) and find.askable(world.atlas, fact)]
        if name is not None and facts:
            clause, asked = find.words_for(world.rng, world.rng.choice(facts).label, name)
            yield Goal(
                kind=TaskKind.FIND,
                skill="impossible:find-of",
                url=world.start,
                clause=clause,
                question=asked,
                evidence=Evidence(impossible=True),
            )


def _comparisons(world: World) -> Iterable[Goal]:
    """Yield comparisons of two things by what pages of their kind do not state. One has to look at both."""
    by_template: defaultdict[str, list[Page]] = defaultdict(list)
    measures: defaultdict[str, dict[str, Measure]] = defaultdict(dict)
    for page in world.named_pages():
        measures[page.template] |= item_of(world.atlas, page).measures
        observation = world.observations.get(page.url)
        if world.heading(page) and nameable(page.heading) and observation and _is_all(page, observation):
            by_template[page.template].append(page)
    pairs = [pages for pages in by_template.values() if len(pages) > 1]
    others = [(template, one) for template, own in measures.items() for one in own.values()]
    for _ in range(TRIES * EACH if pairs and others else 0):
        first, second = world.rng.sample(world.rng.choice(pairs), 2)
        template, measure = world.rng.choice(others)
        if template == first.template or not _untold(world, measure, measures[first.template].values(), first, second):
            continue
        steps = ways(world.atlas, first.url, second.url)
        if steps is None or len(steps) > NEAR:
            continue
        predicate, _ = world.rng.choice([*measure.sense.more, *measure.sense.less])
        given = {"a": first.heading, "b": second.heading, "predicate": predicate}
        yield Goal(
            kind=TaskKind.COMPARE,
            skill="impossible:compare",
            url=first.url,
            clause=world.rng.choice(comparing_words.PAIR_CLAUSES).format(**given),
            question=world.rng.choice(comparing_words.PAIR_QUESTIONS).format(**given),
            evidence=Evidence(impossible=True, visited=(first.heading, second.heading), visited_any_order=True),
            steps=steps,
        )


def _untold(world: World, measure: Measure, known: Iterable[Measure], first: Page, second: Page) -> bool:
    """Return whether neither page, nor others of their kind, tell anything that could be what is asked for."""
    asked = {*measure.sense.more, *measure.sense.less}
    if any(asked & {*own.sense.more, *own.sense.less} for own in known) or _BARE.search(fold(measure.label)):
        return False
    said = [world.atlas.said(first.template), *(said_by(world.observations[one.url]) for one in (first, second))]
    return not any(fold(measure.label) in text for text in said)


def _deeds(world: World) -> Iterable[Goal]:
    """Yield changes of things that the site does not have."""
    simple = [one for one in world.effects if len(one.stages) == 1 and kind_of(one) is TaskKind.CHANGE]
    usable = [(effect, page) for effect in simple for page in pages_of(world, effect)[:EACH]]
    for effect, page in _shuffled(world, usable):
        name, button = absent_name(world, page.heading), effect.stages[0].button
        if name is not None and button:
            yield Goal(
                kind=TaskKind.CHANGE,
                skill="impossible:change",
                url=world.start,
                clause=phrasing.act(world.rng, button, name),
                evidence=Evidence(impossible=True),
            )


def _buttons(world: World) -> Iterable[Goal]:
    """Yield deeds, by their usual name, for which the site has no button. One has to look at the thing."""
    absent = _unsaid(world, EntryKind.ACT) if world.effects else []  # nothing is to be changed on a read-only site
    for page in _shuffled(world, world.named_pages()):
        heading = world.heading(page)
        if heading is not None and absent and page.facts:
            yield Goal(
                kind=TaskKind.CHANGE,
                skill="impossible:button",
                url=page.url,
                clause=phrasing.press(world.rng, world.rng.choice(absent), heading),
                evidence=Evidence(impossible=True, visited=(heading,)),
            )


def _fields(world: World) -> Iterable[Goal]:
    """Yield changes of fields that a form of the site's does not have. One has to look at the form."""
    absent = _unsaid(world, EntryKind.FIELD)
    forms = [
        one for one in world.effects if len(one.stages) == 1 and len(one.stages[0].entries) > 1 and not in_row(one)
    ]
    pages = [page for effect in forms for page in pages_of(world, effect)[:EACH]]
    for page in _shuffled(world, pages):
        heading = world.heading(page)
        if heading is not None and absent:
            field = world.rng.choice(absent)
            change = Change(Sort.TEXT, field, value_named(field, world.rng))
            yield Goal(
                kind=TaskKind.FILL,
                skill="impossible:field",
                url=page.url,
                clause=update(world.rng, [change], heading, named=False),
                evidence=Evidence(impossible=True, visited=(heading,)),
            )


def _options(world: World) -> Iterable[Goal]:
    """Yield options, by their usual name, by which a list cannot be narrowed down. One has to look at the list."""
    absent = _unsaid(world, EntryKind.OPTION)
    tried = [query for query in world.queries if not query.free and not any(entry.click for entry in query.entries)]
    for query in _shuffled(world, tried):
        page, field = world.atlas.pages.get(query.url), query.entries[0].field
        heading = world.heading(page) if page is not None else None
        if page is not None and heading is not None and absent and field and not phrasing.sorts(field):
            yield Goal(
                kind=TaskKind.SEARCH,
                skill="impossible:option",
                url=page.url,
                clause=narrowed(world.rng, page.heading, [Choice(field, world.rng.choice(absent))]),
                evidence=Evidence(impossible=True, visited=(heading,)),
            )


def _unsaid(world: World, kind: EntryKind) -> list[str]:
    """Return names of what no page shows under any of its names, on no button and behind no fold either."""
    entries = [one for one in phrasebook().entries if one.kind is kind]
    known = {word for one in entries for name in one.names for word in _WORD.findall(fold(name))}
    shown = {word for word in known if word in world.said}
    return [
        one.names[0]
        for one in entries
        if shown.isdisjoint(word for name in one.names for word in _WORD.findall(fold(name)))
    ]


def _shuffled(world: World, items: list[T]) -> list[T]:
    return world.rng.sample(items, len(items))


def absent_name(world: World, name: str) -> str | None:
    """Return a name of the same make that nothing on the site bears; None where none is found.

    Where all of the site was seen it may be put together of words that others bear: knowing them is not enough then.
    """
    said, sitemap = world.atlas.said(), world.atlas.sitemap
    whole = sitemap.complete and UNSEEN.isdisjoint(sitemap.skipped)
    if whole and world.rng.random() < MIXED and (mixed := _mixed(world, name)):
        return mixed
    found = [word for word in _WORD.findall(name) if word[0].isupper()]
    count = 1 if world.atlas.sitemap.complete else 2
    strange = [word for word in world.rng.sample(FOREIGN, TRIES) if fold(word) not in said]
    if len(found) < count or len(strange) < count:
        return None
    for word, other in zip(world.rng.sample(found, count), strange, strict=False):
        name = re.sub(rf"\b{re.escape(word)}\b", other, name, count=1)
    return name


def _mixed(world: World, name: str) -> str | None:
    """Return the name with one word of another of its kind, as nothing that was seen is called; else None."""
    pages = world.named_pages()
    own = {page.template for page in pages if page.heading == name and page.facts}
    others = [one.heading for one in pages if one.template in own and len(one.heading.split()) == len(name.split()) > 1]
    for other in world.rng.sample(others, min(TRIES, len(others))):
        words, place = name.split(), world.rng.randrange(len(name.split()))
        words[place] = other.split()[place]
        mixed = " ".join(words)
        if words[place][:1].isupper() and fold(mixed) not in world.said and fold(mixed) not in world.atlas.names:
            return mixed
    return None


def absent_label(rng: Random, atlas: Atlas, page: Page, observation: Observation) -> str | None:
    """Return the name of a fact that the page does not state; None where none is sure to be absent.

    The page has to be one that states facts, wholly seen and without parts that open; no page of its kind may state
    the fact under any of its names.
    """
    if not _is_all(page, observation):
        return None
    return labels.absent(rng, f"{atlas.said(page.template)} {said_by(observation)}")


def _is_all(page: Page, observation: Observation) -> bool:
    """Return whether a page states facts and was wholly seen."""
    rows = [fact for fact in page.facts if is_row(fact)]
    folded = any(element.role == "tab" or element.expanded is False for element in observation.elements)
    return len(rows) >= 2 and not folded and not observation.truncated
