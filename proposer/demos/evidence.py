"""evidence: what shows a demonstration done, from two runs of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from infra.contracts.observation import Element, Observation
from infra.contracts.task import Evidence
from infra.contracts.visit import RouteReport, ScriptStep
from infra.urls import canonical_url
from proposer.demos.following import Followed
from proposer.reading import field_name, fold, is_select, is_text_field, lines, main_heading
from proposer.verify import holds

#: Lines of a page that are evidence, at most.
MOST_LINES = 3
#: What a page says differently a while later, though not within the seconds between two runs.
_PASSING = re.compile(r"\d{1,2}:\d{2}|\b(?:ago|just now|today)\b", re.IGNORECASE)


def evidence_of(followed: Followed) -> Evidence | None:
    """Return what two runs have in common and nothing before shows; None where that is nothing.

    Of an answer it is the answer and the page where it was read; of a change what the page said to it and what was
    sent; else the last page.
    """
    runs = (followed.first, followed.again)
    url, heading = _place(*(report.observations[-1] for report in runs))
    submits = max(map(submits_of, runs))
    if submits:
        evidence = _of_change(runs, url, heading, followed.answer)
    elif followed.answer is not None:
        visited = (heading,) if heading is not None else ()
        evidence = Evidence(answer=followed.answer, visited=visited, url=None if visited else url)
        return evidence if visited or url is not None else None
    else:
        evidence = _of_page(runs, url, heading)
    if evidence is None:
        return None
    return evidence if all(holds(evidence, run.observations, submits_of(run)) for run in runs) else None


def _of_change(
    runs: Sequence[RouteReport], url: str | None, heading: str | None, answer: str | None
) -> Evidence | None:
    """Return what was sent, and what the page after the last change says in both runs and no page before it does."""
    if not all(map(changes_of, runs)):
        return None
    after = [run.observations[changes_of(run)[-1]] for run in runs]
    told = _common(after, [page for run in runs for page in run.observations[: changes_of(run)[-1]]])
    fields = tuple(_sent(runs[-1]))
    if not (told or fields):
        return None
    stayed = all(changes_of(run)[-1] == len(run.observations) - 1 for run in runs)
    return Evidence(
        url=url,
        heading=heading,
        lines=told if stayed else (),
        said=() if stayed else told,
        fields=fields,
        answer=answer,
        max_submits=max(map(submits_of, runs)),
    )


def _of_page(runs: Sequence[RouteReport], url: str | None, heading: str | None) -> Evidence | None:
    """Return where it ended; where that is the start page, what it newly says."""
    start = runs[-1].observations[0]
    if url is not None and url != canonical_url(start.url):
        return Evidence(url=url, heading=heading)
    new = _common([run.observations[-1] for run in runs], [start])
    return Evidence(url=url, heading=heading, lines=new) if new else None


def changes_of(report: RouteReport) -> list[int]:
    """Return which observations came of an action that sent a change."""
    return [index for index, requests in enumerate(report.requests) if requests]


def submits_of(report: RouteReport) -> int:
    """Return how many changes were sent."""
    return sum(len(requests) for requests in report.requests)


def _place(first: Observation, again: Observation) -> tuple[str | None, str | None]:
    """Return URL and heading of the page that both runs ended on, where they are the same."""
    urls = {canonical_url(first.url), canonical_url(again.url)}
    headings = {main_heading(first), main_heading(again)}
    return (urls.pop() if len(urls) == 1 else None), (headings.pop() or None if len(headings) == 1 else None)


def _common(pages: Sequence[Observation], before: Sequence[Observation]) -> tuple[str, ...]:
    """Return lines that all pages have and none before; messages alone where there are any."""
    known = {fold(line) for page in before for line in lines(page)} | {fold(main_heading(page)) for page in pages}
    shared = set[str].intersection(*({fold(line) for line in lines(page)} for page in pages)) - known
    fresh = [chunk for chunk in pages[-1].chunks if fold(chunk.text) in shared and not _PASSING.search(chunk.text)]
    said = [chunk.text for chunk in fresh if chunk.kind == "message"] or [chunk.text for chunk in fresh]
    return tuple(dict.fromkeys(said))[:MOST_LINES]


def _sent(report: RouteReport) -> Iterable[tuple[str, str]]:
    """Yield what was entered into forms that were sent, by its field's name: the last value of each field."""
    steps, pages = report.route.steps, report.observations
    done = [_acted_on(pages[index], step) for index, step in enumerate(steps)]
    for index in changes_of(report):
        sender, here = done[index - 1], canonical_url(pages[index - 1].url)
        entered: dict[str, tuple[str, str]] = {}
        for step, element, page in zip(steps[:index], done[:index], pages[:index], strict=True):
            if sender is None or element is None or canonical_url(page.url) != here or element.form != sender.form:
                continue
            if (value := _value(step, element)) is not None and field_name(element):
                entered[element.key] = (field_name(element), value)
        yield from entered.values()


def _acted_on(page: Observation, step: ScriptStep) -> Element | None:
    return next((one for one in page.elements if one.key == step.key), None)


def _value(step: ScriptStep, element: Element) -> str | None:
    """Return what a step leaves in a field; None where it leaves nothing there."""
    if step.value is not None:
        return step.value if step.value and (is_text_field(element) or is_select(element)) else None
    if element.role in ("checkbox", "switch"):
        return "off" if element.checked else "on"
    return "on" if element.role == "radio" else None
