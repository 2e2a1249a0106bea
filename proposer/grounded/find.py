"""find: find a fact and answer with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from infra.contracts.sitemap import Fact, Page
from infra.contracts.task import Evidence, TaskKind
from proposer.atlas import Atlas, is_row
from proposer.grounded import labels, phrasing
from proposer.grounded.goal import Goal, World
from proposer.reading import fold

MAX_LABEL = 50
MAX_VALUE = 80
MAX_ROWS = 8
MAX_CELLS = 6

_WORDS = re.compile(r"[^\W\d_]{2,}")


def goals(world: World) -> Iterable[Goal]:
    """Yield goals for the facts of pages that have a name of their own."""
    for page in world.named_pages():
        rows = [fact for fact in page.facts if is_row(fact) and usable(world, page, fact)]
        cells = [fact for fact in page.facts if not is_row(fact) and usable(world, page, fact)]
        for fact in _sample(rows, MAX_ROWS, world.rng) + _sample(cells, MAX_CELLS, world.rng):
            yield goal(world, page, fact)


def askable(atlas: Atlas, fact: Fact) -> bool:
    """Return whether a fact reads as an answer to a question about its label.

    A listing's two-cell rows (an item's name with its price) look like labels with values and are none.
    """
    label, value = fact.label, fact.value
    if not (2 <= len(label) <= MAX_LABEL and 1 <= len(value) <= MAX_VALUE) or not _WORDS.search(label):
        return False
    if fold(value) in (fold(label), fold(fact.subject or "")):
        return False
    if fold(label) in atlas.names:
        return False
    return is_row(fact) or bool(
        fact.subject and len(fact.subject) <= MAX_LABEL and fold(fact.subject) not in atlas.names
    )


def words(rng: Random, fact: Fact, page: Page) -> tuple[str, str]:
    """Return a clause and a question that ask for the fact on its page."""
    subject, heading = fact.subject or page.heading, page.heading
    own = fold(subject) == fold(heading)
    if not own:
        subject = f"{subject} on the {heading} page" if rng.random() < 0.5 else f"{subject} ({heading})"
    if own:
        return words_for(rng, fact.label, subject, [other.label for other in page.facts])
    noun = phrasing.field_words(fact.label)
    return phrasing.find(rng, noun, subject), phrasing.ask(rng, noun, subject)


def words_for(rng: Random, label: str, subject: str, others: Iterable[str] = ()) -> tuple[str, str]:
    """Return a clause and a question that ask for what a label says about a subject, now and then in other words.

    ``others``: the labels of the page, of which none may be meant by those words.
    """
    if labels.alone(label, others):
        free, noun = labels.free_question(rng, label), labels.noun(rng, label)
    else:
        free, noun = None, phrasing.field_words(label)
    asked = free.format(subject=subject) if free else phrasing.ask(rng, noun, subject)
    return phrasing.find(rng, noun, subject), asked


def usable(world: World, page: Page, fact: Fact) -> bool:
    """Return whether a page's fact can be asked for without doubt; count why not."""
    if not askable(world.atlas, fact):
        world.dropped["not a question"] += 1
    elif world.atlas.ambiguous_fact(page, fact):
        world.dropped["ambiguous"] += 1
    elif world.at_start(fact.label, fact.value) and not is_row(fact):
        world.dropped["holds at start"] += 1
    else:
        return True
    return False


def _sample(facts: list[Fact], count: int, rng: Random) -> list[Fact]:
    return rng.sample(facts, min(count, len(facts)))


def goal(world: World, page: Page, fact: Fact) -> Goal:
    """Return the goal to find a fact on its page."""
    clause, asked = words(world.rng, fact, page)
    heading = world.heading(page)
    return Goal(
        kind=TaskKind.FIND,
        skill=f"find:{page.template}",
        url=page.url,
        clause=clause,
        question=asked,
        evidence=Evidence(
            answer=fact.value,
            visited=(heading,) if heading else (),
            url=None if heading else page.url,
        ),
    )
