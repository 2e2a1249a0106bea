"""The port: a model that answers a prompt with a value of a given shape.

Implementations: a provider through LangChain, replies that were recorded, and those that wrap another model to keep
its budget or its replies. Each is one try: who wants more tries asks again (client.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG or PNG."""

    data: bytes

    @property
    def media_type(self) -> str:
        """Return what the bytes say they are."""
        return "image/png" if self.data.startswith(b"\x89PNG") else "image/jpeg"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked. ``sample`` tells apart calls that are alike on purpose, such as votes."""

    system: str
    parts: tuple[str | Picture, ...]
    sample: int = 0


class Usage(NamedTuple):
    """Tokens of one call."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Said(Generic[M]):
    """A reply. ``usage`` None: the server did not say."""

    value: M
    usage: Usage | None = None


class Model(Protocol):
    """What answers; a schema's JSON form is what the model is held to, its class what the reply must fit."""

    async def say(self, website_id: str, prompt: Prompt, schema: type[M]) -> Said[M]:
        """Raises ChatError. ``website_id``: on whose behalf, for budgets."""
