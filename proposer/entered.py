"""entered: what a trajectory entered into a form before it was sent. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from infra.contracts.action import Click, Select, Type
from infra.contracts.attempt import Step
from infra.contracts.observation import Element, Observation
from infra.urls import canonical_url
from proposer.controls import filled_in, radio_group, radio_label
from proposer.grounded.update_words import Change, Sort
from proposer.reading import field_name
from proposer.widgets import OPTIONS, label_of, openers

_TICKS = frozenset({"checkbox", "switch"})
_TOGGLES = _TICKS | {"radio"}


@dataclass(frozen=True, slots=True)
class Entered:
    """One field, as it was when it was first changed, and what became of it."""

    element: Element
    change: Change


def entered(steps: Sequence[Step], url: str, target: Element) -> list[Entered]:
    """Return what was entered into the form that ``target`` sent, on the page of this canonical URL.

    Each field comes once, as it was sent; one that was sent as it had been does not. An emptied field is a text without
    words. Of fields that belong to no form nobody knows what was sent.
    """
    if target.form is None:
        return []
    here = _on_page(steps, url)
    found: dict[str, Entered] = {}
    for i, (step, element) in enumerate(here):
        field, change = element, None
        if element.form == target.form and field_name(element):
            change = _change(step, element)
        if change is None and i:
            field, change = here[i - 1][1], _picked(here[i - 1][1], element, target, steps[-1].observation)
        if change is None:
            continue
        first = found[field.key].element if field.key in found else field
        found.pop(field.key, None)
        if field.role == "radio":
            for key in [key for key, one in found.items() if _same_choice(one.element, field)]:
                del found[key]
        if field.role not in _TICKS or bool(first.checked) != (change.sort is Sort.ON):
            found[field.key] = Entered(first, change)
    sent = {element.key: element for element in steps[-1].observation.elements}
    return [one for one in found.values() if not _as_before(one, sent.get(one.element.key), steps[-1], target)]


def amends(observation: Observation, target: Element, changed: Sequence[Entered]) -> bool:
    """Return whether the sent form held something before, of which a part was changed."""
    before = {one.element.key: one.element for one in changed}
    members = [before.get(e.key, e) for e in observation.elements if e.form == target.form]
    new = any(one.element.tag == "textarea" and not one.element.value for one in changed)
    fields, toggles = [e for e in members if e.role not in _TOGGLES], [e for e in members if e.role in _TOGGLES]
    return not new and filled_in(fields, toggles)


def acted_on(step: Step) -> Element | None:
    """Return the element that the step's action was meant for."""
    mark = getattr(step.action, "mark", None)
    return next((element for element in step.observation.elements if element.mark == mark), None)


def _on_page(steps: Sequence[Step], url: str) -> list[tuple[Step, Element]]:
    """Return the last steps that were taken on the page, with what they acted on."""
    here: list[tuple[Step, Element]] = []
    for step in reversed(steps):
        if canonical_url(step.observation.url) != url:
            break
        element = acted_on(step)
        if element is not None:
            here.append((step, element))
    return here[::-1]


def _change(step: Step, element: Element) -> Change | None:
    name = field_name(element)
    match step.action:
        case Type(text=text):
            return Change(Sort.TEXT, name, text)
        case Select(option=option):
            return Change(Sort.OPTION, name, option)
        case Click() if element.role == "radio":
            return Change(Sort.OPTION, radio_label(element), element.name)
        case Click() if element.role in _TICKS:
            return Change(Sort.OFF if element.checked else Sort.ON, name)
    return None


def _as_before(one: Entered, sent: Element | None, last: Step, target: Element) -> bool:
    """Return whether a field was sent as it had been: nothing took, or what it held was entered again."""
    if one.change.sort not in (Sort.TEXT, Sort.OPTION) or one.element.value is None:
        return False
    if one.element.key == target.key and isinstance(last.action, Type | Select):
        return one.change.value == one.element.value  # it was entered and sent at once
    return sent is not None and sent.value == one.element.value


def _picked(opener: Element, option: Element, target: Element, last: Observation) -> Change | None:
    """Return the choice of an option of a list that a button of the form had opened."""
    if opener.form != target.form or option.role not in OPTIONS or not openers([opener]):
        return None
    label = label_of(opener, option.name, last)
    return Change(Sort.OPTION, label, option.name) if label else None


def _same_choice(one: Element, other: Element) -> bool:
    return one.role == "radio" and radio_group(one) == radio_group(other)
