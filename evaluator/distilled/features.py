"""What the distilled reward model sees of an attempt: how it ended, as sparse features by name. Pure.

Some say exactly which ending of which task this was, so that what was judged is remembered; some say in general how the
last page fits the instruction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Set

from evaluator.normalise import fold
from infra.contracts.attempt import Trajectory
from infra.contracts.observation import ChunkKind, Observation
from infra.contracts.task import Task
from infra.urls import canonical_url

Features = dict[str, float]

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: Shorter words say little.
LEAST_LETTERS = 3


def features(task: Task, trajectory: Trajectory) -> Features:
    """Return the features of an attempt that has seen something; all values lie between 0 and 1."""
    final = trajectory.final
    found: Features = {"bias": 1.0}
    if final is None:
        return found
    answer = fold(trajectory.answer or "")
    place = canonical_url(final.url)
    ending = f"{answer}|{trajectory.impossible}|{trajectory.submits}"
    found[f"state|{task.id}|{_digest(final)}|{ending}"] = 1.0
    found[f"place|{task.id}|{place}|{ending}"] = 1.0
    found[f"family|{task.skill}|{bool(answer)}|{trajectory.impossible}|{trajectory.submits > 0}"] = 1.0
    return found | _fit(task, trajectory, final, answer)


def _fit(task: Task, trajectory: Trajectory, final: Observation, answer: str) -> Features:
    asked = words(task.instruction)
    shown = words(" ".join(chunk.text for chunk in final.chunks))
    headed = words(" ".join([final.title, *(c.text for c in final.chunks if c.kind is ChunkKind.HEADING)]))
    start = trajectory.steps[0].observation if trajectory.steps else final
    numbers = set(_NUMBER.findall(task.instruction))
    seen_numbers = set(_NUMBER.findall(" ".join(chunk.text for chunk in final.chunks)))
    page = fold(" ".join(chunk.text for chunk in final.chunks))
    return {
        "words on the page": share(asked, shown),
        "words in its headings": share(asked, headed),
        "numbers on the page": share(numbers, seen_numbers),
        "answered": float(bool(answer)),
        "answer on the page": float(bool(answer) and answer in page),
        "still at the start": float(canonical_url(start.url) == canonical_url(final.url)),
        "sent something": float(trajectory.submits > 0),
        "last action failed": float(final.error is not None),
        "error page": float(final.status is not None and final.status >= 400),
    }


def words(text: str) -> frozenset[str]:
    """Return the words of a text that are long enough to say something, folded."""
    return frozenset(word for word in _WORD.findall(fold(text)) if len(word) >= LEAST_LETTERS)


def share(wanted: Set[str], present: Set[str]) -> float:
    """Return the share of what is wanted that is present; 0 where nothing is wanted."""
    return len(wanted & present) / len(wanted) if wanted else 0.0


def _digest(observation: Observation) -> str:
    texts = sorted(fold(chunk.text) for chunk in observation.chunks)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
