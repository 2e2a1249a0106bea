"""The policy's port over a fleet of vLLM replicas."""

from __future__ import annotations

import asyncio

import structlog

from agent.policy.base import Decision, Turn
from agent.policy.vlm.fleet import Fleet
from agent.policy.vlm.replica import Adapter, Question
from agent.rendering.attempts import of_turn
from agent.rendering.marks import draw_marks
from agent.rendering.prompts import Budget
from agent.rendering.replies import read
from infra.errors import PolicyError

log = structlog.get_logger()

#: Replies that are sampled before a turn is given up, where they are cut off at the most tokens.
TRIES = 3


class VlmPolicy:
    """One version, for as long as the attempt lasts: what replicas serve meanwhile makes no difference."""

    def __init__(self, fleet: Fleet, adapter: Adapter, version: int, budget: Budget) -> None:
        self._fleet = fleet
        self._adapter = adapter
        self._version = version
        self._budget = budget

    @property
    def version(self) -> int:
        """The published version whose adapter answers."""
        return self._version

    async def decide(self, turn: Turn) -> Decision:
        """Look at the page, have a reply sampled, and read it. The grammar leaves no reply that says no action.

        Raises:
            PolicyUnavailable: no replica answers.
            AdapterRefused: a replica will not load this version.
            PolicyError: the turn comes without eyes, or every reply was too long.
        """
        if turn.look is None:
            raise PolicyError("a policy that sees was given a turn without a way to look")
        prompt = of_turn(turn, budget=self._budget)
        marked = await asyncio.to_thread(draw_marks, await turn.look(), prompt.marked)
        question = Question(prompt.request(marked), prompt.grammar, turn.temperature, self._budget.reply_tokens)
        for _ in range(TRIES):
            said = await self._fleet.ask(self._adapter, question)
            if said.whole:
                reply = read(said.text)
                log_prob = 0.0 if turn.temperature == 0 else sum(said.written.log_probs)
                return Decision(reply.action, log_prob, thought=reply.thought, written=said.written)
            log.warning("a reply was cut off; another is sampled", tokens=len(said.written.tokens))
        raise PolicyError(f"{TRIES} replies were longer than {self._budget.reply_tokens} tokens")
