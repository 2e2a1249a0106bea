"""folds: what pages show only once a tab, a menu or a closed section is opened. Opening changes nothing on the site."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from infra.contracts.observation import Element, Observation
from infra.contracts.sitemap import Opener, SiteMap
from infra.contracts.visit import Route, ScriptStep
from proposer.effects import Place, page_slots
from proposer.reading import CHOICE_ROLES, fold, lines
from proposer.survey import Survey
from proposer.visiting import Visitor, visit_all

#: Pages of one template on which an opener is tried; on more templates than this it is part of the site's frame.
PAGES, TEMPLATES = 3, 3
#: Openers that are tried in all; at polite rates fewer.
MOST = 60
#: Of what opens, the texts that the map keeps, and their length.
MOST_TEXTS, LONGEST_TEXT = 40, 120
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Fold:
    """Something that opens: where it stands, and what the page shows then."""

    url: str  # canonical URL of a page of the map
    key: str
    name: str
    after: Observation


async def open_folds(survey: Survey, sitemap: SiteMap, visitor: Visitor) -> list[Fold]:
    """Open tabs and closed sections on a few pages of each template, and keep what then shows more."""
    share = min(1.0, survey.website.safety.pages_per_second / 4.0)
    plans = list(_plans(survey, sitemap))[: int(MOST * share)]
    routes = [Route(url=url, steps=(ScriptStep(key=one.key),), fresh=True) for url, one in plans]
    found = []
    for (url, one), report in zip(plans, await visit_all(survey.website, visitor, routes), strict=True):
        if report is None or any(report.requests):
            continue
        before, after = report.observations[0], report.observations[-1]
        if before.url == after.url and shows_more(before, after):
            found.append(Fold(url, one.key, one.name, after))
    return found


def places(folds: Sequence[Fold], survey: Survey, sitemap: SiteMap) -> Iterator[Place]:
    """Yield the map's pages with something opened."""
    pages = {page.url: page for page in sitemap.pages}
    for opened in folds:
        yield Place(
            url=opened.url,
            observation=opened.after,
            slots=page_slots(survey.pages[opened.url].observation, pages[opened.url].heading),
            steps=(ScriptStep(key=opened.key),),
            clicks=((opened.key, opened.name),),
        )


def opener(opened: Fold, before: Observation) -> Opener:
    """Return for the map what something that opens has shown; ``before``: its page as it was."""
    after = opened.after
    keys, known = {element.key for element in before.elements}, set(lines(before))
    new = [element.name for element in after.elements if element.key not in keys and element.name]
    new += [line for line in lines(after) if line not in known and len(line) <= LONGEST_TEXT]
    return Opener(page=opened.url, key=opened.key, name=opened.name, texts=tuple(dict.fromkeys(new))[:MOST_TEXTS])


def shows_more(before: Observation, after: Observation) -> bool:
    """Return whether there is more to read or to act upon, and it is not the options of a list."""
    keys = {element.key for element in before.elements}
    new = [element for element in after.elements if element.key not in keys]
    if any(element.role == "option" for element in new):
        return False
    return bool(new) or not set(lines(after)) <= set(lines(before))


def opens(element: Element) -> bool:
    """Return whether an element is a tab that is not chosen, or a button that opens something closed."""
    if element.disabled or element.href or element.role in CHOICE_ROLES or element.options:
        return False
    return (element.role == "tab" and not element.selected) or element.expanded is False


def _plans(survey: Survey, sitemap: SiteMap) -> Iterable[tuple[str, Element]]:
    """Yield pages with the openers to try there, each sort of opener on one page before any on a second."""
    members: defaultdict[tuple[str, str], defaultdict[str, list[tuple[str, Element]]]]
    members = defaultdict(lambda: defaultdict(list))
    for page in sitemap.pages:
        seen = survey.pages.get(page.url)
        for element in filter(opens, seen.observation.elements if seen is not None else ()):
            sort = (element.role, _DIGITS.sub("#", fold(element.name)))
            members[sort][page.template].append((page.url, element))
    turns: tuple[list[tuple[str, Element]], ...] = tuple([] for _ in range(PAGES))
    for templates in members.values():
        if len(templates) > TEMPLATES:
            turns[0].append(next(iter(templates.values()))[0])
            continue
        for own in templates.values():
            for turn, member in zip(turns, own[:: max(1, len(own) // PAGES)], strict=False):
                turn.append(member)
    for turn in turns:
        yield from turn
