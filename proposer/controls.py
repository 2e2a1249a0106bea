"""Controls: what on a page can be set going – a form with its button, or a button of its own – and how to fill it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import urlsplit

from infra.contracts.observation import SENDING_TYPES, Element, Observation
from infra.contracts.visit import ScriptStep
from proposer.reading import field_name, fold, harmful, is_button, is_select, is_text_field
from proposer.rows import row_names
from proposer.slots import Slots, generalise
from proposer.values import is_count, real_options, value_for
from proposer.widgets import Widget, openers

MAX_FIELDS = 12

_IDS = re.compile(r"(?<=[/=])(?:\d+|[0-9a-f-]{8,})(?=$|[/&])")
#: Numbers and digests in the names of buttons ("Star 1,065", "c733a0d9") tell things, not kinds of controls.
_NUMBERS = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{6,}\b|\d[\d.,]*")
_UNFIT = frozenset({"password", "file"})


@dataclass(frozen=True, slots=True)
class Control:
    """One form or lone button."""

    signature: str  # equal for the same control on other pages
    method: str  # GET, POST, or "" for a lone button
    fields: tuple[Element, ...]
    toggles: tuple[Element, ...]
    submit: Element | None
    name: str  # the form's own name, may be empty
    openers: tuple[Element, ...] = ()  # buttons that open lists of options
    widgets: tuple[Widget, ...] = ()  # what is known of them
    row: str = ""  # what tells its row of a list from the others

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
    pick: str | None = None  # key of the option that is chosen, once the element of ``key`` is opened
    stated: bool = True  # part of the instruction; a mandatory tick box is not


def controls(observation: Observation, slots: Slots) -> list[Control]:
    """Return the page's controls; of those that occur several times, one per row of a list, the ones with a name."""
    found: defaultdict[str, list[Control]] = defaultdict(list)
    for control in (*_forms(observation, slots), *_buttons(observation, slots)):
        if not harmful(control.button):
            found[control.signature].append(control)
    alone = [like[0] for like in found.values() if len(like) == 1]
    return [*alone, *(one for like in found.values() if len(like) > 1 for one in _in_rows(observation, like))]


def _in_rows(observation: Observation, like: Sequence[Control]) -> Iterable[Control]:
    """Yield the controls of a list's rows that can be told apart; lists that they open are left alone."""
    acting = [control.submit or control.fields[0] for control in like]
    for control, row in zip(like, row_names(observation, acting), strict=True):
        if row:
            yield replace(control, signature=f"{control.signature} of a row", row=row, openers=())


def _forms(observation: Observation, slots: Slots) -> Iterable[Control]:
    for shape in observation.forms:
        members = [e for e in observation.elements if e.form == shape.index and not e.disabled]
        if any(element.input_type in _UNFIT for element in members):
            continue
        if any(e.role == "button" and e.form == shape.index and e.disabled for e in observation.elements):
            continue  # sold out, or not yet to be sent
        fields = tuple(e for e in members if is_text_field(e) or is_select(e))
        toggles = tuple(e for e in members if e.role in ("radio", "checkbox", "switch"))
        submit = submit_of(members)
        if (submit is None and not fields) or len(fields) > MAX_FIELDS:
            continue
        names = ",".join(sorted(fold(generalise(field_name(field), slots)) for field in fields))
        button = _button_words(submit.name if submit else "", slots)
        folder = _folder(observation.url, shape.action)
        yield Control(
            f"{shape.method.upper()} {folder} {names} [{button}]",
            shape.method.upper(),
            fields,
            toggles,
            submit,
            shape.name,
            tuple(openers(members)),
        )


def submit_of(members: Sequence[Element]) -> Element | None:
    """Return the button that sends the form: of those that open nothing, the first after all fields."""
    buttons = [e for e in members if is_button(e) and e.expanded is None]
    senders = [e for e in buttons if e.input_type in SENDING_TYPES] or buttons
    last = max((e.mark for e in members if is_text_field(e) or is_select(e)), default=-1)
    after = [e for e in senders if e.mark > last]
    return next(iter([*after, *senders]), None)


def _folder(page: str, action: str) -> str:
    """Return what tells a page's forms apart in where they are sent, without names of things.

    Beneath the page that they stand on it is the last folder ("/posts/12" sends to "/posts/12/approve"), elsewhere the
    first that is not the page's own ("/cart/oslo-lamp").
    """
    own, target = (_IDS.sub("*", urlsplit(url).path).rstrip("/").split("/") for url in (page, action))
    shared = 0
    while shared < min(len(own), len(target)) and own[shared] == target[shared]:
        shared += 1
    rest = target[shared:]
    if not rest:
        return ""
    return rest[-1] if shared == len(own) > 1 else rest[0]


def _button_words(name: str, slots: Slots) -> str:
    return _NUMBERS.sub("#", fold(generalise(name, slots)))


def _buttons(observation: Observation, slots: Slots) -> Iterable[Control]:
    """Yield lone buttons; what only opens a part of the page is none."""
    for element in observation.elements:
        lone = element.form is None and element.href is None and element.expanded is None
        if lone and is_button(element) and element.name:
            signature = f"button [{_button_words(element.name, slots)}]"
            yield Control(signature, "", (), (), element, element.context)


def field_sets(control: Control) -> list[tuple[Element, ...]]:
    """Return which fields to fill: the least that the form asks for, and all of them, with all choices.

    Of a form that is filled in already, what it holds is the least: that tells whether the rest may be left empty.
    """
    fields = tuple(field for field in control.fields if field_name(field))
    least = tuple(field for field in fields if (field.required or is_select(field)) and not prefilled(field))
    if not least and any(is_text_field(field) and not prefilled(field) for field in fields):
        held = tuple(field for field in fields if prefilled(field))
        least = held if held and filled_in(control.fields, control.toggles) else fields
    return [least] if len(least) == len(fields) else [least, fields]


def prefilled(field: Element) -> bool:
    """Return whether the field holds something; the placeholder of a drop-down is nothing."""
    if is_select(field):
        return field.value in real_options(field)
    return bool(field.value)


def filled_in(fields: Sequence[Element], toggles: Sequence[Element]) -> bool:
    """Return whether a form of these fields is one to be changed (an address, settings) and not one to be filled in."""
    texts = [field for field in fields if is_text_field(field) and not is_count(field)]
    if texts:
        return any(prefilled(field) for field in texts)
    ticks = any(toggle.checked or toggle.role != "radio" for toggle in toggles)
    return ticks or any(is_select(field) and prefilled(field) for field in fields)


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
    everything = len(fields) == len(control.fields)
    for widget in control.widgets if everything else ():
        key, name = rng.choice(widget.options)
        made.append(Entry(widget.label, name, widget.key, pick=key))
    return (*made, *_choices(control, rng, everything=everything))


def _choices(control: Control, rng: Random, *, everything: bool) -> Iterable[Entry]:
    groups: dict[str, list[Element]] = {}
    for element in control.toggles:
        if element.role == "radio":
            groups.setdefault(radio_group(element), []).append(element)
        elif element.required and not element.checked:
            yield Entry(field_name(element), "on", element.key, click=True, stated=False)
    for members in groups.values():
        unset = not any(member.checked for member in members)
        if unset or (everything and control.fields):
            options = [member for member in members if not member.checked and field_name(member)]
            if options:
                chosen = rng.choice(options)
                yield Entry(chosen.name or field_name(chosen), "on", chosen.key, click=True)


def radio_group(radio: Element) -> str:
    """Return what radios that exclude each other share: the field's own name, which is the key's last part."""
    parts = radio.key.split("|")
    return parts[4] if len(parts) > 4 else radio.label or ""


def radio_label(radio: Element) -> str:
    """Return what a radio button's group is called, as far as its label is not its own."""
    return radio.label if radio.label and fold(radio.label) != fold(radio.name) else ""


def script(control: Control, made: Sequence[Entry]) -> tuple[ScriptStep, ...]:
    """Return the steps that enter the values and send the form."""
    steps: list[ScriptStep] = []
    for entry in made:
        typed = entry.value if not entry.click and entry.pick is None else None
        steps.append(ScriptStep(key=entry.key, value=typed))
        if entry.pick is not None:
            steps.append(ScriptStep(key=entry.pick))
    if control.submit is not None:
        steps.append(ScriptStep(key=control.submit.key))
    elif steps:
        steps[-1] = steps[-1].model_copy(update={"submit": True})
    return tuple(steps)
