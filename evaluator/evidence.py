"""Judge a trajectory by its task's evidence. Pure: no model, no clock, no network.

Every part of the evidence that is set must hold, and besides, whatever it says: the agent ended the attempt itself,
called the task impossible if and only if it is, gave an answer if and only if one was asked for, and caused no more
state-changing requests than allowed. Evidence judged by one part alone is exploited within minutes of practice; all
parts together leave little else to do but the task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from evaluator.comparison import same_answer, same_label, same_value
from evaluator.endings import Criteria, by_ending, kept_out, scored
from evaluator.normalise import fold
from evaluator.submissions import holds, submissions, target_of
from infra.contracts.attempt import Trajectory
from infra.contracts.observation import ChunkKind, Observation
from infra.contracts.task import Evidence, Task
from infra.contracts.verdict import Outcome, Verdict
from infra.urls import canonical_url

EVALUATOR = "evidence"

_SERVER_TROUBLE = 500
_TOO_MANY_REQUESTS = 429
#: A parameter with no value; a bare name (``?edit``) is no such one.
_UNSET = re.compile(r"(?<=[?&])[^=&#]*=(?=[&#]|$)")


def judge(task: Task, trajectory: Trajectory, start: Observation | None = None) -> Verdict:
    """Return the verdict on ``trajectory``; ``start`` is the start page, by default what its first step saw.

    UNSCORED where there is no telling: no evidence, nothing seen at the end, a crash, a server in trouble, or a page
    too long to have been seen in full.
    """
    decided = by_ending(trajectory, EVALUATOR)
    if decided is not None:
        return decided
    final, evidence = trajectory.final, task.evidence
    if evidence is None or not _says_something(evidence) or final is None:
        rubric = " Its rubric is for evaluator.backend = judge." if task.rubric else ""
        return kept_out(trajectory, Outcome.UNSCORED, f"The task has no evidence to judge by.{rubric}", EVALUATOR)
    if start is None:
        start = trajectory.steps[0].observation if trajectory.steps else final
    place = list(_place(evidence, final))
    shown = list(_shown(evidence, start, final))
    done = [*_way(evidence, trajectory), *_ending(evidence, trajectory)]
    criteria = [*place, *shown, *done]
    if _all(place) and _all(done) and (doubt := _doubt(final, shown)):
        return kept_out(trajectory, Outcome.UNSCORED, doubt, EVALUATOR, criteria)
    return scored(trajectory, criteria, EVALUATOR)


def _says_something(evidence: Evidence) -> bool:
    parts = (evidence.facts, evidence.lines, evidence.said, evidence.fields, evidence.visited, evidence.beside)
    said = (evidence.url, evidence.heading, evidence.answer)
    return evidence.impossible or any(parts) or any(part is not None for part in said)


def _all(criteria: Criteria) -> bool:
    return all(held for _, held in criteria)


def _doubt(final: Observation, shown: Criteria) -> str:
    """Return why a failure might not be the agent's; empty where it is."""
    if final.status is not None and (final.status >= _SERVER_TROUBLE or final.status == _TOO_MANY_REQUESTS):
        return f"The website answered {final.status}."
    if final.truncated and not _all(shown):
        return "The last page is too long to have been seen in full."
    return ""


def _place(evidence: Evidence, final: Observation) -> Iterator[tuple[str, bool]]:
    if evidence.url is not None:
        yield f"the last page is {_path(evidence.url)}", same_page(final.url, evidence.url)


def _shown(evidence: Evidence, start: Observation, final: Observation) -> Iterator[tuple[str, bool]]:
    if evidence.heading is not None:
        yield f"its heading is “{evidence.heading}”", _has_heading(final, evidence.heading)
    elif not (evidence.facts or evidence.lines) and evidence.url is not None:
        yield "it is no error page", final.status is None or final.status < 400
    for label, value in evidence.facts:
        yield f"it shows {label}: {value}", _has_fact(final, label, value)
    before = {fold(chunk.text) for chunk in start.chunks}
    now = {fold(chunk.text) for chunk in final.chunks}
    for line in evidence.lines:
        yield f"it newly says “{line}”", fold(line) in now - before


def _way(evidence: Evidence, trajectory: Trajectory) -> Iterator[tuple[str, bool]]:
    if evidence.fields:
        sent = holds(submissions(trajectory), evidence.fields)
        for (name, value), held in zip(evidence.fields, sent, strict=True):
            yield f"“{value}” was entered as {name}", held
    for text in evidence.beside:
        yield f"a change was sent beside “{text}”", any(fold(text) in fold(place) for place in _sent_beside(trajectory))
    if evidence.said:
        heard = _heard(trajectory)
        for line in evidence.said:
            yield f"it said “{line}” on the way", fold(line) in heard
    if evidence.visited:
        way = (", " if evidence.visited_any_order else " → ").join(f"“{heading}”" for heading in evidence.visited)
        order = " in any order" if evidence.visited_any_order else ""
        yield f"the way led over {way}{order}", _passed(trajectory, evidence.visited, evidence.visited_any_order)
    yield (
        f"at most {evidence.max_submits} changes were sent (there were {trajectory.submits})",
        trajectory.submits <= evidence.max_submits,
    )


def _sent_beside(trajectory: Trajectory) -> Iterator[str]:
    """Yield what stood around each control that sent a change: its row, and the heading above."""
    for step in trajectory.steps:
        element = target_of(step)
        if step.requests and element is not None:
            yield f"{element.context} {element.nearby}"


def _heard(trajectory: Trajectory) -> set[str]:
    """Return what pages on the way said that the first one did not."""
    seen = [step.observation for step in trajectory.steps]
    if trajectory.final is not None:
        seen.append(trajectory.final)
    first, *others = [{fold(chunk.text) for chunk in page.chunks} for page in seen] or [set[str]()]
    return set[str]().union(*others) - first


def _ending(evidence: Evidence, trajectory: Trajectory) -> Iterator[tuple[str, bool]]:
    if evidence.impossible:
        yield "the agent called it impossible", trajectory.impossible
    else:
        yield "the agent did not call it impossible", not trajectory.impossible
    given = (trajectory.answer or "").strip()
    if evidence.answer is None:
        reason = evidence.impossible and trajectory.impossible  # why it cannot be done is no answer
        yield "no answer was given, as none was asked for", reason or not given
    else:
        yield f"the answer is “{evidence.answer}”", bool(given) and same_answer(given, evidence.answer)


def same_page(url: str, expected: str) -> bool:
    """Return whether two URLs name one page; ``expected`` may be a path with its query, without a host.

    Fields that were left empty (``milestone=``) tell nothing: a form sends all that it has, a link what it sets.
    """
    own, wanted = canonical_url(_UNSET.sub("", url)), _UNSET.sub("", expected)
    if wanted.startswith("/"):
        parts = urlsplit(own)
        wanted = f"{parts.scheme}://{parts.netloc}{wanted}"
    return own == canonical_url(wanted)


def main_heading(observation: Observation) -> str:
    """Return the page's main heading: the first of the highest level present, else the title."""
    return _headings(observation)[0]


def _headings(observation: Observation) -> list[str]:
    """Return the headings of the highest level present, in order; the title where there are none."""
    found = [chunk for chunk in observation.chunks if chunk.kind is ChunkKind.HEADING and chunk.text.strip()]
    top = min((chunk.level or 6 for chunk in found), default=0)
    return [chunk.text for chunk in found if (chunk.level or 6) == top] or [observation.title]


def _has_heading(observation: Observation, heading: str) -> bool:
    """Return whether one of the main headings is this; a site may head every page with its own name."""
    return any(same_label(own, heading) for own in _headings(observation))


def _has_fact(observation: Observation, label: str, value: str) -> bool:
    return any(
        chunk.label is not None
        and chunk.value is not None
        and same_label(chunk.label, label)
        and same_value(chunk.value, value)
        for chunk in observation.chunks
    )


def _passed(trajectory: Trajectory, visited: tuple[str, ...], any_order: bool) -> bool:
    """Return whether pages with these headings were seen, others between them allowed."""
    seen = [step.observation for step in trajectory.steps]
    if trajectory.final is not None:
        seen.append(trajectory.final)
    if any_order:
        return all(any(_has_heading(page, heading) for page in seen) for heading in visited)
    pages = iter(seen)
    return all(any(_has_heading(page, heading) for page in pages) for heading in visited)


def _path(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path
