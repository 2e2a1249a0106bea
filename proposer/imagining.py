"""imagining: what a page looks like with other names and values than those that it was seen with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from infra.contracts.observation import Element, Observation, TextChunk
from infra.contracts.visit import ScriptStep
from proposer.controls import radio_group
from proposer.reading import fold, is_select, lines

#: Shorter values, and shorter numbers, may stand anywhere for other reasons.
LEAST, LEAST_DIGITS = 3, 5

#: What an element and a piece of text say.
_ELEMENT = ("name", "value", "nearby", "context")
_CHUNK = ("text", "label", "value", "subject")


class Names:
    """Names and values that take the place of others wherever those stand as whole words."""

    def __init__(
        self,
        first: Observation,
        old: Mapping[str, str],
        new: Mapping[str, str],
        values: Iterable[tuple[str | None, str | None]],
    ) -> None:
        """Prepare; ``first``: the page before anything was entered, ``old`` and ``new``: slots of the two pages.

        ``values``: what was entered and what is entered instead. Of those, what the page showed anyway stays.
        """
        said = " ".join(fold(line) for line in lines(first))
        entered = [(a, b) for a, b in values if a and b and a != b]
        pairs = [(value, new[name]) for name, value in old.items() if name in new]
        pairs += [(a, b) for a, b in entered if fold(a) not in said]
        self._instead = {a: b for a, b in reversed(pairs) if a != b and _telling(a)}
        self._pattern = _words(self._instead)
        self._kept = _words([a for a, _ in entered if a not in self._instead])

    def put_into(self, observation: Observation) -> Observation:
        """Return the observation with the names put in."""
        elements = [one.model_copy(update=self._said(one, _ELEMENT)) for one in observation.elements]
        chunks = [one.model_copy(update=self._said(one, _CHUNK)) for one in observation.chunks]
        return observation.model_copy(
            update={"elements": tuple(elements), "chunks": tuple(chunks), "title": self.said(observation.title)}
        )

    def said(self, text: str) -> str:
        """Return the text with the names put in."""
        return self._pattern.sub(lambda found: self._instead[found.group()], text)

    def wanting(self, first: Observation, after: Observation) -> bool:
        """Return whether something new on a page is what was entered and cannot be exchanged."""
        known = set(lines(first))
        return any(self._kept.search(line) for line in lines(after) if line not in known)

    def _said(self, part: Element | TextChunk, names: Iterable[str]) -> dict[str, str]:
        return {name: self.said(text) for name in names if (text := getattr(part, name))}


def _telling(value: str) -> bool:
    return len(value) >= (LEAST_DIGITS if value.isdigit() else LEAST)


def _words(values: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these values as whole words, the longest first."""
    longest = sorted(values, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![\w.]){re.escape(one)}(?!\w|\.\d)" for one in longest) or "(?!)")


def changed(at: Observation, first: Observation, after: Observation) -> Observation:
    """Return a page with what was new on, or gone from, another page of its kind once something was done there."""
    gone = keys_of(first) - keys_of(after)
    elements = [one for one in at.elements if one.key not in gone]
    elements += [one for one in after.elements if one.key not in keys_of(first) | keys_of(at)]
    was, now = set(lines(first)), set(lines(after))
    chunks = [chunk for chunk in after.chunks if chunk.text not in was]
    chunks += [chunk for chunk in at.chunks if chunk.text not in was - now]
    numbered = [one.model_copy(update={"mark": mark}) for mark, one in enumerate(elements)]
    return at.model_copy(update={"elements": tuple(numbered), "chunks": tuple(chunks), "error": after.error})


def entered(observation: Observation, step: ScriptStep) -> Observation:
    """Return the page with the step's value in its field, or its box ticked; else as it was."""
    element = element_of(observation, step.key)
    if element is None:
        return observation
    changed: dict[str, Element] = {}
    if step.value is not None:
        changed[element.key] = element.model_copy(update={"value": step.value})
    elif element.role == "radio":
        group = [
            one for one in observation.elements if one.role == "radio" and radio_group(one) == radio_group(element)
        ]
        changed |= {one.key: one.model_copy(update={"checked": one.key == element.key}) for one in group}
    elif element.role in ("checkbox", "switch"):
        changed[element.key] = element.model_copy(update={"checked": not element.checked})
    elements = tuple(changed.get(one.key, one) for one in observation.elements)
    return observation.model_copy(update={"elements": elements})


def takes(observation: Observation, step: ScriptStep, was: Element | None = None) -> bool:
    """Return whether the page's field would take the step's value, or its box the click as the one that ``was`` did.

    What is not on the page is not known to refuse.
    """
    element = element_of(observation, step.key)
    if element is None:
        return True
    if is_select(element) and step.value not in (None, *(element.options or ())):
        return False
    return was is None or (element.checked, element.disabled) == (was.checked, was.disabled)


def element_of(observation: Observation, key: str) -> Element | None:
    """Return the element with this key, if the page has it."""
    return next((one for one in observation.elements if one.key == key), None)


def keys_of(observation: Observation) -> set[str]:
    """Return the keys of all that can be acted upon."""
    return {element.key for element in observation.elements}
