"""Judge a benchmark attempt by the sandbox site's hidden state, which its control server reads.

The control server answers whether the session's state (and the answer, where one is asked for) is what the task
wants. That it cannot be reached is nobody's failure: JudgeUnavailable is raised, the delivery is retried, and at the
cap the attempt ends unscored.
"""

from __future__ import annotations

import asyncio

import httpx
from pydantic import BaseModel, SecretStr, ValidationError

from evaluator.endings import by_ending, kept_out, scored
from infra.contracts.attempt import StopReason, Trajectory
from infra.contracts.task import HiddenCheck, Task
from infra.contracts.verdict import Outcome, Verdict
from infra.errors import JudgeUnavailable

EVALUATOR = "hidden_state"
#: Ends of an agent that did not notice that it was done.
_WENT_ON = frozenset({StopReason.MAX_STEPS, StopReason.TIME_LIMIT})
SECRET_HEADER = "X-Sandbox-Secret"  # noqa: S105 - the header's name


class CheckReply(BaseModel):
    """What the control server says; further keys are its own business."""

    passed: bool
    reason: str = ""
    criteria: tuple[tuple[str, bool], ...] = ()


class HiddenState:
    """Asks control servers. One instance serves many judgements at a time; the client belongs to the caller."""

    def __init__(
        self, client: httpx.AsyncClient, secret: SecretStr | None, *, tries: int = 3, pause_seconds: float = 0.3
    ) -> None:
        self._client = client
        self._secret = secret
        self._tries = tries
        self._pause_seconds = pause_seconds

    async def judge(self, task: Task, trajectory: Trajectory) -> Verdict:
        """Return the verdict on ``trajectory``. Raises JudgeUnavailable where the control server is down."""
        noticed = task.hidden_check is not None and task.hidden_check.ends_itself
        decided = by_ending(trajectory, EVALUATOR)
        went_on = noticed and trajectory.stop_reason in _WENT_ON
        if decided is not None and not (went_on and decided.outcome is Outcome.FAILURE):
            return decided
        if task.hidden_check is None or self._secret is None:
            missing = "hidden check" if task.hidden_check is None else "sandbox secret (PAE_SANDBOX_SECRET)"
            return kept_out(trajectory, Outcome.UNSCORED, f"There is no {missing} to judge by.", EVALUATOR)
        response = await self._ask(task.hidden_check, trajectory, self._secret)
        if response.is_client_error:
            reason = f"The control server refused to judge ({response.status_code}): {response.text[:200]}"
            return kept_out(trajectory, Outcome.UNSCORED, reason, EVALUATOR)
        try:
            reply = CheckReply.model_validate_json(response.content)
        except ValidationError as error:
            raise JudgeUnavailable(f"the control server's reply cannot be read: {error}") from error
        # The reply's own word decides; its criteria are shown, and "passed" comes first so that both always agree.
        return scored(trajectory, [("the site's state is as asked", reply.passed)], EVALUATOR, reply.reason).model_copy(
            update={"criteria": reply.criteria or (("the site's state is as asked", reply.passed),)}
        )

    async def _ask(self, check: HiddenCheck, trajectory: Trajectory, secret: SecretStr) -> httpx.Response:
        url = f"{check.control_url.rstrip('/')}/sites/{check.site}/check"
        body = {
            "task": check.task,
            "session": check.session,
            "answer": trajectory.answer,
            "impossible": trajectory.impossible,
            "final_url": trajectory.final.url if trajectory.final is not None else "",
        }
        trouble = ""
        for attempt in range(self._tries):
            if attempt:
                await asyncio.sleep(self._pause_seconds * 2 ** (attempt - 1))
            try:
                response = await self._client.post(url, json=body, headers={SECRET_HEADER: secret.get_secret_value()})
            except httpx.TransportError as error:
                trouble = f"{type(error).__name__}: {error}"
                continue
            if response.is_success or response.is_client_error:
                return response
            trouble = f"it answered {response.status_code}"
        raise JudgeUnavailable(f"the control server at {check.control_url} cannot judge: {trouble}")
