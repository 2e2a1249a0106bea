"""Short ways to write observations and trajectories."""

from __future__ import annotations

from infra.contracts.action import Action, Answer
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.observation import Box, ChunkKind, Element, Observation, TextChunk
from infra.contracts.task import Evidence, Origin, Task, TaskKind

SITE = "http://127.0.0.1:8123"
BOX = Box(x=0, y=0, width=10, height=10)


def heading(text: str, level: int = 1) -> TextChunk:
    return TextChunk(kind=ChunkKind.HEADING, text=text, level=level)


def row(label: str, value: str) -> TextChunk:
    return TextChunk(kind=ChunkKind.ROW, text=f"{label} {value}", label=label, value=value)


def line(text: str) -> TextChunk:
    return TextChunk(kind=ChunkKind.TEXT, text=text)


def field(
    mark: int, name: str, value: str = "", *, form: int | None = 0, role: str = "textbox", **more: object
) -> Element:
    values = {"mark": mark, "key": f"{role}:{name}:{form}", "role": role, "tag": "input", "name": name, "value": value,
              "form": form, "box": BOX} | more  # fmt: skip
    return Element.model_validate(values)


def button(mark: int, name: str, *, form: int | None = 0) -> Element:
    return Element(mark=mark, key=f"button:{name}", role="button", tag="button", name=name, form=form, box=BOX)


def page(
    path: str, *chunks: TextChunk, elements: tuple[Element, ...] = (), status: int = 200, **more: object
) -> Observation:
    return Observation.model_validate(
        {"url": SITE + path, "title": "Store", "chunks": chunks, "elements": elements, "status": status} | more
    )


def step(index: int, observation: Observation, action: Action, *requests: str) -> Step:
    return Step(index=index, observation=observation, action=action, requests=requests)


def trajectory(
    *decisions: tuple[Observation, Action] | tuple[Observation, Action, str],
    final: Observation | None = None,
    stop_reason: StopReason = StopReason.ANSWERED,
) -> Trajectory:
    """Return a trajectory; the last page is by default the one on which the last decision was made."""
    steps = tuple(step(index, *decision) for index, decision in enumerate(decisions))
    ending = steps[-1].action if steps else None
    answered = isinstance(ending, Answer)
    return Trajectory(
        attempt_id="att_1",
        task_id="tsk_1",
        website_id="web_1",
        instruction="do it",
        start_url=SITE + "/",
        steps=steps,
        final=final or (steps[-1].observation if steps else None),
        answer=ending.text if answered else None,  # type: ignore[union-attr]
        impossible=ending.impossible if answered else False,  # type: ignore[union-attr]
        stop_reason=stop_reason,
        policy_version=1,
    )


def task(**evidence: object) -> Task:
    return Task(
        id="tsk_1",
        website_id="web_1",
        instruction="do it",
        start_url=SITE + "/",
        kind=TaskKind.NAVIGATE,
        origin=Origin.GROUNDED,
        evidence=Evidence.model_validate(evidence),
    )
