"""Small readings of an observation that the survey, the tasks and hindsight share."""

from __future__ import annotations

import re

from infra.contracts.observation import ChunkKind, Element, Observation

#: Roles of elements into which a value is typed.
TEXT_ROLES = frozenset({"textbox", "searchbox", "spinbutton"})
#: Roles of elements of which an option is chosen by its label.
CHOICE_ROLES = frozenset({"combobox", "listbox"})

_HARMFUL = re.compile(r"\b(?:log ?out|sign ?out|delete|deactivate|close account|unsubscribe)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Fold white space and case, for comparisons."""
    return _SPACE.sub(" ", text).strip().casefold()


def harmful(name: str) -> bool:
    """Return whether a button of this name ends or destroys what nobody has asked to end."""
    return _HARMFUL.search(name) is not None


def main_heading(observation: Observation) -> str:
    """Return the page's main heading: the first of the highest level, else the title."""
    headings = [chunk for chunk in observation.chunks if chunk.kind is ChunkKind.HEADING and chunk.text.strip()]
    if not headings:
        return observation.title.strip()
    return min(headings, key=lambda chunk: chunk.level or 6).text.strip()


def field_name(element: Element) -> str:
    """Return what a person calls a field: its label, else its name or placeholder."""
    return (element.label or element.name or element.placeholder or "").strip().rstrip(":*").strip()


def is_select(element: Element) -> bool:
    """Return whether the element offers options to choose from by label."""
    return element.role in CHOICE_ROLES and bool(element.options)


def is_text_field(element: Element) -> bool:
    """Return whether text can be typed into the element."""
    typeable = element.role in TEXT_ROLES or (element.role == "combobox" and element.options is None)
    return typeable and element.tag != "button" and not element.disabled


def is_button(element: Element) -> bool:
    """Return whether the element is a button that is not a mere reset."""
    return element.role == "button" and element.input_type != "reset" and not element.disabled


def said_by(observation: Observation) -> str:
    """Return all that a page shows as one folded text: its texts, and the names of what can be acted upon."""
    found = [chunk.text for chunk in observation.chunks]
    for element in observation.elements:
        found += [element.name, element.label or "", *(element.options or ())]
    return fold(" ".join(found))


def lines(observation: Observation) -> tuple[str, ...]:
    """Return the page's visible text, chunk by chunk."""
    return tuple(chunk.text for chunk in observation.chunks if chunk.text.strip())
