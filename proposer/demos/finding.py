"""finding: which element of a page a step of a demonstration means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from infra.contracts.observation import Element, Observation
from infra.errors import PaeError
from proposer.demos.said import Said, Verb
from proposer.reading import field_name, fold, is_select, is_text_field

_TOGGLES = frozenset({"checkbox", "radio", "switch"})


class CannotFollow(PaeError):
    """A step of a demonstration cannot be followed; the message says why."""


def element_for(step: Said, page: Observation) -> Element:
    """Return the element of the page that the step means; of several search boxes the first.

    Raises:
        CannotFollow: there is none, or there are several that differ.
    """
    fit = [one for one in page.elements if not one.disabled and _SERVES[step.verb](one)]
    if step.verb is Verb.SEARCH:
        fit = [one for one in fit if one.role == "searchbox" or "search" in fold(field_name(one))] or _alone(fit, page)
    if step.within:
        fit = [one for one in fit if fold(step.within) in fold(f"{one.nearby} {one.context}")]
    if step.role:
        fit = [one for one in fit if one.role == step.role] or fit
    if step.verb is Verb.CHOOSE:
        fit = [one for one in fit if option_of(one, step.value) is not None]
    best = _called(step.target, fit) if step.target else fit
    where = f"on {page.url}" + (f" beside “{step.within}”" if step.within else "")
    name = f"“{step.target}”" if step.target else f"“{step.value}”"
    if not best:
        raise CannotFollow(f"there is nothing to {step.verb.value} {name} {where}")
    same_link = best[0].href is not None and len({one.href for one in best}) == 1
    if len(best) > 1 and step.verb is not Verb.SEARCH and not same_link:
        raise CannotFollow(f"it can {step.verb.value} {len(best)} things of the name {name} {where}")
    return best[0]


def option_of(element: Element, value: str) -> str | None:
    """Return the label of the option that is meant; None where the element has none."""
    return next((option for option in element.options or () if fold(option) == fold(value)), None)


def _called(name: str, elements: Iterable[Element]) -> list[Element]:
    """Return those of the name, else those whose name has it within."""
    named = [(one, {fold(text) for text in _names(one)}) for one in elements]
    wanted = fold(name)
    exact = [one for one, names in named if wanted in names]
    within = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return exact or [one for one, names in named if any(map(within.search, names))]


def _alone(fields: list[Element], page: Observation) -> list[Element]:
    """Return the only field that is sent without changing anything, which is a search box whatever it is called."""
    asking = {shape.index for shape in page.forms if shape.method.upper() == "GET"}
    found = [one for one in fields if one.form in asking]
    return found if len(found) == 1 else []


def _names(element: Element) -> Iterable[str]:
    yield from (element.name, element.label or "", element.placeholder or "", field_name(element))


def _anything(element: Element) -> bool:
    return True


def _toggle(element: Element) -> bool:
    return element.role in _TOGGLES


_SERVES: dict[Verb, Callable[[Element], bool]] = {
    Verb.CLICK: _anything,
    Verb.ENTER: is_text_field,
    Verb.SUBMIT: is_text_field,
    Verb.SEARCH: is_text_field,
    Verb.CHOOSE: is_select,
    Verb.TICK: _toggle,
    Verb.UNTICK: _toggle,
}
