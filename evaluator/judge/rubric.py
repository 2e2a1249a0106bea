"""What an attempt is judged by: the criteria of its task, and how the agent was to end it. Pure.

A task of a chat model's brings its rubric along. One with evidence gets a rubric made of it; any other is judged by its
instruction alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urlsplit

from infra.contracts.task import Evidence, Task

#: Key of the task's metadata under which a proposer says how it is to end.
ENDING = "ending"
_WHOLE = "Everything that the task asks for has been done, and is seen on the screenshots or said in the answer."


class Ending(StrEnum):
    """How the agent is to end an attempt."""

    DONE = "done"  # there is nothing to report
    ANSWER = "answer"  # with an answer
    IMPOSSIBLE = "impossible"  # by saying that it cannot be done
    ANY = "any"  # nobody said


def ending_of(task: Task) -> Ending:
    """Return how the task is to end."""
    if task.evidence is not None:
        if task.evidence.impossible:
            return Ending.IMPOSSIBLE
        return Ending.DONE if task.evidence.answer is None else Ending.ANSWER
    said = task.metadata.get(ENDING)
    return Ending(said) if said in list(Ending) else Ending.ANY


def rubric_of(task: Task) -> tuple[str, ...]:
    """Return the criteria, at least one, all of which must hold."""
    if task.rubric:
        return task.rubric
    return (tuple(_criteria(task.evidence)) if task.evidence is not None else ()) or (_WHOLE,)


def _criteria(evidence: Evidence) -> Iterator[str]:
    if evidence.impossible:
        yield "The website does not offer what the task asks for, as far as the screenshots show."
    if evidence.heading is not None:
        yield f"The last page is the one that is headed “{evidence.heading}”."
    elif evidence.url is not None:
        parts = urlsplit(evidence.url)
        yield f"The last page's address is {parts.path or '/'}{'?' + parts.query if parts.query else ''}."
    for label, value in evidence.facts:
        yield f"The last page shows that “{label}” is “{value}”."
    for line in evidence.lines:
        yield f"The last page says “{line}”."
    for line in evidence.said:
        yield f"A page on the way said “{line}”."
    for name, value in evidence.fields:
        yield f"“{value}” was entered as “{name}”, or what the site shows fits that it was."
    if evidence.answer is not None:
        yield f"The answer says the same as “{evidence.answer}”."
