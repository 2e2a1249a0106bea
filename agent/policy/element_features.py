"""Features of the page's elements: what they say, where they lead, what state they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from agent.policy.directions import DIRECTIONS, directions
from agent.policy.form_features import FORM_FEATURES, Wanted, form_rows
from agent.policy.matching import MATCH, Matcher
from agent.policy.meaning import MEANING, called
from agent.policy.progress import Progress
from agent.policy.site import Array, closeness
from infra.contracts.observation import SENDING_TYPES, Element, Observation
from infra.urls import canonical_url

ROLES = ("link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "tab", "spinbutton")
#: Roles that are used as others are.
_ALIKE = {"switch": "checkbox", "menuitemcheckbox": "checkbox", "menuitemradio": "radio"}

_LEADS = (
    "known", "heading", "text", "label", "near1", "near2", "close_heading", "close_text", "close_total",
    "gain_heading", "gain_text", "gain_total", "rest_heading", "rest_total", "rest_close", "rest_gain",
    "best_heading", "best_text", "best_total", "best_rest", "named", "named_left", "named_next", "next_close",
    "next_gain", "sense_name", "sense_gist", "sense_best_name", "sense_best_gist", "sense_close", "sense_gain",
)  # fmt: skip
_STATE = (
    "seen", "touched", "entered", "here", "in_viewport", "checked", "selected", "folds", "expanded", "required",
    "filled", "submits", "value_match", "nameless", "name_words",
)  # fmt: skip
#: What an element has been seen to show when it is pressed, where it is closed.
_OPENS = ("opens", "opens_text", "opens_weight", "opens_phrase", "opens_meaning")
_AMONG = ("twins", "place", "other_role", "off_site", "new")

ELEMENT_FEATURES = (
    *(f"name_{i}" for i in range(MATCH)),
    *(f"name_meaning_{i}" for i in range(MEANING)),
    "name_meaning_gap",
    "name_meaning_rest",
    "nearby_meaning",
    "name_rest",
    *(f"label_{i}" for i in range(MATCH)),
    *(f"nearby_{i}" for i in range(MATCH)),
    "nearby_rest",
    "context_instruction",
    "context_text",
    "placeholder_text",
    "href_instruction",
    "href_text",
    *_LEADS,
    *_STATE,
    *FORM_FEATURES,
    *_OPENS,
    *_AMONG,
    *DIRECTIONS,
    *ROLES,
)


def _leads(target: int | None, matcher: Matcher, progress: Progress) -> list[float]:
    goals, rest = progress.goals, progress.rest_goals
    if target is None or goals is None:
        return [0.0] * len(_LEADS)
    values = [1.0, *(float(a[target]) for a in (goals.heading, goals.text, goals.label, goals.near1, goals.near2))]
    values += [closeness(float(distance[target])) for distance in goals.distances]
    values += [_gain(distances, target, progress.page) for distances in goals.distances]
    if rest is None:
        values += [0.0, 0.0, 0.0, 0.0, *goals.standing(target), 0.0]
        return [*values, *_named(target, matcher, progress), *_sense(target, matcher, progress)]
    far = float(rest.distances[2][target])
    return [
        *values,
        float(rest.heading[target]),
        float(rest.total[target]),
        closeness(far),
        _gain(rest.distances[2], target, progress.page),
        *goals.standing(target),
        rest.standing(target)[2],
        *_named(target, matcher, progress),
        *_sense(target, matcher, progress),
    ]


def _sense(target: int, matcher: Matcher, progress: Progress) -> list[float]:
    """sense_name … sense_gain: how near the target is in meaning, and whether it leads to the nearest page."""
    sense = matcher.sense
    if sense is None:
        return [0.0] * 6
    name, gist, far = (
        float(sense.name[target]),
        float(sense.gist[target]),
        float(matcher.site.clicks_to(sense.best)[target]),
    )
    return [
        name,
        gist,
        name / max(sense.peaks[0], 1e-6),
        gist / max(sense.peaks[1], 1e-6),
        closeness(far),
        _gain(matcher.site.clicks_to(sense.best), target, progress.page),
    ]


def _named(target: int, matcher: Matcher, progress: Progress) -> list[float]:
    """named … next_gain: whether the instruction names the target, and whether it leads to what it names next."""
    left = progress.left
    values = [
        float(any(target in mention.pages for mention in matcher.mentions)),
        float(any(target in mention.pages for mention in left)),
    ]
    if not left:
        return [*values, 0.0, 0.0, 0.0]
    clicks = left[0].distances
    far = float(clicks[target])
    return [
        *values,
        float(target in left[0].pages),
        closeness(far),
        _gain(clicks, target, progress.page),
    ]


def _gain(distances: Array, target: int, page: int | None) -> float:
    """How many clicks nearer to the goal the target is than this page, within [-1, 1]."""
    if page is None:
        return 0.0
    return max(-1.0, min(1.0, float(distances[page] - distances[target])))


def element_rows(
    observation: Observation, matcher: Matcher, progress: Progress, wanted: Mapping[int, Wanted]
) -> list[list[float]]:
    """Return one row of ELEMENT_FEATURES per element, in the observation's order.

    ``wanted`` says by a field's mark what speaks for entering something there.
    """
    forms = form_rows(observation, matcher, progress, wanted)
    twins = Counter((element.role, element.name) for element in observation.elements)
    host = urlsplit(observation.url).netloc
    count = max(len(observation.elements), 1)
    leads: dict[int | None, list[float]] = {}
    nearest = max((matcher.meanings.of(called(element))[2] for element in observation.elements), default=0.0)
    rows = []
    for i, element in enumerate(observation.elements):
        target = matcher.site.target(progress.page, element.key, element.href)
        if target not in leads:
            leads[target] = _leads(target, matcher, progress)
        role = _ALIKE.get(element.role, element.role)
        row = _words(element, matcher, progress, nearest)
        row += leads[target]
        row += _state(element, matcher, progress, host)
        row += forms.get(element.form, forms[None])
        row += _opens(matcher.site.openers.shown(observation.url, element), matcher)
        row += [
            1.0 / twins[element.role, element.name],
            i / count,
            float(role not in ROLES),
            float(element.href is not None and urlsplit(element.href).netloc != host),
            float(bool(progress.new_lines) and element.name in progress.new_lines),
            *directions(element.name, matcher.instruction),
        ]
        row += [float(role == one) for one in ROLES]
        rows.append(row)
    return rows


def _opens(texts: Sequence[str], matcher: Matcher) -> list[float]:
    """opens … opens_meaning: the best that an element shows."""
    if not texts:
        return [0.0] * len(_OPENS)
    matches = [matcher.match(text) for text in texts]
    return [
        1.0,
        *(max(match[i] for match in matches) for i in (1, 2, 3)),
        max(matcher.meanings.of(text)[2] for text in texts),
    ]


def _words(element: Element, matcher: Matcher, progress: Progress, nearest: float) -> list[float]:
    meaning = matcher.meanings.of(called(element))
    context = matcher.match(element.context)
    path = urlsplit(element.href).path.replace("/", " ").replace("-", " ").replace("_", " ") if element.href else ""
    href = matcher.match(path)
    return [
        *matcher.match(element.name),
        *meaning,
        nearest - meaning[2],
        matcher.meanings.rest(called(element), progress.done),
        matcher.meanings.of(element.nearby)[1],
        matcher.rest(element.name, progress.consumed),
        *matcher.match(element.label or ""),
        *matcher.match(element.nearby),
        matcher.rest(element.nearby, progress.consumed),
        context[0],
        context[1],
        matcher.match(element.placeholder or "")[1],
        href[0],
        href[1],
    ]


def _state(element: Element, matcher: Matcher, progress: Progress, host: str) -> list[float]:
    where = canonical_url(element.href) if element.href and urlsplit(element.href).netloc == host else None
    return [
        float(where is not None and where in progress.visited),
        min(progress.touched[element.key], 3) / 3,
        float(element.key in progress.pending),
        float(where == progress.url),
        float(element.in_viewport),
        float(bool(element.checked)),
        float(bool(element.selected)),
        float(element.expanded is not None),
        float(bool(element.expanded)),
        float(element.required),
        float(bool(element.value)),
        float(element.form is not None and element.input_type in SENDING_TYPES),
        matcher.match(element.value or "")[1],
        float(not element.name),
        min(len(element.name.split()) / 10, 1.0),
    ]
