"""The tiny vision-language model, untaught: what is tested of learning must not need what it has learnt."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.tiny.lessons import Lesson, lesson
from agent.learner.vlm.tiny.model import processor, untaught


@pytest.fixture(scope="session")
def parts() -> Any:
    return processor(seed=0)


@pytest.fixture(scope="session")
def encoder(parts: Any) -> Encoder:
    return Encoder(parts)


@pytest.fixture(scope="session")
def _untaught(parts: Any) -> Any:
    return untaught(len(parts.tokenizer), seed=0)


@pytest.fixture
def fresh(_untaught: Any) -> Callable[[], Any]:
    """Return the same random model, as often as it is called."""
    return lambda: copy.deepcopy(_untaught)


@pytest.fixture(scope="session")
def lessons() -> list[Lesson]:
    generator = random.Random(5)  # noqa: S311 - not for secrets
    return [lesson(generator) for _ in range(4)]
