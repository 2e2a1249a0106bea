"""The pages of the map that an instruction could be about: what the policy chooses its way by.

A page is worth going to for what it says, and that can be said of the whole map at once, before any click. So the
network scores these *aims* first, and what it thinks of them reaches every element through the clicks that lead there
(cf. planning on a topological map, Savinov et al. 2018, arXiv 1803.00653). Which page was the right one is known in
hindsight: the one where the next thing was done that was not following a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from agent.policy.matching import Matcher
from agent.policy.page_vectors import Array
from agent.policy.progress import Progress
from agent.policy.site import HORIZON, closeness
from agent.policy.spans import spans
from agent.policy.text import fold
from infra.contracts.sitemap import Page

#: Aims per turn at most, and how many of them each way of ranking pages may name.
MOST_AIMS, MOST_OF_EACH = 24, 8

#: Of the best heading's match, what makes another one likely.
LIKELY = 0.6

#: Weight of what pages are called among those whose forms are equally near: every product has its "Add to cart".
LIKE_FORMS = 0.1

AIM_FEATURES = (
    "heading", "text", "label", "best_heading", "best_text", "best_total", "rest_heading", "rest_total", "best_rest",
    "sense_name", "sense_gist", "sense_fact", "sense_passage", "sense_ask",
    "best_name", "best_gist", "best_fact", "best_passage", "best_ask",
    "named", "named_left", "named_next", "here", "seen", "close", "depth", "facts", "forms", "fields", "posts",
    "form_name", "form_fields", "form_meaning",
    "place", "ahead", "turn", "sent_from", "here_pending", "here_sent",
    "question", "quoted", "values", "length", "unknown", "values_left", "pending", "sent", "steps",
)  # fmt: skip

#: What an element's target, or this page, is to an aim, in the order of the rows of ``reach``.
REACH = ("close", "gain", "there")


def aims(matcher: Matcher, progress: Progress) -> tuple[int, ...]:
    """Return the pages that the instruction could be about, at most MOST_AIMS, the named ones first.

    They do not change while an attempt goes on, but for pages that match what is left of the instruction.
    """
    goals, rest, sense = progress.goals, progress.rest_goals, matcher.sense
    found: dict[int, None] = {}
    for mention in matcher.mentions:
        found.update(dict.fromkeys(sorted(mention.pages)))
    rankings: list[Array] = []
    if goals is not None:
        rankings += [goals.total, goals.heading]
    if rest is not None and rest is not goals:
        rankings.append(rest.total)
    if sense is not None:
        called = sense.name + sense.gist
        rankings += [called, sense.name, sense.fact + sense.passage, sense.ask + LIKE_FORMS * called]
    best = [np.argsort(-ranking, kind="stable")[:MOST_OF_EACH] for ranking in rankings]
    for place in range(MOST_OF_EACH):
        for order, ranking in zip(best, rankings, strict=True):
            if place < len(order) and ranking[order[place]] > 0:
                found[int(order[place])] = None
    return tuple(found)[:MOST_AIMS]


def aim_rows(pages: tuple[int, ...], matcher: Matcher, progress: Progress) -> list[list[float]]:
    """Return one row of AIM_FEATURES per aim."""
    asked = _asked(matcher, progress)
    matcher.meanings.read(name for page in pages for name in _form_names(matcher.site.map_page(page)))
    places = {page: _place(page, matcher) for page in pages}
    turns = _turns(pages, places, matcher, progress)
    return [[*_row(page, matcher, progress), *_order(page, places[page], turns, progress), *asked] for page in pages]


def _place(page: int, matcher: Matcher) -> float:
    """Return where in the instruction a page is named, or said to be about something; 0 where it is not."""
    for mention in matcher.mentions:
        if page in mention.pages:
            return matcher.place(mention.position)
    known = matcher.site.map_page(page)
    return matcher.where(known.heading or known.title)


def _turns(
    pages: tuple[int, ...], places: Mapping[int, float], matcher: Matcher, progress: Progress
) -> Mapping[int, int]:
    """Number the pages that are likely meant and were not seen yet in the order in which the instruction says them."""
    named = frozenset[int]().union(*(mention.pages for mention in matcher.mentions))
    goals = progress.goals
    likely = [
        page
        for page in pages
        if page not in progress.seen and (page in named or (goals is not None and goals.standing(page)[0] >= LIKELY))
    ]
    return {page: i for i, page in enumerate(sorted(likely, key=places.__getitem__))}


def _order(page: int, place: float, turns: Mapping[int, int], progress: Progress) -> list[float]:
    """place … here_sent: whether it is this page's turn."""
    here = page == progress.page
    return [
        place,
        place - progress.reached if place or page in turns else 0.0,
        max(0.0, 1.0 - turns[page] / 3) if page in turns else 0.0,
        float(page in progress.sent_from),
        float(here and bool(progress.pending)),
        float(here and progress.sent_here),
    ]


def _asked(matcher: Matcher, progress: Progress) -> list[float]:
    """question … steps: what kind of instruction it is, and how much of it was done.

    One that gives values to be entered is about a form.
    """
    found = spans(matcher.instruction)
    values = sum(span.is_value for span in found)
    return [
        float("?" in matcher.instruction),
        float(any(span.quoted for span in found)),
        min(values / 4, 1.0),
        min(len(matcher.instruction.split()) / 30, 1.0),
        matcher.unknown,
        min(sum(span.is_value and fold(span.text) not in progress.typed for span in found) / 4, 1.0),
        float(bool(progress.pending)),
        float(bool(progress.sent_from)),
        min(sum(progress.visited.values()) / 10, 1.0),
    ]


def _row(page: int, matcher: Matcher, progress: Progress) -> list[float]:
    goals, rest, sense = progress.goals, progress.rest_goals, matcher.sense
    lexical, left = [0.0] * 6, [0.0] * 3
    if goals is not None:
        lexical = [float(goals.heading[page]), float(goals.text[page]), float(goals.label[page])]
        lexical += goals.standing(page)
    if rest is not None:
        left = [float(rest.heading[page]), float(rest.total[page]), rest.standing(page)[2]]
    meaning = [0.0] * 10
    if sense is not None:
        meaning = [*sense.near(page), *sense.standing(page)]
    clicks = matcher.site.clicks_to(page)
    far = HORIZON if progress.page is None else float(clicks[progress.page])
    return [
        *lexical,
        *left,
        *meaning,
        float(any(page in mention.pages for mention in matcher.mentions)),
        float(any(page in mention.pages for mention in progress.left)),
        float(bool(progress.left) and page in progress.left[0].pages),
        float(page == progress.page),
        float(page in progress.seen),
        closeness(far),
        *_kind(matcher.site.map_page(page), matcher),
    ]


def _form_names(page: Page) -> list[str]:
    return [text for form in page.forms for text in (form.name, form.submit_name or "") if text]


def _kind(page: Page, matcher: Matcher) -> list[float]:
    """depth … form_meaning: what the page is, and what its forms ask for."""
    names = _form_names(page)
    fields = [field.name for form in page.forms for field in form.fields]
    return [
        min(page.depth / 5, 1.0),
        min(len(page.facts) / 10, 1.0),
        min(len(page.forms) / 3, 1.0),
        min(len(fields) / 8, 1.0),
        float(any(form.method == "POST" for form in page.forms)),
        max((matcher.match(text)[1] for text in names), default=0.0),
        max((matcher.match(text)[1] for text in fields), default=0.0),
        max((matcher.meanings.of(text)[2] for text in names), default=0.0),
    ]


def reach(
    targets: Sequence[int | None], pages: tuple[int, ...], matcher: Matcher, progress: Progress
) -> npt.NDArray[np.float16]:
    """Return what pages of the map are to the aims; zeros for pages that are not known. Shape [targets, REACH, m]."""
    rows = np.zeros((len(targets), len(REACH), len(pages)), dtype=np.float16)
    known = [i for i, target in enumerate(targets) if target is not None]
    if not known or not pages:
        return rows
    numbers = np.array([target for target in targets if target is not None])
    clicks = np.stack([matcher.site.clicks_to(aim) for aim in pages])  # [m, pages of the map]
    far = clicks[:, numbers].T
    rows[known, 0] = np.where(far < HORIZON, np.exp(-far), 0.0)
    if progress.page is not None:
        rows[known, 1] = (clicks[:, progress.page] - far).clip(-1.0, 1.0)
    rows[known, 2] = numbers[:, None] == np.array(pages)
    return rows
