"""Filling in a form: what else might as well have been entered first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.policy.entering import entered
from infra.contracts.action import Action, Click, Select, Type
from infra.contracts.attempt import Step


def as_well(decisions: Sequence[tuple[Step, Action]]) -> Iterator[Action]:
    """Yield the first decision's action, and what was entered after it until something else was done.

    Fields may be filled in any order, and people and demonstrations do it in theirs: all that is yet to be entered is
    right at once, and what is not is sending the form before that. Actions are given as ones on the first page.
    """
    step, action = decisions[0]
    yield action
    field = entered(step.observation, action)
    if field is None or step.requests:
        return
    marks = {element.key: element.mark for element in step.observation.elements if element.key != field.key}
    for after, later in decisions[1:]:
        other = entered(after.observation, later)
        if other is None or after.observation.url != step.observation.url:
            return
        if other.key in marks and isinstance(later, Type | Select | Click):
            yield later.model_copy(update={"mark": marks[other.key]})
        if after.requests:
            return
