"""Attempts at the little site, and episodes, for tests of the learner."""

from __future__ import annotations

from functools import lru_cache

from agent.learner.acted import Acted
from agent.learner.examples import Episode, Example, from_success
from agent.policy.site import SiteIndex
from infra.contracts.action import Action, Answer, Click
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.observation import Observation
from tests.unit.agent.making import link, page, row, site_map

HOME = page("/", "Home", elements=(link(0, "Lamps", "/lamps"), link(1, "Chairs", "/chairs")))
LAMPS = page("/lamps", "Lamps", elements=(link(0, "Amber lamp", "/lamps/1"), link(1, "Cobalt lamp", "/lamps/2")))
COBALT = page("/lamps/2", "Cobalt lamp", chunks=(row("Price", "$9"), row("Warranty", "2 years")))


def trajectory(steps: list[tuple[Observation, Action]], final: Observation) -> Trajectory:
    return Trajectory(
        attempt_id="att_1",
        task_id="tsk_1",
        website_id="web_1",
        instruction="Open the cobalt lamp",
        start_url=HOME.url,
        steps=tuple(Step(index=i, observation=o, action=a) for i, (o, a) in enumerate(steps)),
        final=final,
        stop_reason=StopReason.ANSWERED,
        policy_version=7,
    )


WALK = trajectory([(HOME, Click(mark=0)), (LAMPS, Click(mark=1)), (COBALT, Answer())], COBALT)


@lru_cache(maxsize=1)
def example() -> Example:
    return from_success(WALK, SiteIndex(site_map()), max_steps=9).examples[0]


def episode(task: str, source: str, length: int, website: str = "web_1") -> Episode:
    one = example()
    return Episode(task, source, (Example(one.encoded, one.right, 1.0, 0),) * length, website)


def acted(*, advantage: float = 1.0, version: int = 0, log_prob: float = -1.0) -> Acted:
    one = example()
    return Acted(one.encoded, one.right, log_prob, 1.0, advantage, version)
