"""Features of the forms that elements belong to: what was entered there, and what there is yet to be entered.

A form's button is right once everything is entered that the instruction says for it, and wrong before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agent.policy.entering import TICKED
from agent.policy.field_features import PAIR_FEATURES
from agent.policy.matching import Matcher
from agent.policy.meaning import called
from agent.policy.progress import Progress
from infra.contracts.observation import Element, Observation

FORM_FEATURES = (
    "in_form", "form_posts", "form_name", "form_fields", "form_filled", "form_missing", "form_entered",
    "form_entered_any", "form_wants_label", "form_wants_stated", "form_wants_choice", "form_wants_choice_words",
)  # fmt: skip

_LABEL = tuple(PAIR_FEATURES.index(name) for name in ("before", "nearest_before", "lead", "type_fits"))
_STATED = tuple(PAIR_FEATURES.index(name) for name in ("stated", "stated_otherwise"))
_ALREADY = PAIR_FEATURES.index("already")


class Wanted(NamedTuple):
    """What speaks for entering something into a field, each in [0, 1]."""

    label: float = 0.0  # its label's words stand before a value
    stated: float = 0.0  # the words around a value mean it
    choice: float = 0.0  # how near what can be chosen comes in meaning
    words: float = 0.0  # and in words


def wanted_texts(pairs: Sequence[tuple[Element, object]], rows: Sequence[Sequence[float]]) -> dict[int, Wanted]:
    """Return what the instruction's values say for each text field, by mark; ``rows`` are the pairs' features."""
    found: dict[int, Wanted] = {}
    for (element, _), row in zip(pairs, rows, strict=True):
        if row[_ALREADY]:
            continue
        known = found.get(element.mark, Wanted())
        label = max(known.label, *(row[i] for i in _LABEL))
        stated = max(known.stated, *(row[i] for i in _STATED))
        found[element.mark] = Wanted(label, stated)
    return found


def wanted_choices(observation: Observation, matcher: Matcher, progress: Progress) -> dict[int, Wanted]:
    """Return what the instruction says for each tick box, radio button and list that is not set so, by mark.

    Where what is set comes as near to the instruction as anything else that could be, nothing else is wanted.
    """
    found = {}
    meanings = matcher.meanings
    ticked = {_group(one): called(one) for one in observation.elements if one.role == "radio" and one.checked}
    for element in observation.elements:
        if element.form is None or element.disabled:
            continue
        if element.options:
            texts, now = element.options, element.value or ""
        elif offered := matcher.site.openers.shown(observation.url, element):
            texts, now = offered, max((one for one in offered if one and one in element.name), key=len, default="")
        elif element.role in TICKED and not element.checked:
            texts, now = (called(element),), ticked.get(_group(element), "") if element.role == "radio" else ""
        else:
            continue
        others = [text for text in texts if text and text != now]
        left = [text for text in others if matcher.rest(text, progress.consumed) > 0]
        found[element.mark] = Wanted(
            choice=_beyond((meanings.rest(text, progress.done) for text in others), meanings.of(now)[2]),
            words=_beyond((matcher.match(text)[1] for text in left), matcher.match(now)[1]),
        )
    return found


def _group(element: Element) -> tuple[int | None, str]:
    """Tell one group of radio buttons from another: they stand together."""
    return element.form, element.nearby


def _beyond(others: Iterable[float], now: float) -> float:
    """Return the greatest of ``others`` where it is more than what is set ``now``."""
    most = max(others, default=0.0)
    return most if most > now else 0.0


def form_rows(
    observation: Observation, matcher: Matcher, progress: Progress, wanted: Mapping[int, Wanted]
) -> dict[int | None, list[float]]:
    """Return FORM_FEATURES per form, by its index; None: of elements outside any form."""
    values: dict[int | None, list[float]] = {None: [0.0] * len(FORM_FEATURES)}
    fields: dict[int, list[Element]] = {}
    for element in observation.elements:
        if element.form is not None and (
            element.role in TICKED
            or (element.value is not None and element.role != "button")
            or element.mark in wanted  # a list of the site's own making is a button
        ):
            fields.setdefault(element.form, []).append(element)
    for form in observation.forms:
        own = fields.get(form.index, [])
        held = [element for element in own if element.value is not None]
        filled = sum(bool(element.value) for element in held)
        missing = sum(element.required and not element.value for element in own)
        entered = sum(at == form.index for at in progress.pending.values())
        wants = [wanted.get(element.mark, Wanted()) for element in own if element.key not in progress.pending]
        values[form.index] = [
            1.0,
            float(form.method == "POST"),
            matcher.match(form.name)[1],
            min(len(own) / 6, 1.0),
            filled / len(held) if held else 0.0,
            min(missing / 4, 1.0),
            min(entered / 4, 1.0),
            float(entered > 0),
            *(max((want[i] for want in wants), default=0.0) for i in range(len(Wanted()))),
        ]
    return values
