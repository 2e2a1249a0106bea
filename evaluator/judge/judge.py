"""The judge as the service asks it. Whatever goes wrong with the model or the pictures is unscored, with its cause."""

from __future__ import annotations

import asyncio

import structlog

from evaluator.endings import kept_out
from evaluator.judge import EVALUATOR
from evaluator.judge.keyframes import Frame, keyframes
from evaluator.judge.prompt import Judgement, prompt_of
from evaluator.judge.rubric import ending_of, rubric_of
from evaluator.judge.ruling import majority, rule, without_judge
from infra.blobs.base import Blobs
from infra.chat import Chat
from infra.contracts.attempt import Trajectory
from infra.contracts.task import Task
from infra.contracts.verdict import Outcome, Verdict
from infra.errors import ChatError, NotFound

log = structlog.get_logger(__name__)


class ChatJudge:
    """Judges one attempt at a time, by ``votes`` calls that see ``frames`` pictures."""

    def __init__(self, chat: Chat, blobs: Blobs, *, votes: int, frames: int) -> None:
        self._chat = chat
        self._blobs = blobs
        self._votes = votes
        self._frames = frames

    async def judge(self, task: Task, trajectory: Trajectory) -> Verdict:
        """Return the verdict. Raises StoreError where store or blobs are down: then it may be tried again later."""
        decided = without_judge(ending_of(task), trajectory)
        if decided is not None:
            return decided
        frames = keyframes(trajectory, self._frames)
        if not frames:
            reason = "There is no picture of the last page for the judge to look at."
            return kept_out(trajectory, Outcome.UNSCORED, reason, EVALUATOR)
        try:
            shown = [(frame, await self._blobs.get(frame.key)) for frame in frames]
            return await self._ask(task, trajectory, shown)
        except (ChatError, NotFound) as error:
            log.warning("judge_failed", attempt=trajectory.attempt_id, cause=str(error), kind=type(error).__name__)
            reason = f"The judge failed ({type(error).__name__}): {error}"
            return kept_out(trajectory, Outcome.UNSCORED, reason, EVALUATOR)

    async def _ask(self, task: Task, trajectory: Trajectory, frames: list[tuple[Frame, bytes]]) -> Verdict:
        """Raises ChatError where no vote was given."""
        calls = [self._vote(task, trajectory, frames, number) for number in range(self._votes)]
        votes: list[Verdict] = []
        failed: list[ChatError] = []
        for ended in await asyncio.gather(*calls, return_exceptions=True):
            if isinstance(ended, ChatError):
                failed.append(ended)
            elif isinstance(ended, BaseException):
                raise ended
            else:
                votes.append(ended)
        if not votes:
            raise failed[0]
        return majority(trajectory, votes, self._votes)

    async def _vote(
        self, task: Task, trajectory: Trajectory, frames: list[tuple[Frame, bytes]], sample: int
    ) -> Verdict:
        rubric, ending = rubric_of(task), ending_of(task)
        asked = prompt_of(task, rubric, ending, trajectory, frames, sample=sample)
        return rule(rubric, ending, trajectory, await self._chat.ask(task.website_id, asked, Judgement))
