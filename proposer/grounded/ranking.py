"""ranking: lists of one page whose entries can be told larger from smaller, and questions for the first of them. Pure.

A list is a table, rows of names with prices, or cards that link to pages and show what those pages state. Only a list
that is there in full has a most and a least of anything: none that goes on on another page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from infra.contracts.observation import Element, Observation
from infra.contracts.sitemap import Fact, Page
from infra.magnitudes import magnitude
from infra.urls import canonical_url
from proposer.atlas import Atlas, is_row
from proposer.grounded import comparing_words, phrasing
from proposer.grounded.contrast import Contrast, Measure, item_of, measure_of, nameable
from proposer.links import shape
from proposer.reading import fold
from proposer.sitemap import MAX_FACTS

#: Entries below which there is nothing to look through.
LEAST = 3
_MORE = re.compile(
    r"(?:next|older|newer|last|(?:(?:load|show|see|view) )?(?:more|all))(?: page| results| entries)?\W*|[»›>]+",
    re.IGNORECASE,
)
#: Rows that are about all others.
_SUMS = frozenset({"total", "totals", "sum", "subtotal", "together", "all", "overall", "average", "mean", "in all"})


@dataclass(frozen=True, slots=True)
class Ranking:
    """What each entry of a list has of one thing; at least one of ``most`` and ``least`` is alone in having it."""

    entries: Mapping[str, Measure]
    most: str | None
    least: str | None


def rankings(atlas: Atlas, page: Page, observation: Observation) -> list[Ranking]:
    """Return what the page's lists can be asked for."""
    if not _whole(page, observation):
        return []
    found = [*_tables(page, observation), *_priced(atlas, page), *_cards(atlas, page, observation)]
    ranked = [_ranked(entries) for entries in found if len(entries) >= LEAST]
    return [one for one in ranked if one is not None]


def ask(rng: Random, heading: str, ranking: Ranking) -> Contrast:
    """Return the question which entry of the list has the most or the least."""
    more = ranking.least is None or (ranking.most is not None and rng.random() < 0.5)
    answer = ranking.most if more else ranking.least
    sense = next(iter(ranking.entries.values())).sense
    _, predicate = rng.choice(sense.more if more else sense.less)
    given = {"page": phrasing.quoted(rng, heading, 0.3), "bare": heading, "predicate": predicate}
    clause = phrasing.page_once(rng.choice(comparing_words.LISTED_CLAUSES), heading).format(**given)
    question = phrasing.page_once(rng.choice(comparing_words.LISTED_QUESTIONS), heading).format(**given)
    return Contrast(clause, question, answer or "")


def _whole(page: Page, observation: Observation) -> bool:
    """Return whether all of the page's lists was seen: nothing cut off, no further pages."""
    if observation.truncated or len(page.facts) >= MAX_FACTS:
        return False
    return not any(_goes_on(page, element) for element in observation.elements)


def _goes_on(page: Page, element: Element) -> bool:
    if _MORE.fullmatch(element.name.strip()):
        return True
    target = canonical_url(element.href) if element.href else ""
    return target != page.url and shape(target).paging and shape(target).path == shape(page.url).path


def _tables(page: Page, observation: Observation) -> Iterable[dict[str, Measure]]:
    """Yield each column of the page's tables that states an amount of everything in its table."""
    columns: defaultdict[str, dict[str, str]] = defaultdict(dict)
    doubled: set[str] = set()
    for fact in page.facts:
        if is_row(fact) or not fact.subject or fold(fact.subject).strip(":") in _SUMS:
            continue
        if fact.subject in columns[fact.label]:
            doubled.add(fact.label)
        columns[fact.label][fact.subject] = fact.value
    subjects = {label: frozenset(column) for label, column in columns.items()}
    for label, column in columns.items():
        # A column that lacks some of the entries that another one has says nothing about the whole table.
        partial = any(other - subjects[label] for other in _others(subjects, label))
        if label in doubled or partial or not _plain(column, observation):
            continue
        measures = {subject: measure_of(label, value) for subject, value in column.items()}
        known = {subject: measure for subject, measure in measures.items() if measure is not None}
        if len(known) == len(column):
            yield known


def _others(subjects: Mapping[str, frozenset[str]], label: str) -> Iterable[frozenset[str]]:
    """Yield the entries of other columns of the same table."""
    for other, entries in subjects.items():
        if other != label and entries & subjects[label]:
            yield entries


def _plain(names: Iterable[str], observation: Observation) -> bool:
    """Return whether these are names of entries, none with something else in its cell."""
    shown = {fold(element.name) for element in observation.elements if len(element.name) > 2}
    for name in names:
        folded = fold(name)
        if not nameable(name) or magnitude(name) is not None:
            return False
        if folded not in shown and any(other in folded for other in shown):
            return False
    return True


def _priced(atlas: Atlas, page: Page) -> Iterable[dict[str, Measure]]:
    """Yield the rows that set names of pages against sums of money."""
    rows = [fact for fact in page.facts if is_row(fact) and fold(fact.label) in atlas.names and nameable(fact.label)]
    measures = {fact.label: measure_of("Price", fact.value) for fact in rows}
    priced = {name: measure for name, measure in measures.items() if measure is not None and measure.value.money}
    others = [fact for fact in page.facts if is_row(fact) and fact.label not in measures]
    if len(priced) == len(rows) and not any(_is_priced(fact) for fact in others):
        yield priced


def _is_priced(fact: Fact) -> bool:
    """Return whether a row states a price that may be another entry's, of a page that the survey did not see."""
    measure = measure_of("Price", fact.value)
    sums = fold(fact.label).strip(":") in _SUMS
    return not sums and nameable(fact.label) and measure is not None and measure.value.money


def _cards(atlas: Atlas, page: Page, observation: Observation) -> Iterable[dict[str, Measure]]:
    """Yield, for what all cards of one kind show of their pages, the pages' names with that.

    What a page about one thing shows of others beside it is no list.
    """
    if any(is_row(fact) for fact in page.facts):
        return
    cards: defaultdict[str, dict[str, tuple[Page, str]]] = defaultdict(dict)
    unknown: set[str] = set()  # of entries that the survey did not see, or that cannot be told apart
    for element in observation.elements:
        target = atlas.page(element.href) if element.href else None
        if target is not None and target.url == page.url:
            continue
        if target is None or not atlas.unique(target) or not nameable(target.heading):
            unknown.update([shape(element.href).group] if element.href else [])
            continue
        known = cards[target.template].get(target.url)
        cards[target.template][target.url] = (target, f"{known[1] if known else ''} {element.nearby}")
    for members in cards.values():
        if len(members) < LEAST or any(shape(url).group in unknown for url in members):
            continue
        items = [(item_of(atlas, target), nearby) for target, nearby in members.values()]
        for label in sorted(items[0][0].measures):
            shown = {
                item.name: item.measures[label]
                for item, nearby in items
                if label in item.measures and _shows(nearby, item.measures[label].text)
            }
            if len(shown) == len(items):
                yield shown


def _shows(nearby: str, value: str) -> bool:
    """Return whether a card states the value; a bare number could be anything."""
    return not value.isdigit() and re.search(rf"(?<![\w.]){re.escape(value)}(?![\w.])", nearby) is not None


def _ranked(entries: Mapping[str, Measure]) -> Ranking | None:
    """Return the entries with their first and last; None where they are not of one unit, or are all the same."""
    measures = list(entries.values())
    first = measures[0]
    if any(not first.alike(measure) for measure in measures):
        return None
    amounts = {name: measure.value.amount for name, measure in entries.items()}
    most = [name for name, amount in amounts.items() if amount == max(amounts.values())]
    least = [name for name, amount in amounts.items() if amount == min(amounts.values())]
    if len(most) > 1 and len(least) > 1:
        return None
    return Ranking(entries, most[0] if len(most) == 1 else None, least[0] if len(least) == 1 else None)
