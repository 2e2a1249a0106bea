"""deeds: what a trajectory's submits and searches were for, told from the pages before and after them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from infra.contracts.action import Click
from infra.contracts.attempt import Step
from infra.contracts.observation import Element, Observation
from infra.contracts.sitemap import Page
from infra.contracts.task import TaskKind
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.controls import submit_of
from proposer.effects import REFUSED
from proposer.entered import Entered, acted_on, amends, entered
from proposer.grounded import phrasing
from proposer.grounded.everyday import free_texts
from proposer.grounded.narrow_words import Choice, narrowed
from proposer.grounded.update_words import Change, Sort, update
from proposer.queries import is_search
from proposer.reading import fold, is_button, lines
from proposer.rows import row_of
from proposer.values import is_count

MAX_FIELDS = 6


@dataclass(frozen=True, slots=True)
class Done:
    """Something that ``steps`` actions did; after ``begins`` of them it was still to be done."""

    steps: int
    kind: TaskKind
    clause: str
    changes: bool
    begins: int


def done_by(steps: Sequence[Step], seen: Sequence[Observation], pages: Sequence[Page], rng: Random) -> Iterable[Done]:
    """Yield what each lone submit changed; a trajectory with several is described up to the first one."""
    for i, step in enumerate(steps):
        if not step.requests:
            continue
        target = acted_on(step)
        if target is not None and len(step.requests) == 1 and _showed(seen[i], seen[i + 1]):
            done = _deed(steps[: i + 1], pages[i], target, rng)
            if done is not None:
                yield done
        return


def _showed(before: Observation, after: Observation) -> bool:
    """Return whether the page says something new, and nothing of it is a refusal."""
    if (after.status or 200) >= 400 or after.error is not None:
        return False
    known = {fold(line) for line in lines(before)}
    new = [line for line in lines(after) if fold(line) not in known]
    stayed = canonical_url(before.url) == canonical_url(after.url)
    return bool(new) and not (stayed and any(REFUSED.search(line) for line in new))


def _deed(steps: Sequence[Step], page: Page, target: Element, rng: Random) -> Done | None:
    last = steps[-1]
    made = entered(steps, page.url, target)
    button = target.name if is_button(target) else _submit_name(last, target)
    if not page.heading or not button or len(button) > 60 or len(made) > MAX_FIELDS:
        return None
    row = row_of(last.observation, target)
    if row == "":
        return None  # one of several, and no word tells which
    said = _said(made, page, row or "", button, last, target, rng)
    if said is None:
        return None
    kind, clause = said
    began_there = page.url == canonical_url(steps[0].observation.url)
    if row and not began_there:  # other pages may have a row of that name
        clause = phrasing.placed(rng, clause, page.heading, [one.change.value or one.change.field for one in made])
    return Done(len(steps), kind, clause, True, len(steps) - 1)


def _said(
    made: Sequence[Entered], page: Page, row: str, button: str, last: Step, target: Element, rng: Random
) -> tuple[TaskKind, str] | None:
    """Return what kind of thing was done, and a clause for it; None where it has no words. ``row``: "" for none."""
    about, in_row = row or page.heading, bool(row)
    changes = [one.change for one in made]
    if not made:
        return TaskKind.CHANGE, phrasing.act(rng, button, about, row=in_row)
    if len(made) == 1 and changes[0].sort is Sort.TEXT and is_count(made[0].element):
        count = (changes[0].field, changes[0].value)
        return TaskKind.CHANGE, phrasing.act(rng, button, about, count, row=in_row)
    if any(change.sort is Sort.TEXT and not change.value for change in changes):
        return None  # a field was emptied: no words for that
    kind = TaskKind.FILL if any(change.sort is Sort.TEXT for change in changes) else TaskKind.CHANGE
    if amends(last.observation, target, made):
        return kind, update(rng, changes, about, named=False, row=in_row)
    if any(change.sort in (Sort.ON, Sort.OFF) for change in changes):
        return None
    pairs = [(change.field or phrasing.OPTION, change.value) for change in changes]
    form = next((shape.name for shape in page.forms if shape.index == target.form), "")
    texts = free_texts(change.field for change in changes if change.sort is Sort.TEXT)
    thing = about if row or "*" in page.template else ""  # a form's own page names no thing
    clause = phrasing.fill(rng, form, pairs, button, about, texts, thing, row=in_row)
    if not phrasing.says(clause, about, form):
        clause = phrasing.placed(rng, clause, about, [change.value for change in changes], row=in_row)
    return TaskKind.FILL, clause


def searched(steps: Sequence[Step], seen: Sequence[Observation], atlas: Atlas, rng: Random) -> Iterable[Done]:
    """Yield the first search of the trajectory, and what was opened from its results."""
    for i, step in enumerate(steps):
        if step.requests:
            return
        target = acted_on(step)
        if target is None or target.form is None or not _left(seen[i], seen[i + 1]) or target.href:
            continue
        form = next((shape for shape in step.observation.forms if shape.index == target.form), None)
        if form is None or form.method.upper() != "GET":
            continue
        done = _search_words(steps[: i + 1], target, atlas, rng)
        if done is None:
            continue
        yield Done(i + 1, TaskKind.SEARCH, done, False, i)
        opened = atlas.page(seen[i + 2].url) if i + 2 < len(seen) and not steps[i + 1].requests else None
        link = acted_on(steps[i + 1]) if opened is not None else None
        followed = link is not None and link.href is not None and isinstance(steps[i + 1].action, Click)
        if opened is not None and link is not None and followed and atlas.unique(opened):
            if any(one.href == link.href for one in seen[i].elements):  # it was there before, whatever was searched for
                clause = phrasing.then(rng, done, phrasing.navigate(rng, opened.heading))
            else:
                clause = f"{done} {phrasing.open_result(rng, opened.heading)}"
            yield Done(i + 2, TaskKind.SEARCH, clause, False, i)
        return


def _search_words(steps: Sequence[Step], target: Element, atlas: Atlas, rng: Random) -> str | None:
    """Return a clause for what a form was sent with that only asks; None where it has no words."""
    url = canonical_url(steps[-1].observation.url)
    page = atlas.pages.get(url)
    words: list[str] = []
    choices: list[Choice] = []
    for one in entered(steps, url, target):
        match one.change:
            case Change(sort=Sort.TEXT, value=value) if is_search(one.element):
                words.append(value)
            case Change(sort=Sort.TEXT | Sort.OPTION, field=field, value=value) if one.element.role != "radio":
                choices.append(Choice(field, value))
            case Change(sort=Sort.ON | Sort.OPTION, field=field, value=value):
                choices.append(Choice(value or field, value or field, ticked=True))
            case _:
                return None  # something less than before: no words for that
    known = page is not None and atlas.unique(page)
    if len(words) > 1 or not (words or (choices and known)):
        return None
    if words:
        return narrowed(rng, page.heading if page and known and _own_search(page, atlas) else "", choices, words[0])
    return narrowed(rng, page.heading, choices) if page else None


def _own_search(page: Page, atlas: Atlas) -> bool:
    """Return whether the page has a search that the start page lacks: where it is made must then be said."""
    start = atlas.pages.get(atlas.start)
    everywhere = {form.action for form in start.forms} if start is not None else set()
    return any(form.method.upper() == "GET" and form.action not in everywhere for form in page.forms)


def _left(before: Observation, after: Observation) -> bool:
    return canonical_url(before.url) != canonical_url(after.url) and (after.status or 200) < 400


def _submit_name(step: Step, target: Element) -> str:
    """Return what the button of the form says in which Enter was pressed."""
    if isinstance(step.action, Click):
        return target.name
    button = submit_of([element for element in step.observation.elements if element.form == target.form])
    return button.name if button is not None else ""
