"""recalling: ways that lead over links alone, between pages that the survey saw, need not be followed again."""

from __future__ import annotations

from infra.contracts.observation import Observation
from infra.contracts.task import Task
from infra.contracts.visit import Route, RouteReport
from infra.demonstration import decode
from proposer.survey import Survey


def recalled(task: Task, survey: Survey) -> RouteReport | None:
    """Return what the task's own way would show, out of what the survey saw; None where that cannot be told."""
    steps = decode(task.demonstration)
    page = survey.pages.get(survey.resolve(task.start_url))
    seen: list[Observation] = []
    for step in steps:
        if page is None or step.value is not None:
            return None
        seen.append(page.observation)
        element = next((one for one in page.observation.elements if one.key == step.key), None)
        if element is None or element.href is None:
            return None
        page = survey.pages.get(survey.resolve(element.href))
    if page is None:
        return None
    seen.append(page.observation)
    route = Route(url=task.start_url, steps=steps, fresh=True)
    return RouteReport(route=route, observations=tuple(seen), requests=((),) * len(seen))
