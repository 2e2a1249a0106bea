"""The policy's port: a turn goes in, a decision comes out.

A policy never sees the evidence, the hidden state or the evaluator: everything it may know is in the turn.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from agent.policy.site import SiteIndex
from infra.contracts.action import Action
from infra.contracts.attempt import Candidate, Written
from infra.contracts.observation import Observation


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier step of the same attempt."""

    observation: Observation
    action: Action
    requests: tuple[str, ...] = ()
    thought: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """All that a policy may know when it decides."""

    instruction: str
    observation: Observation
    site: SiteIndex
    history: Sequence[Past] = field(default=())
    max_steps: int = 12
    temperature: float = 1.0  # 0 is greedy
    look: Callable[[], Awaitable[bytes]] | None = None  # takes and keeps a JPEG of the page, for policies that see


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy chose, and how sure it was."""

    action: Action
    log_prob: float | None  # natural logarithm, at the turn's temperature
    top: tuple[Candidate, ...] = ()
    thought: str | None = None
    written: Written | None = None  # by policies that write replies


class Policy(Protocol):
    """Implementations: ElementPolicy (in-process, embedded), VlmPolicy (served by vLLM)."""

    @property
    def version(self) -> int:
        """The published version whose weights these are."""

    async def decide(self, turn: Turn) -> Decision:
        """Choose the next action. Raises PolicyError where the weights do not fit."""
