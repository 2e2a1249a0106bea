"""update: change one or two things of what a form holds – a number, an option, a tick – and leave the rest as it is.

Most forms that people come back to are filled in already. What sending one shows was learnt by probes; here some of
its fields get new values, and the evidence says what all the others must still hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from infra.contracts.observation import Element
from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, TaskKind
from proposer.controls import Control, Entry, controls, filled_in, radio_group, script
from proposer.effects import Effect, entered_slots, page_slots
from proposer.grounded.change import button_words, in_row, pages_of
from proposer.grounded.goal import Goal, World
from proposer.grounded.update_words import Change, Sort, update
from proposer.reading import field_name, fold, is_select, is_text_field
from proposer.slots import fill
from proposer.values import real_options, value_for

#: Tasks made of one form on one page, and of one kind of form in all.
PER_PAGE, PER_FORM = 16, 60
#: How many things are changed at once, drawn from these.
AT_ONCE = (1, 1, 1, 1, 1, 1, 2, 2, 3)
Changed = tuple[Change, Entry]


def goals(world: World) -> Iterable[Goal]:
    """Yield goals for every form that holds something already and shows that it was saved."""
    known: set[tuple[str, str]] = set()
    for effect in sorted(world.effects, key=lambda one: -sum(len(stage.entries) for stage in one.stages)):
        form = _form(effect)
        if len(effect.stages) > 1 or form in known or in_row(effect):
            continue
        known.add(form)
        told = [
            one for one in world.effects if len(one.stages) == 1 and (one.template, one.stages[0].signature) == form
        ]
        yield from _of_form(world, effect, tuple(dict.fromkeys(chain.from_iterable(one.lines for one in told))))


def _form(effect: Effect) -> tuple[str, str]:
    return effect.template, effect.stages[0].signature


def _of_form(world: World, effect: Effect, lines: Sequence[str]) -> Iterable[Goal]:
    pages = pages_of(world, effect)
    count = 0
    for page in pages:
        for _ in range(PER_PAGE if len(pages) <= 4 else 2):
            goal = _goal(world, effect, lines, page)
            if goal is None or count >= PER_FORM:
                break
            count += 1
            yield goal


def _goal(world: World, effect: Effect, lines: Sequence[str], page: Page) -> Goal | None:
    observation = world.observations[page.url]
    slots = page_slots(observation, page.heading)
    found = [one for one in controls(observation, slots) if one.signature == effect.stages[0].signature]
    if not found or not (choices := changeable(found[0], world)):
        return None
    form = found[0]
    chosen = world.rng.sample(choices, min(world.rng.choice(AT_ONCE), len(choices)))
    changed = [world.rng.choice(options) for options in chosen]
    made = [entry for _, entry in changed]
    slots = {**entered_slots(0, made), **slots}
    shown = tuple(line for template in lines if (line := fill(template, slots)) is not None)
    if not shown:
        world.dropped["no visible effect"] += 1
        return None
    named = len({trial.place.url for trial in effect.trials}) == 1
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


def changeable(form: Control, world: World) -> list[list[Changed]]:
    """Return for each thing that could be changed what it could become; nothing where the form has yet to be filled."""
    if not filled_in(form.fields, form.toggles) or any(one.required and not one.value for one in form.fields):
        return []
    names = Counter(fold(field_name(one)) for one in (*form.fields, *form.toggles))
    radios: dict[str, list[Changed]] = {}
    found: list[list[Changed]] = []
    for one in (*form.fields, *form.toggles):
        name = field_name(one)
        if not name or one.disabled:
            continue
        if one.role == "radio":
            if not one.checked:
                label = one.label if one.label and fold(one.label) != fold(one.name) else ""
                change = Change(Sort.OPTION, label, one.name or name)
                made = Entry(one.name or name, "on", one.key, click=True)
                radios.setdefault(radio_group(one), []).append((change, made))
        elif names[fold(name)] == 1 and (options := _become(one, name, world)):
            found.append(options)
    return [*found, *radios.values()]


def _become(one: Element, name: str, world: World) -> list[Changed]:
    if one.role in ("checkbox", "switch"):
        sort = Sort.OFF if one.checked else Sort.ON
        return [(Change(sort, name), Entry(name, str(sort), one.key, click=True))]
    if is_select(one):
        options = [option for option in real_options(one) if option != one.value]
        return [(Change(Sort.OPTION, name, option), Entry(name, option, one.key)) for option in options]
    value = value_for(one, world.rng) if is_text_field(one) else None
    if value is None or value == one.value:
        return []
    return [(Change(Sort.TEXT, name, value), Entry(name, value, one.key))]


def _kept(form: Control, made: Sequence[Entry]) -> Iterable[tuple[str, str]]:
    """Yield what the other fields hold and must go on holding."""
    keys = {entry.key for entry in made}
    names = Counter(fold(field_name(one)) for one in (*form.fields, *form.toggles))
    for one in (*form.fields, *form.toggles):
        name = field_name(one)
        if one.key in keys or not name or names[fold(name)] > 1 or one.role == "radio":
            continue
        if one.role in ("checkbox", "switch"):
            yield name, "on" if one.checked else "off"
        elif one.value and one.input_type != "password":
            yield name, one.value
