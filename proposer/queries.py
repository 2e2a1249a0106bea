"""queries: ask the site's own search, filters and orders, and keep what they showed.

Only GET forms: nothing changes on the site. Each query that showed something becomes the ground of SEARCH tasks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from infra.contracts.observation import Element, Observation
from infra.contracts.visit import Route
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.controls import Control, Entry, controls, radio_group, script
from proposer.reading import field_name, fold, is_select, is_text_field, lines
from proposer.survey import Survey
from proposer.values import is_count, real_options
from proposer.visiting import Visitor, visit_all

#: Queries typed into a site's search, at most; at polite rates fewer.
SEARCHES = 36
#: One in so many is for a word of a name, the others for all of it.
WHOLE = 3
#: Pages of one template on which a filter is tried, and options tried of each field.
FILTER_PAGES = 4
FILTER_OPTIONS = 3
MAX_FILTERS = 48
#: Forms sent with several choices at once, at most, and per form and page.
MAX_COMBINED, COMBINED = 24, 4

#: Fields that narrow a search down and take no words: bounds and days.
_BOUND = re.compile(
    r"\b(?:price|min|max|minimum|maximum|from|(?<!where )to|under|over|less|more|arrival|departure|check-?in|check-?out"
    r"|dates?|day)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Query:
    """One GET form sent with one value, or with several."""

    url: str  # page of the map where the form stands
    control: Control
    entries: tuple[Entry, ...]
    after: Observation
    free: bool  # begins with a search in free words, not with a choice among given options


async def run_queries(survey: Survey, atlas: Atlas, visitor: Visitor, rng: Random) -> list[Query]:
    """Try the site's searches, filters and orders. Bounded in number, the polite rate considered."""
    share = min(1.0, survey.website.safety.pages_per_second / 4.0)
    searches, choices, combined = _plans(survey, atlas, rng)
    plans = searches[: max(6, int(SEARCHES * share))] + choices[: max(8, int(MAX_FILTERS * share))]
    plans += combined[: int(MAX_COMBINED * share)]
    routes = [Route(url=url, steps=script(control, made), fresh=True) for url, control, made, _ in plans]
    reports = await visit_all(survey.website, visitor, routes)
    found = []
    for (url, control, made, free), report in zip(plans, reports, strict=True):
        if report is None or any(report.requests) or (report.observations[-1].status or 200) >= 400:
            continue
        after = report.observations[-1]
        before = survey.pages[url].observation
        if canonical_url(after.url) != url or lines(after) != lines(before):
            found.append(Query(url, control, made, after, free))
    return found


Plan = tuple[str, Control, tuple[Entry, ...], bool]


def _plans(survey: Survey, atlas: Atlas, rng: Random) -> tuple[list[Plan], list[Plan], list[Plan]]:
    """Return the searches, the single choices and the combined ones to try."""
    groups: defaultdict[tuple[str, str], list[tuple[str, Control]]] = defaultdict(list)
    for url, seen in survey.pages.items():
        page = atlas.pages.get(url)
        if page is None or atlas.is_variant(page):
            continue
        for control in controls(seen.observation, {}):
            if control.method == "GET" and not control.row:
                groups[control.signature, page.template].append((url, control))
    searches: list[Plan] = []
    choices: list[Plan] = []
    combined: list[Plan] = []
    boxes: set[str] = set()
    for (signature, _), members in groups.items():
        box = next((field for field in members[0][1].fields if is_search(field)), None)
        if box is not None and signature not in boxes:
            boxes.add(signature)
            url, control = next((m for m in members if m[0] == survey.start), members[0])
            searches += [(url, control, (entry,), True) for entry in _search_entries(control, atlas, rng)]
        frame = len(members) == 1 or box is None
        if frame or members[0][1].toggles or len(members[0][1].fields) > 1:
            for url, control in members[:: max(1, len(members) // FILTER_PAGES)][:FILTER_PAGES]:
                choices += [(url, control, (entry,), False) for entry in _choices(control, rng)]
                combined += [(url, control, made, free) for made, free in _combined(control, atlas, rng)]
    rng.shuffle(choices)
    rng.shuffle(combined)
    return searches, choices, combined


def _combined(control: Control, atlas: Atlas, rng: Random) -> Iterable[tuple[tuple[Entry, ...], bool]]:
    """Yield what several fields of a form could be sent with at once, and whether words to search for are among it."""
    groups = {toggle.key: radio_group(toggle) for toggle in control.toggles if toggle.role == "radio"}
    by_field: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in _choices(control, rng):
        by_field[groups.get(entry.key, entry.key)].append(entry)
    words = _search_entries(control, atlas, rng) if any(is_search(field) for field in control.fields) else []
    if len(by_field) + bool(words) < 2:
        return
    for _ in range(COMBINED):
        free = bool(words) and (len(by_field) < 2 or rng.random() < 0.4)
        count = min(len(by_field), rng.choice((2, 2, 3)) - free)
        chosen = [rng.choice(by_field[key]) for key in rng.sample(sorted(by_field), count)]
        yield (*([rng.choice(words)] if free else []), *chosen), free


def is_search(field: Element) -> bool:
    """Return whether a form's field takes words to search for, and no bound or day."""
    return is_text_field(field) and not is_count(field) and not _BOUND.search(field_name(field))


def _search_entries(control: Control, atlas: Atlas, rng: Random) -> list[Entry]:
    """Return one entry per query: whole headings of pages, and telling words of them."""
    box = next(field for field in control.fields if is_search(field))
    pages = [page for page in atlas.pages.values() if atlas.unique(page) and page.depth > 0 and page.facts]
    pages = pages or [page for page in atlas.pages.values() if atlas.unique(page) and page.depth > 0]
    rng.shuffle(pages)
    texts: dict[str, str] = {}
    for i, page in enumerate(pages[:SEARCHES]):
        words = _WORD.findall(page.heading)
        text = page.heading if i % WHOLE or not words else rng.choice(words)
        texts.setdefault(fold(text), text if rng.random() < 0.5 else text.lower())
    return [Entry(field_name(box), text, box.key) for text in texts.values()]


def _choices(control: Control, rng: Random) -> list[Entry]:
    found: list[Entry] = []
    for field in control.fields:
        name = field_name(field)
        if not name:
            continue
        if is_select(field):
            options = [option for option in real_options(field) if option != field.value]
            found += [Entry(name, option, field.key) for option in _sample(options, rng)]
        elif is_text_field(field) and not is_search(field):
            found += [Entry(name, value, field.key, count=True) for value in _sample(("20", "50", "100"), rng)[:1]]
    for toggle in control.toggles:
        if not toggle.checked and not toggle.disabled and field_name(toggle):
            found.append(Entry(toggle.name or field_name(toggle), "on", toggle.key, click=True))
    return found


def _sample(options: Sequence[str], rng: Random) -> list[str]:
    return rng.sample(list(options), min(FILTER_OPTIONS, len(options)))
