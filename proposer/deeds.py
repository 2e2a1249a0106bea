"""deeds: what a trajectory's submits and searches were for, told from the pages before and after them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from infra.contracts.action import Click, Select, Type
from infra.contracts.attempt import Step
from infra.contracts.observation import Element, Observation
from infra.contracts.sitemap import Page
from infra.contracts.task import TaskKind
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.effects import REFUSED
from proposer.grounded import phrasing
from proposer.reading import field_name, fold, is_button, lines
from proposer.values import is_count

MAX_FIELDS = 6


@dataclass(frozen=True, slots=True)
class Done:
    """Something that ``steps`` actions did."""

    steps: int
    kind: TaskKind
    clause: str
    changes: bool


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
    entered = _entered(steps, page, target)
    button = target.name if is_button(target) else _submit_name(last, target)
    if not page.heading or not button or len(button) > 60 or len(entered) > MAX_FIELDS:
        return None
    if not entered:
        return Done(len(steps), TaskKind.CHANGE, phrasing.act(rng, button, page.heading), True)
    if len(entered) == 1 and is_count(entered[0][0]):
        field, value = entered[0]
        clause = phrasing.act(rng, button, page.heading, (field_name(field), value))
        return Done(len(steps), TaskKind.CHANGE, clause, True)
    pairs = [(field_name(field), value) for field, value in entered]
    shape = next((form for form in page.forms if form.index == target.form), None)
    clause = phrasing.fill(rng, phrasing.form_words(rng, shape.name if shape else "", page.heading), pairs, button)
    if page.heading not in clause:
        clause = f"{clause} on {phrasing.quoted(rng, page.heading)}"
    return Done(len(steps), TaskKind.FILL, clause, True)


def _entered(steps: Sequence[Step], page: Page, target: Element) -> list[tuple[Element, str]]:
    """Return the fields of the sent form with the values that were entered on this page, each once."""
    entered: dict[str, tuple[Element, str]] = {}
    for step in reversed(steps):
        if canonical_url(step.observation.url) != page.url:
            break
        element = acted_on(step)
        value = _value(step)
        if element is not None and value and element.form == target.form and field_name(element):
            entered.setdefault(element.key, (element, value))
    return list(reversed(entered.values()))


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
        yield Done(i + 1, TaskKind.SEARCH, done, False)
        opened = atlas.page(seen[i + 2].url) if i + 2 < len(seen) and not steps[i + 1].requests else None
        if opened is not None and atlas.unique(opened) and _left(seen[i + 1], seen[i + 2]):
            clause = f"{done} {phrasing.open_result(rng, opened.heading)}"
            yield Done(i + 2, TaskKind.SEARCH, clause, False)
        return


def _search_words(steps: Sequence[Step], target: Element, atlas: Atlas, rng: Random) -> str | None:
    url = canonical_url(steps[-1].observation.url)
    page = atlas.pages.get(url)
    here = [step for step in steps if canonical_url(step.observation.url) == url]
    for step in reversed(here):
        element, value = acted_on(step), _value(step)
        if element is None or not value or element.form != target.form:
            continue
        if isinstance(step.action, Select):
            known = page is not None and atlas.unique(page) and field_name(element)
            return phrasing.choose(rng, field_name(element), value, page.heading) if page and known else None
        return phrasing.search(rng, value)
    return None


def _left(before: Observation, after: Observation) -> bool:
    return canonical_url(before.url) != canonical_url(after.url) and (after.status or 200) < 400


def acted_on(step: Step) -> Element | None:
    """Return the element that the step's action was meant for."""
    mark = getattr(step.action, "mark", None)
    return next((element for element in step.observation.elements if element.mark == mark), None)


def _value(step: Step) -> str | None:
    if isinstance(step.action, Type):
        return step.action.text
    return step.action.option if isinstance(step.action, Select) else None


def _submit_name(step: Step, target: Element) -> str:
    """Return what the button of the form says in which Enter was pressed."""
    if isinstance(step.action, Click):
        return target.name
    members = (element for element in step.observation.elements if element.form == target.form)
    return next((element.name for element in members if is_button(element)), "")
