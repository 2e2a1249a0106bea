"""Action: what the agent can do. Errors of an action become part of the next observation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from infra.contracts.base import Contract


class Click(Contract):
    """Click the element with this mark."""

    type: Literal["click"] = "click"
    mark: int


class Type(Contract):
    """Replace the field's content by ``text``; ``submit`` then presses Enter."""

    type: Literal["type"] = "type"
    mark: int
    text: str = Field(max_length=2000)
    submit: bool = False


class Select(Contract):
    """Choose the option with this visible label in a drop-down."""

    type: Literal["select"] = "select"
    mark: int
    option: str


class Scroll(Contract):
    """Scroll the page by most of a viewport."""

    type: Literal["scroll"] = "scroll"
    direction: Literal["down", "up"] = "down"


class Back(Contract):
    """Go back one entry in the tab's history."""

    type: Literal["back"] = "back"


class Wait(Contract):
    """Let the page go on until it settles again, at most ``seconds``."""

    type: Literal["wait"] = "wait"
    seconds: float = Field(default=2.0, gt=0, le=10)


class Answer(Contract):
    """End the attempt. ``text`` answers a question; None says "it is done", with nothing to report."""

    type: Literal["answer"] = "answer"
    text: str | None = Field(default=None, max_length=4000)
    impossible: bool = Field(default=False, description="the agent says that the task cannot be done")


Action = Annotated[Click | Type | Select | Scroll | Back | Wait | Answer, Field(discriminator="type")]

ACTION: TypeAdapter[Action] = TypeAdapter(Action)
