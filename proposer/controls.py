"""Controls: what on a page can be set going – a form with its button, or a button of its own – and how to fill it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from infra.contracts.observation import Element, Observation
from infra.contracts.visit import ScriptStep
from proposer.reading import field_name, fold, is_button, is_select, is_text_field
from proposer.slots import Slots, generalise
from proposer.values import is_count, real_options, value_for

MAX_FIELDS = 12

_IDS = re.compile(r"(?<=[/=])(?:\d+|[0-9a-f-]{8,})(?=$|[/&])")
_UNFIT = frozenset({"password", "file"})
_HARMFUL = re.compile(r"\b(?:log ?out|sign ?out|delete|deactivate|close account|unsubscribe)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Control:
    """One form or lone button."""

    signature: str  # equal for the same control on other pages
    method: str  # GET, POST, or "" for a lone button
    fields: tuple[Element, ...]
    toggles: tuple[Element, ...]
    submit: Element | None
    name: str  # the form's own name, may be empty

    @property
    def button(self) -> str:
        """Return what the button says."""
        return (self.submit.name or self.submit.value or "") if self.submit else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value entered into one field; ``click``: a radio or tick box of that name, "on" by being clicked."""

    field: str
    value: str
    key: str
    click: bool = False
    count: bool = False
    stated: bool = True  # part of the instruction; a mandatory tick box is not


def controls(observation: Observation, slots: Slots) -> list[Control]:
    """Return the page's controls; those that occur several times (one per list row) are left out: which is meant?"""
    found = [*_forms(observation, slots), *_buttons(observation, slots)]
    counts = Counter(control.signature for control in found)
    return [control for control in found if counts[control.signature] == 1 and not _HARMFUL.search(control.button)]


def _forms(observation: Observation, slots: Slots) -> Iterable[Control]:
    for shape in observation.forms:
        members = [e for e in observation.elements if e.form == shape.index and not e.disabled]
        if any(element.input_type in _UNFIT for element in members):
            continue
        if any(e.role == "button" and e.form == shape.index and e.disabled for e in observation.elements):
            continue  # sold out, or not yet to be sent
        fields = tuple(e for e in members if is_text_field(e) or is_select(e))
        toggles = tuple(e for e in members if e.role in ("radio", "checkbox", "switch"))
        submit = next((e for e in members if is_button(e)), None)
        if (submit is None and not fields) or len(fields) > MAX_FIELDS:
            continue
        names = ",".join(sorted(fold(generalise(field_name(field), slots)) for field in fields))
        action = _IDS.sub("*", urlsplit(shape.action).path)
        button = fold(generalise(submit.name if submit else "", slots))
        # The action's last folder tells forms apart; page names in it must not.
        folder = "/".join(action.split("/")[:2])
        yield Control(
            f"{shape.method.upper()} {folder} {names} [{button}]",
            shape.method.upper(),
            fields,
            toggles,
            submit,
            shape.name,
        )


def _buttons(observation: Observation, slots: Slots) -> Iterable[Control]:
    for element in observation.elements:
        if element.form is None and element.href is None and is_button(element) and element.name:
            signature = f"button [{fold(generalise(element.name, slots))}]"
            yield Control(signature, "", (), (), element, element.context)


def field_sets(control: Control) -> list[tuple[Element, ...]]:
    """Return which fields to fill: the least that the form asks for, and all of them."""
    fields = tuple(field for field in control.fields if field_name(field))
    least = tuple(field for field in fields if (field.required or is_select(field)) and not _prefilled(field))
    if not least and any(is_text_field(field) and not _prefilled(field) for field in fields):
        least = fields
    return [least] if len(least) == len(fields) else [least, fields]


def _prefilled(field: Element) -> bool:
    if is_select(field):
        return field.value in real_options(field)
    return bool(field.value)


def entries(control: Control, fields: Sequence[Element], rng: Random) -> tuple[Entry, ...] | None:
    """Return values for these fields and for mandatory choices; None where one of them cannot be filled."""
    made: list[Entry] = []
    for field in fields:
        value = value_for(field, rng)
        if value is None or field_name(field) in {entry.field for entry in made}:
            if field.required:
                return None
            continue
        made.append(Entry(field_name(field), value, field.key, count=is_count(field)))
    return (*made, *_choices(control, rng, everything=len(fields) == len(control.fields)))


def _choices(control: Control, rng: Random, *, everything: bool) -> Iterable[Entry]:
    groups: dict[str, list[Element]] = {}
    for element in control.toggles:
        if element.role == "radio":
            groups.setdefault(_group(element), []).append(element)
        elif element.required and not element.checked:
            yield Entry(field_name(element), "on", element.key, click=True, stated=False)
    for members in groups.values():
        unset = not any(member.checked for member in members)
        if unset or (everything and control.fields):
            options = [member for member in members if not member.checked and field_name(member)]
            if options:
                chosen = rng.choice(options)
                yield Entry(chosen.name or field_name(chosen), "on", chosen.key, click=True)


def _group(radio: Element) -> str:
    """Return what radios that exclude each other share: the field's own name, which is the key's last part."""
    parts = radio.key.split("|")
    return parts[4] if len(parts) > 4 else radio.label or ""


def script(control: Control, made: Sequence[Entry]) -> tuple[ScriptStep, ...]:
    """Return the steps that enter the values and send the form."""
    steps = [ScriptStep(key=entry.key, value=None if entry.click else entry.value) for entry in made]
    if control.submit is not None:
        steps.append(ScriptStep(key=control.submit.key))
    elif steps:
        steps[-1] = steps[-1].model_copy(update={"submit": True})
    return tuple(steps)
