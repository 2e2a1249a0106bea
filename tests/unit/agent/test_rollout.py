"""The rollout against a scripted environment: when it stops, what it records, what it survives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from agent.policy.base import Decision, Turn
from agent.policy.site import SiteIndex
from agent.rollout import Watch, rollout
from infra.contracts.action import Action, Answer, Click
from infra.contracts.attempt import Purpose, StopReason, Timings, Trajectory, Written
from infra.contracts.messages import TaskDispatched
from infra.contracts.observation import Observation
from infra.errors import BrowserCrashed, PageUnreachable
from infra.telemetry.clock import PartClock
from tests.unit.agent.making import link, page

HOME = page("/", "Home", elements=(link(0, "Lamps", "/lamps"),))
LAMPS = page("/lamps", "Lamps")


class ScriptedPage:
    """Leads from HOME to LAMPS on any action; raises where it is told to."""

    def __init__(self, *, load: Exception | None = None, act: Exception | None = None) -> None:
        self._load, self._act = load, act
        self.acted: list[Action] = []

    async def load(self, url: str) -> Observation:
        if self._load:
            raise self._load
        return HOME

    async def act(self, action: Action) -> Any:
        if self._act:
            raise self._act
        self.acted.append(action)
        return SimpleNamespace(observation=LAMPS, requests=("POST /cart",), timings=Timings(act=0.5))

    async def screenshot(self) -> bytes:
        return b"jpeg"


class ScriptedPolicy:
    """Plays back actions and remembers the turns that it was given."""

    version = 4

    def __init__(self, *actions: Action) -> None:
        self._actions = iter(actions)
        self.turns: list[Turn] = []

    async def decide(self, turn: Turn) -> Decision:
        self.turns.append(turn)
        return Decision(next(self._actions), -0.5)


TASK = TaskDispatched(
    id="att_1",
    task_id="tsk_1",
    website_id="web_1",
    instruction="Open the lamps",
    start_url=HOME.url,
    max_steps=3,
    purpose=Purpose.PRACTICE,
)


async def never() -> None:
    return None


async def no() -> bool:
    return False


class Kept:
    """Stores screenshots in memory."""

    def __init__(self, *, halted: Callable[[], Awaitable[str | None]] = never, watched: bool = False) -> None:
        self.pictures: list[int] = []
        self.shown: list[int] = []
        self._watched = watched
        self.watch = Watch(halted=halted, pictures=self._pictures, keep=self._keep, show=self._show)

    async def _pictures(self) -> bool:
        return self._watched

    async def _keep(self, index: int, jpeg: bytes) -> str:
        assert jpeg == b"jpeg"
        self.pictures.append(index)
        return f"screenshots/{index}.jpg"

    async def _show(self, index: int, observation: Observation) -> None:
        assert observation.screenshot
        self.shown.append(index)


async def attempt(
    env: ScriptedPage, policy: ScriptedPolicy, kept: Kept, *, seconds: float = 60, recorded: bool = False
) -> Trajectory:
    return await rollout(
        TASK,
        env,
        policy,
        SiteIndex(None),
        kept.watch,
        seconds=seconds,
        recorded=recorded,
        clock=PartClock(),  # type: ignore[arg-type]
    )


async def test_records_every_step_and_keeps_the_last_picture() -> None:
    kept = Kept()
    policy = ScriptedPolicy(Click(mark=0), Answer(text="done"))
    result = await attempt(ScriptedPage(), policy, kept)
    assert result.stop_reason is StopReason.ANSWERED
    assert result.answer == "done"
    assert [step.action for step in result.steps] == [Click(mark=0), Answer(text="done")]
    assert result.steps[0].requests == ("POST /cart",)
    assert result.submits == 1
    assert result.steps[0].timings.act == pytest.approx(0.5)
    assert result.final is not None
    assert result.final.screenshot == "screenshots/2.jpg"
    assert result.steps[-1].observation.screenshot == "screenshots/2.jpg"
    assert result.policy_version == 4
    assert [len(turn.history) for turn in policy.turns] == [0, 1]
    assert policy.turns[1].history[0].requests == ("POST /cart",)


async def test_recorded_attempts_keep_a_picture_of_every_step() -> None:
    kept = Kept()
    await attempt(ScriptedPage(), ScriptedPolicy(Click(mark=0), Answer()), kept, recorded=True)
    assert kept.pictures == [0, 1]
    assert kept.shown == []


async def test_what_the_policy_looked_at_is_what_is_recorded() -> None:
    class Seeing(ScriptedPolicy):
        async def decide(self, turn: Turn) -> Decision:
            assert turn.look is not None
            assert (await turn.look(), await turn.look()) == (b"jpeg", b"jpeg")
            decision = await super().decide(turn)
            return replace(decision, written=Written(tokens=(1, 2), log_probs=(-0.2, -0.3)))

    kept = Kept()
    result = await attempt(ScriptedPage(), Seeing(Click(mark=0), Answer()), kept)
    assert kept.pictures == [0, 1]  # one each, however often it is looked at
    assert [step.observation.screenshot for step in result.steps] == ["screenshots/0.jpg", "screenshots/1.jpg"]
    assert result.final is not None
    assert result.final.screenshot == "screenshots/1.jpg"
    assert result.steps[0].written == Written(tokens=(1, 2), log_probs=(-0.2, -0.3))
    watched = Kept(watched=True)
    await attempt(ScriptedPage(), Seeing(Click(mark=0), Answer()), watched)
    assert (watched.pictures, watched.shown) == ([0, 1], [0, 1])


async def test_onlookers_are_shown_every_step() -> None:
    kept = Kept(watched=True)
    await attempt(ScriptedPage(), ScriptedPolicy(Click(mark=0), Answer()), kept)
    assert kept.shown == [0, 1]


async def test_a_stop_reaches_the_attempt_before_its_next_action() -> None:
    asked = iter([None, "stopped by a person"])

    async def halted() -> str | None:
        return next(asked)

    env = ScriptedPage()
    result = await attempt(env, ScriptedPolicy(Click(mark=0), Click(mark=0)), Kept(halted=halted))
    assert result.stop_reason is StopReason.STOPPED
    assert result.stop_detail == "stopped by a person"
    assert len(env.acted) == 1


async def test_steps_are_bounded() -> None:
    result = await attempt(ScriptedPage(), ScriptedPolicy(*[Click(mark=0)] * 9), Kept())
    assert result.stop_reason is StopReason.MAX_STEPS
    assert len(result.steps) == TASK.max_steps


async def test_time_is_bounded() -> None:
    result = await attempt(ScriptedPage(), ScriptedPolicy(Click(mark=0)), Kept(), seconds=0)
    assert result.stop_reason is StopReason.TIME_LIMIT
    assert result.steps == ()


async def test_an_unreachable_start_page_blocks_the_attempt() -> None:
    result = await attempt(ScriptedPage(load=PageUnreachable("refused")), ScriptedPolicy(), Kept())
    assert (result.stop_reason, result.stop_detail) == (StopReason.BLOCKED, "refused")
    assert result.final is None


async def test_a_crash_keeps_what_was_seen() -> None:
    env = ScriptedPage(act=BrowserCrashed("gone"))
    result = await attempt(env, ScriptedPolicy(Click(mark=0)), Kept())
    assert result.stop_reason is StopReason.CRASHED
    assert result.final is not None
    assert result.final.title == "Home"
