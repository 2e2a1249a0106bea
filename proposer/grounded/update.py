"""update: change one or two things of what a form holds – a number, an option, a tick – and leave the rest as it is.

Most forms that people come back to are filled in already. What sending one shows was learnt by probes; here some of
its fields get new values, and the evidence says what all the others must still hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain

from infra.contracts.observation import Element
from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, TaskKind
from proposer.controls import Control, Entry, controls, filled_in, prefilled, radio_group, radio_label, script
from proposer.effects import Effect, entered_slots, page_slots
from proposer.grounded.change import button_words, in_row, pages_of
from proposer.grounded.goal import Goal, World
from proposer.grounded.update_words import Change, Sort, update
from proposer.reading import field_name, fold, is_select, is_text_field
from proposer.slots import fill, has_slot
from proposer.values import real_options, value_for

#: Tasks made of one form on one page, and of one kind of form in all.
PER_PAGE, PER_FORM = 16, 60
#: How many things are changed at once, drawn from these.
AT_ONCE = (1, 1, 1, 1, 1, 1, 2, 2, 3)
Changed = tuple[Change, Entry]


def goals(world: World) -> Iterable[Goal]:
    """Yield goals for every form that holds something already and shows that it was saved."""
    forms: defaultdict[tuple[str, str], list[Effect]] = defaultdict(list)
    for effect in world.effects:
        if len(effect.stages) == 1 and not in_row(effect):
            forms[effect.template, effect.stages[0].signature].append(effect)
    for effects in forms.values():
        yield from _of_form(world, effects)


def _lines(effects: Sequence[Effect]) -> tuple[str, ...]:
    """Return what a form shows when it is sent: what speaks of a value, and what it says whatever was changed."""
    every = list(dict.fromkeys(chain.from_iterable(effect.lines for effect in effects)))
    return tuple(line for line in every if has_slot(line) or all(line in effect.lines for effect in effects))


def _of_form(world: World, effects: Sequence[Effect]) -> Iterable[Goal]:
    """Yield goals of one form, of which ``effects`` are what sending it with some or all fields did."""
    effect = max(effects, key=lambda one: len(one.stages[0].entries))
    pages, lines = pages_of(world, effect), _lines(effects)
    never_empty = frozenset[str].intersection(
        *(frozenset(entry.field for entry in one.stages[0].entries) for one in effects)
    )
    count = 0
    for page in pages:
        for _ in range(PER_PAGE if len(pages) <= 4 else 2):
            goal = _goal(world, effect, lines, page, never_empty)
            if goal is None or count >= PER_FORM:
                break
            count += 1
            yield goal


def _goal(world: World, effect: Effect, lines: Sequence[str], page: Page, never_empty: Set[str]) -> Goal | None:
    """Return a goal on one page; what is empty there and ``never_empty`` in a trial is filled in as well."""
    observation = world.observations[page.url]
    slots = page_slots(observation, page.heading)
    found = [one for one in controls(observation, slots) if one.signature == effect.stages[0].signature]
    tried = {entry.field for entry in effect.stages[0].entries}
    if not found or not (every := changeable(found[0], tried, world)):
        return None
    form = found[0]
    chosen = _choose(world, form, every, never_empty)
    if chosen is None:
        return None
    changed = [world.rng.choice(options) for options in chosen]
    made = [entry for _, entry in changed]
    slots = {**entered_slots(0, made), **slots}
    shown = tuple(line for template in lines if (line := fill(template, slots)) is not None)
    if not shown:
        world.dropped["no visible effect"] += 1
        return None
    named = world.places.alone(form, form.name, page)
    kind = TaskKind.FILL if any(change.sort is Sort.TEXT for change, _ in changed) else TaskKind.CHANGE
    return Goal(
        kind=kind,
        skill=f"{kind}:{effect.template}:{button_words(form.button or form.name)}:update",
        url=page.url,
        clause=update(world.rng, [change for change, _ in changed], page.heading, named=named),
        evidence=Evidence(
            heading=fill(effect.heading, slots) if effect.heading else None,
            lines=shown,
            fields=(*((entry.field, entry.value) for entry in made), *_kept(form, made)),
            max_submits=effect.submits,
        ),
        steps=script(form, made),
    )


def _choose(
    world: World, form: Control, every: Sequence[list[Changed]], never_empty: Set[str]
) -> list[list[Changed]] | None:
    """Return what is to be changed at once, of ``every`` thing that could be; None where that cannot be told.

    A form that wants a word on what was changed wants a change of what is written, too: a tick may not be enough.
    """
    wanting = {one.key for one in form.fields if field_name(one) in never_empty and not prefilled(one)}
    choices = [options for options in every if options[0][1].key not in wanting]
    demanded = [options for options in every if options[0][1].key in wanting]
    if not choices or len(demanded) < len(wanting):
        return None
    chosen = world.rng.sample(choices, min(world.rng.choice(AT_ONCE), len(choices)))
    if demanded and not any(_is_text(options) for options in chosen):
        texts = [options for options in choices if _is_text(options)]
        if not texts:
            return None
        chosen[0] = world.rng.choice(texts)
    return [*chosen, *demanded]


def _is_text(options: Sequence[Changed]) -> bool:
    return options[0][0].sort is Sort.TEXT


def changeable(form: Control, tried: Set[str], world: World) -> list[list[Changed]]:
    """Return for each thing that could be changed what it could become; nothing where the form has yet to be filled.

    Texts are changed only in fields of ``tried``, which a trial has filled in: others may be read-only, or want a form
    of their own. Fields and options that share a name are left alone, for nobody could tell which is meant.
    """
    if not filled_in(form.fields, form.toggles) or _lacking(form):
        return []
    names = Counter(fold(field_name(one)) for one in (*form.fields, *form.toggles))
    offered = Counter(fold(option) for one in form.fields for option in one.options or ())
    radios: dict[str, list[Changed]] = {}
    found: list[list[Changed]] = []
    for one in (*form.fields, *form.toggles):
        name = field_name(one)
        if not name or names[fold(name)] > 1:
            continue
        if one.role == "radio":
            if not one.checked:
                change = Change(Sort.OPTION, radio_label(one), one.name or name)
                made = Entry(one.name or name, "on", one.key, click=True)
                radios.setdefault(radio_group(one), []).append((change, made))
        elif is_select(one):
            found.append(_others(one, name, offered))
        elif options := _become(one, name, tried, world):
            found.append(options)
    return [options for options in (*found, *radios.values()) if options]


def _others(one: Element, name: str, offered: Mapping[str, int]) -> list[Changed]:
    """Return the other options of a drop-down."""
    return [
        (Change(Sort.OPTION, name, option, alone=offered[fold(option)] == 1), Entry(name, option, one.key))
        for option in real_options(one)
        if option != one.value
    ]


def _lacking(form: Control) -> bool:
    """Return whether the form cannot be sent as it stands: something that it demands is missing."""
    chosen = {radio_group(one) for one in form.toggles if one.role == "radio" and one.checked}
    unticked = any(
        one.required and not one.checked and not (one.role == "radio" and radio_group(one) in chosen)
        for one in form.toggles
    )
    return unticked or any(one.required and not prefilled(one) for one in form.fields)


def _become(one: Element, name: str, tried: Set[str], world: World) -> list[Changed]:
    if one.role in ("checkbox", "switch"):
        sort = Sort.OFF if one.checked else Sort.ON
        return [(Change(sort, name), Entry(name, str(sort), one.key, click=True))]
    empty = one.tag == "textarea" and not one.value  # something to write, and no part of what is held
    value = value_for(one, world.rng) if name in tried and is_text_field(one) and not empty else None
    if value is None or value == one.value:
        return []
    return [(Change(Sort.TEXT, name, value), Entry(name, value, one.key))]


def _kept(form: Control, made: Sequence[Entry]) -> Iterable[tuple[str, str]]:
    """Yield what the other fields hold and must go on holding, with the radio buttons that are chosen."""
    changed = {entry.key for entry in made}
    regrouped = {radio_group(one) for one in form.toggles if one.role == "radio" and one.key in changed}
    names = Counter(fold(field_name(one)) for one in (*form.fields, *form.toggles))
    for one in (*form.fields, *form.toggles):
        name = field_name(one)
        if one.key in changed or not name or names[fold(name)] > 1:
            continue
        if one.role == "radio":
            if one.checked and radio_group(one) not in regrouped:
                yield one.name or name, "on"
        elif one.role in ("checkbox", "switch"):
            yield name, "on" if one.checked else "off"
        elif one.value is not None and one.input_type != "password":
            yield name, one.value
