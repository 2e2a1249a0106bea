"""What the judge is asked, and the shape of what it says: a critique first, each criterion, the verdict last.

It is not told what the agent thought, did or claims: only the task, the criteria, the answer where one was asked for,
and pictures without marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evaluator.judge.keyframes import Frame
from evaluator.judge.rubric import Ending
from infra.chat import Picture, Prompt, fenced
from infra.chat.fence import RULE
from infra.contracts.attempt import Trajectory
from infra.contracts.task import Task

SYSTEM = f"""You judge whether a task was done on a website. You are given the task, the criteria by which it is \
judged, screenshots of the last pages, oldest first, and, where the task asks a question, the answer.
Go by what the screenshots show, not by what usually happens. Being on the way is not being done: a form that is \
filled in but not sent is not sent. What cannot be seen on the screenshots is unclear, unless the answer itself is \
what a criterion is about; an answer that the screenshots contradict is wrong.
First write a critique: what the screenshots show, and what that means for the task. Then go through the criteria by \
number. Then say whether the task can be done on this website at all: "no" only where the screenshots show that it \
cannot. The verdict comes last: success if every criterion holds, failure if one does not, else unclear.
{RULE}"""


class Judged(BaseModel):
    """One criterion."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(description="of the criterion, from 1")
    seen: str = Field(description="what the screenshots or the answer show of it")
    holds: Literal["yes", "no", "unclear"]


class Judgement(BaseModel):
    """Whether the task was done."""

    model_config = ConfigDict(extra="forbid")

    critique: str = Field(description="what the screenshots show, and what that means for the task")
    criteria: list[Judged] = Field(description="every criterion once, in order")
    can_be_done: Literal["yes", "no", "unclear"] = Field(
        description="whether the website offers what the task asks for"
    )
    verdict: Literal["success", "failure", "unclear"]


def prompt_of(
    task: Task,
    rubric: Sequence[str],
    ending: Ending,
    trajectory: Trajectory,
    frames: Sequence[tuple[Frame, bytes]],
    *,
    sample: int = 0,
) -> Prompt:
    """Return what the judge is asked about an attempt."""
    numbered = "\n".join(f"{number}. {criterion}" for number, criterion in enumerate(rubric, start=1))
    parts: list[str | Picture] = [fenced("The task", task.instruction), fenced("The criteria", numbered)]
    for number, (frame, jpeg) in enumerate(frames, start=1):
        where = fenced("its address", frame.url, 300)
        parts += [f"Screenshot {number} of {len(frames)}, {where}", Picture(jpeg)]
    parts.append(_said(ending, trajectory))
    return Prompt(SYSTEM, tuple(parts), sample)


def _said(ending: Ending, trajectory: Trajectory) -> str:
    if trajectory.impossible:
        return "It was ended by saying that the task cannot be done on this website. Is that so?"
    answer = (trajectory.answer or "").strip()
    if ending is Ending.ANSWER or (ending is Ending.ANY and answer):
        return fenced("The answer", answer)
    return "It was ended there. No answer is asked for."
