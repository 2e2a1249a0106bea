"""The words for updates: one field, option or tick of what a form holds already is to be another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from random import Random

from infra.phrasebook.spoken import Carrier, carriers
from proposer.grounded import everyday
from proposer.grounded.phrasing import field_words, paired, placed, quoted

#: Share of updates that name the page where that is not needed.
PLACED = 0.3
#: Words before a wish that is no order and begins with its value or label, so that it can stand in any sentence.
_LEADS = ("please note: ", "note this: ", "a change: ", "put this right: ", "keep in mind: ")
_SLOT = re.compile(r"\{(field|x|value|option|page)\}")


class Sort(StrEnum):
    """What is changed."""

    TEXT = "text"  # a field's text
    OPTION = "option"  # a drop-down's option, or one of several radio buttons
    ON = "on"  # a tick box
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change: the field's name, and what it is to be; a tick box has no value but its sort.

    ``alone``: no other field offers the option, so that it can be asked for without the field's name.
    """

    sort: Sort
    field: str
    value: str = ""
    alone: bool = False


def update(rng: Random, changes: Sequence[Change], page: str, *, named: bool, row: bool = False) -> str:
    """Return a clause that asks for the changes; ``named``: it is clear without saying on which page.

    ``row``: ``page`` is no page but the name of the row of a list in which the form stands.
    """
    first, *others = changes
    place = page if not named or rng.random() < PLACED else None
    said = [_one(rng, first, place, row=row), *(_one(rng, change, None) for change in others)]
    return reduce(lambda a, b: paired(rng, Carrier.AND_UPDATE, a, b), said)


def _one(rng: Random, change: Change, page: str | None, *, row: bool = False) -> str:
    if page is not None and not row and change.sort is Sort.TEXT and change.field and rng.random() < 0.6:
        form = rng.choice(carriers(Carrier.UPDATE_ON))
        return _led(rng, form, _filled(rng, form, change, quoted(rng, page, 0.1)))
    form = _form(rng, change)
    clause = _led(rng, form, _filled(rng, form, change))
    return clause if page is None else placed(rng, clause, page, [change.value or change.field], row=row)


def _form(rng: Random, change: Change) -> str:
    """Return a sentence with slots for one change."""
    match change.sort:
        case Sort.TEXT:
            return everyday.field(rng, change.field, "{value}") or rng.choice(carriers(Carrier.UPDATE))
        case Sort.OPTION:
            bare = not change.field or (change.alone and rng.random() < 0.3)
            return rng.choice(carriers(Carrier.PICK_BARE if bare else Carrier.PICK))
        case Sort.ON | Sort.OFF:
            said = everyday.deed(rng, f"turn {change.sort} {change.field}")
            if change.sort is Sort.ON:
                return said or everyday.deed(rng, change.field) or rng.choice(carriers(Carrier.SWITCH_ON))
            return said or rng.choice(carriers(Carrier.SWITCH_OFF))


def _filled(rng: Random, form: str, change: Change, page: str = "") -> str:
    """Put the change into a sentence."""
    value = change.value if re.search(r"[“\"]\{", form) else quoted(rng, change.value, 0.25)
    slots = {
        "field": field_words(change.field),
        "x": _label(change.field),
        "value": value,
        "option": value,
        "page": page,
    }
    return _SLOT.sub(lambda slot: slots[slot.group(1)], form)


def _led(rng: Random, form: str, clause: str) -> str:
    return f"{rng.choice(_LEADS)}{clause}" if form.startswith("{") else clause


def _label(name: str) -> str:
    """Return a tick box's label within a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
