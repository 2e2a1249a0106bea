"""change and fill: set a control going, and show that it worked. Both come from the effects that probes learnt.

A control without entries, or with a mere count, changes something (add to cart); one with values to enter is a form
to fill; a chain of several controls (into the cart, then the checkout) is a composition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from infra.contracts.observation import Observation
from infra.contracts.sitemap import Page
from infra.contracts.task import TaskKind
from infra.contracts.visit import ScriptStep
from proposer.controls import Entry, controls, entries, script
from proposer.effects import Effect, Stage, entered_slots, page_slots, row_slots, unavailable
from proposer.grounded import phrasing
from proposer.grounded.deed import Deed
from proposer.grounded.everyday import free_texts
from proposer.grounded.goal import Goal, World
from proposer.reading import field_name, fold, is_text_field, lines
from proposer.slots import fill
from proposer.values import is_count

#: Tasks made of one effect: of one page, and in all.
PER_PAGE = 2
PER_ROWS = 6
PER_SINGLE_PAGE = 12
PER_EFFECT = 120
#: Share of tasks in a list's row that name the list's page as well.
PLACED = 0.5


def goals(world: World) -> Iterable[Goal]:
    """Yield goals for every effect on the pages that have its control; nobody wants a form sent as it stands."""
    for effect in world.effects:
        if idle(effect):
            continue
        pages = pages_of(world, effect)
        each = PER_SINGLE_PAGE if len(pages) <= 2 else PER_PAGE
        each = each if values_vary(effect) else 1
        in_rows = in_row(effect)
        count = 0
        for page in pages:
            for _ in range(PER_ROWS if in_rows else each):
                deed = bring_about_in_row(world, effect, page) if in_rows else bring_about(world, effect, page)
                if deed is None or count >= PER_EFFECT:
                    break
                count += 1
                yield goal_of(deed)


def goal_of(deed: Deed) -> Goal:
    """Return the goal of one deed."""
    kind = kind_of(deed.effect)
    return Goal(
        kind=kind,
        skill=skill_of(deed.effect),
        url=deed.page.url,
        clause=deed.clause,
        evidence=deed.evidence,
        steps=deed.steps,
    )


def idle(effect: Effect) -> bool:
    """Return whether the effect is a form with texts or ticks of which none was changed."""
    form = effect.stages[0].control
    if len(effect.stages) > 1 or form is None or any(entry.stated for entry in effect.stages[0].entries):
        return False
    return bool(form.toggles) or any(is_text_field(one) and not is_count(one) for one in form.fields)


def kind_of(effect: Effect) -> TaskKind:
    """Return what sort of work it takes."""
    if len(effect.stages) > 1:
        return TaskKind.COMPOSE
    stated = [entry for entry in effect.stages[0].entries if entry.stated]
    plain = not stated or (len(stated) == 1 and stated[0].count)
    return TaskKind.CHANGE if plain else TaskKind.FILL


def skill_of(effect: Effect) -> str:
    """Return the family of the effect's tasks."""
    buttons = "+".join(button_words(stage.button or stage.form) for stage in effect.stages)
    values = sum(len(stage.entries) for stage in effect.stages)
    return f"{kind_of(effect)}:{effect.template}:{buttons}:{values}"


def button_words(name: str) -> str:
    """Return what a skill calls a button: "Save note: Oslo lamp" does to one row what the others do to theirs."""
    return phrasing.field_words(name.partition(": ")[0]) or "send"


def values_vary(effect: Effect) -> bool:
    """Return whether other values make another task."""
    return any(entry.stated and not entry.click for stage in effect.stages for entry in stage.entries)


def pages_of(world: World, effect: Effect) -> list[Page]:
    """Return the pages where the effect's chain can start: those of its trials first."""
    own = {trial.place.url for trial in effect.trials}
    found = []
    for page in world.atlas.pages.values():
        if page.template != effect.template or not world.atlas.unique(page):
            continue
        observation = world.observations.get(page.url)
        if observation is None or unavailable(observation, page.heading):
            continue
        if _stands_on(world, effect.stages[0], page):
            found.append(page)
    world.rng.shuffle(found)
    if not found:  # of a page without a name of its own one can speak by a form that it alone has
        nameless = [world.atlas.pages[url] for url in sorted(own) if url in world.atlas.pages]
        found = [page for page in nameless if alone(world, effect.stages[0], page)]
        world.dropped["ambiguous"] += len(nameless) - len(found)
    return sorted(found, key=lambda page: page.url not in own)


def alone(world: World, stage: Stage, page: Page) -> bool:
    """Return whether it is clear without saying so on which page the stage's control is meant."""
    if stage.control is not None and stage.control.row:
        return world.places.row_alone(stage.control, page)
    if stage.clicks and page.url != world.start:  # what opens on other pages of its kind was not looked into everywhere
        return sum(other.template == page.template for other in world.atlas.pages.values()) == 1
    return world.places.alone(stage, stage.form, page)


def _stands_on(world: World, stage: Stage, page: Page) -> bool:
    """Return whether a page shows the stage's control, once opened where something has to be."""
    observation = world.observations[page.url]
    shown = world.opened(page.url) if stage.clicks else [observation]
    slots = page_slots(observation, page.heading)
    return any(one.signature == stage.signature for seen in shown for one in controls(seen, slots))


def in_row(effect: Effect) -> bool:
    """Return whether the effect's first control is one of several, each in a row of a list."""
    control = effect.stages[0].control
    return control is not None and bool(control.row)


def bring_about_in_row(world: World, effect: Effect, page: Page) -> Deed | None:
    """Return the effect in one of the page's rows; None where it cannot be put in concrete terms."""
    observation, stage = world.observations[page.url], effect.stages[0]
    slots = page_slots(observation, page.heading)
    rows = [control for control in controls(observation, slots) if control.signature == stage.signature]
    if len(effect.stages) > 1 or not rows:
        return None
    control = world.rng.choice(rows)
    made = _entries(world, replace(stage, control=control))
    if made is None:
        return None
    slots = {**entered_slots(0, made), **row_slots(control), **slots}
    lines = tuple(line for template in effect.lines if (line := fill(template, slots)) is not None)
    if not lines:
        world.dropped["no visible effect"] += 1
        return None
    clause = _clause(world, stage, made, control.row, named=False, row=True)
    if not (enough := world.places.row_alone(control, page)) and not world.atlas.unique(page):
        world.dropped["ambiguous"] += 1
        return None
    if not enough or world.rng.random() < PLACED:
        clause = phrasing.placed(world.rng, clause, page.heading, _values(made))
    heading = fill(effect.heading, slots) if effect.heading else None
    return Deed(
        page=page,
        effect=effect,
        clause=clause,
        steps=script(control, made),
        fields=tuple((entry.field, entry.value) for entry in made if entry.stated),
        lines=lines,
        heading=heading,
        beside=() if _tells(control.row, lines, heading, made) else (control.row,),
    )


def bring_about(world: World, effect: Effect, page: Page) -> Deed | None:
    """Return the effect on this page with fresh values; None where it cannot be put in concrete terms."""
    if in_row(effect):
        return None  # which row is meant, the later stages do not know
    if effect.stages[0].clicks and not _stands_on(world, effect.stages[0], page):
        return None  # what opens here may hold something else
    observation = world.observations[page.url]
    slots = page_slots(observation, page.heading)
    present = {element.key for element in observation.elements}
    steps: list[ScriptStep] = []
    made_all: list[Entry] = []
    clauses: list[str] = []
    for number, stage in enumerate(effect.stages):
        made = _entries(world, stage)
        if made is None:
            return None
        if number == 0 and _chosen_already(made, observation):
            return None
        slots = {**entered_slots(number, made), **slots}
        done = list(_steps(stage, slots))
        there = present | {entry.pick for entry in made}  # an option shows once its list is open
        seen = done[:1] if stage.clicks else done  # the rest shows once the first is opened
        if None in done or (number == 0 and any(step.key not in there for step in seen if step)):
            world.dropped["control not found"] += 1
            return None
        steps += [step for step in done if step is not None]
        made_all += made
        named = number > 0 or alone(world, stage, page)
        clauses.append(_clause(world, stage, made, fill(stage.heading, slots) or page.heading, named=named))
    lines = tuple(line for template in effect.lines if (line := fill(template, slots)) is not None)
    if not lines:
        world.dropped["no visible effect"] += 1
        return None
    heading, own = fill(effect.heading, slots) if effect.heading else None, world.heading(page)
    return Deed(
        page=page,
        effect=effect,
        clause=clauses[0] if len(clauses) == 1 else phrasing.then(world.rng, *clauses),
        steps=tuple(steps),
        fields=tuple((entry.field, entry.value) for entry in made_all if entry.stated),
        lines=lines,
        heading=heading,
        visited=() if own is None or _tells(own, lines, heading, made_all) else (own,),
    )


def _tells(name: str, lines: Iterable[str], heading: str | None, made: Iterable[Entry]) -> bool:
    """Return whether what is shown or entered says of which page or row it was done."""
    said = (*lines, heading or "", *(entry.value for entry in made))
    return any(fold(name) in fold(text) for text in said)


def _chosen_already(made: Iterable[Entry], observation: Observation) -> bool:
    """Return whether the page shows what is to be chosen: a list mostly leaves out what is the case."""
    said = [fold(line) for line in lines(observation)]
    return any(entry.pick is not None and any(fold(entry.value) in line for line in said) for entry in made)


def _entries(world: World, stage: Stage) -> tuple[Entry, ...] | None:
    """Return fresh values for the fields that the stage enters; what is clicked stays as in the trial."""
    typed = {entry.field for entry in stage.entries if not entry.click}
    clicked = tuple(entry for entry in stage.entries if entry.click)
    if stage.control is None or not typed:
        return clicked
    fields = [field for field in stage.control.fields if field_name(field) in typed]
    made = entries(stage.control, fields, world.rng)
    entered = [entry for entry in made or () if not entry.click and entry.field in typed]
    return None if made is None else (*entered, *clicked)


def _steps(stage: Stage, slots: dict[str, str]) -> Iterator[ScriptStep | None]:
    for click in stage.clicks:
        key = fill(click, slots)
        yield None if key is None else ScriptStep(key=key)
    for template, value_template, submit in stage.steps:
        key = fill(template, slots)
        value = None if value_template is None else fill(value_template, slots)
        if key is None or (value_template is not None and value is None):
            yield None
        else:
            yield ScriptStep(key=key, value=value, submit=submit)


def _values(made: Iterable[Entry]) -> list[str]:
    """Return what is said of the entries."""
    return [entry.field if entry.click else entry.value for entry in made if entry.stated]


def _clause(world: World, stage: Stage, made: Iterable[Entry], heading: str, *, named: bool, row: bool = False) -> str:
    """Put one stage in words; ``named``: its form is the only one of its kind, so that its page goes without saying.

    ``heading``: of its page; with ``row`` the name of the row of a list in which it stands.
    """
    stated = [entry for entry in made if entry.stated]
    button = stage.button or "Send"
    if not stated:
        return phrasing.act(world.rng, button, heading, row=row)
    if len(stated) == 1 and stated[0].count:
        return phrasing.act(world.rng, button, heading, (stated[0].field, stated[0].value), row=row)
    pairs = [(phrasing.OPTION, entry.field) if entry.click else (entry.field, entry.value) for entry in stated]
    known = stage.control.fields if stage.control is not None else ()
    entered = {entry.field for entry in stated}
    texts = free_texts(name for field in known if is_text_field(field) and (name := field_name(field)) in entered)
    thing = "" if named else heading  # a form's own page names no thing
    clause = phrasing.fill(world.rng, stage.form, pairs, button, heading, texts, thing, row=row)
    said = named or phrasing.says(clause, heading, stage.form)
    return clause if said else phrasing.placed(world.rng, clause, heading, _values(stated), row=row)
