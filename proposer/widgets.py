"""widgets: choices that websites build themselves – a button that opens a list – and how an option of them is chosen.

The survey sees the button alone. It is opened once to see its options, and one of them is chosen to see where the
choice stands afterwards: only a button that then says what was chosen is known well enough to be used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from infra.contracts.observation import Element, Observation
from infra.contracts.sitemap import Opener
from infra.urls import canonical_url
from proposer.reading import fold, harmful

#: Roles of what a list offers, and how much of it is remembered.
OPTIONS = frozenset({"option", "menuitemradio", "menuitemcheckbox", "radio"})
MOST_OPTIONS, LONGEST = 12, 60
#: Lists of one form that are looked into.
MOST_LISTS = 4
#: Options that choose nothing.
_NOTHING = re.compile(r"^(?:choose|select|pick|any|all|none|no |nobody|-)", re.IGNORECASE)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Widget:
    """One such choice: the key of its button, as long as nothing is chosen; its label; keys and names of options."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]


def openers(members: Sequence[Element]) -> list[Element]:
    """Return the buttons of a form that open a list."""
    found = [one for one in members if one.expanded is False and one.tag == "button" and not one.disabled]
    return [one for one in found if one.options is None][:MOST_LISTS]


def offered(before: Observation, after: Observation) -> tuple[tuple[str, str], ...]:
    """Return (key, name) of the options that opening a list has brought up."""
    known = {one.key for one in before.elements}
    found = [
        (one.key, one.name)
        for one in after.elements
        if one.role in OPTIONS and one.key not in known and one.href is None
        if not one.disabled and 0 < len(one.name) <= LONGEST
    ]
    names = [fold(name) for _, name in found]
    fit = [(key, name) for key, name in found if names.count(fold(name)) == 1]
    return tuple((key, name) for key, name in fit if not (_NOTHING.match(name) or harmful(name)))[:MOST_OPTIONS]


def opener_of(url: str, button: Element, options: Sequence[tuple[str, str]]) -> Opener:
    """Return for the map what a button of the page at ``url`` offers."""
    names = tuple(name for _, name in options)
    return Opener(page=canonical_url(url), key=button.key, name=button.name, texts=names)


def label_of(opener: Element, chosen: str, after: Observation) -> str:
    """Return what the button calls itself beside the choice; nothing where it does not say what was chosen."""
    for one in after.elements:
        if one.form == opener.form and one.tag == "button" and one.expanded is not None and one.key != opener.key:
            label = _shared(opener.name, one.name)
            if label and fold(one.name[len(label) :]).strip(" :") == fold(chosen):
                return label.strip(" :")
    return ""


def _shared(one: str, other: str) -> str:
    """Return the words that two texts begin with."""
    end = 0
    for first, second in zip(_WORD.finditer(one), _WORD.finditer(other), strict=False):
        if first.group() != second.group() or first.start() != second.start():
            break
        end = first.end()
    return one[:end]
