"""Decisions for the policy gradient: encoded as they were acted, used a few times while they are fresh."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from agent.learner.acted import as_acted
from agent.learner.objectives import Combined, FilteredCloning, GroupRelativeGradient
from agent.learner.on_policy import USES, Drawn, OnPolicy
from agent.learner.trainer import ElementTrainer
from agent.policy import network as network_module
from agent.policy.base import Past, Turn
from agent.policy.element import ElementPolicy
from agent.policy.network import collate
from agent.policy.site import SiteIndex
from agent.policy.weights import fresh
from infra.contracts.action import Answer, Click
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.observation import Observation
from tests.unit.agent.learner.walks import COBALT, HOME, LAMPS, WALK, acted, example
from tests.unit.agent.making import page, row, site_map

TWICE = page("/lamps/2", "Cobalt lamp", chunks=(row("Price", "$9"), row("Was", "$9"), row("Warranty", "2 years")))
INSTRUCTION = "What does the cobalt lamp cost?"


async def rolled_out(policy: ElementPolicy, site: SiteIndex, temperature: float) -> Trajectory:
    """Have the policy decide on a fixed row of pages, whatever it does."""
    past: list[Past] = []
    steps = []
    seen: tuple[Observation, ...] = (HOME, LAMPS, LAMPS, TWICE, TWICE)
    for i, observation in enumerate(seen):
        turn = Turn(INSTRUCTION, observation, site, tuple(past), max_steps=9, temperature=temperature)
        decision = await policy.decide(turn)
        steps.append(Step(index=i, observation=observation, action=decision.action, log_prob=decision.log_prob))
        past.append(Past(observation, decision.action))
    return Trajectory(
        attempt_id="att_1", task_id="tsk_1", website_id="web_1", instruction=INSTRUCTION, start_url=HOME.url,
        steps=tuple(steps), final=COBALT, stop_reason=StopReason.MAX_STEPS, policy_version=3, temperature=temperature,
    )  # fmt: skip


@pytest.mark.parametrize("temperature", [1.0, 0.6])
async def test_by_the_same_weights_what_was_recorded_is_what_the_learner_finds(temperature: float) -> None:
    site = SiteIndex(site_map())
    network = fresh(0)
    trainer = ElementTrainer(fresh(0), GroupRelativeGradient(0.2), learning_rate=0.0)
    for seed in range(20):
        walk = await rolled_out(ElementPolicy(network, 3, seed=seed), site, temperature)
        buffer = OnPolicy(staleness=5)
        buffer.add(as_acted(walk, site, 1.0, max_steps=9))
        drawn = buffer.sample(100, 3)
        assert len(drawn) == 5  # every step, also those that led nowhere
        figures = trainer.update([], drawn)
        for one in drawn:
            assert one.held.proximal == pytest.approx(one.held.decision.log_prob, abs=1e-5)
        assert figures["ratio_mean"] == pytest.approx(1.0, abs=1e-4)
        assert figures["approximate_kl"] == pytest.approx(0.0, abs=1e-6)


async def test_attempts_at_several_temperatures_in_one_batch_are_each_compared_at_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = SiteIndex(site_map())
    network = fresh(0)
    trainer = ElementTrainer(fresh(0), Combined(FilteredCloning(), GroupRelativeGradient(0.2), 1.0), learning_rate=0.0)
    buffer = OnPolicy(staleness=5)
    for seed, temperature in enumerate((0.6, 1.0, 1.4, 0.8)):
        walk = await rolled_out(ElementPolicy(network, 3, seed=seed), site, temperature)
        buffer.add(as_acted(walk, site, 1.0, max_steps=9))
    drawn = buffer.sample(100, 3)
    trainer.update([example()] * 3, drawn)  # units are dropped of what is imitated, never of what was sampled
    assert {one.held.decision.temperature for one in drawn} == {0.6, 0.8, 1.0, 1.4}
    for one in drawn:
        assert one.held.proximal == pytest.approx(one.held.decision.log_prob, abs=1e-5)
    monkeypatch.setattr(network_module, "DROPPED", 0.0)
    monkeypatch.setattr(network_module, "UNHEARD", 0.0)
    figures = trainer.update([example()] * 3, drawn)  # what is imitated is at temperature 1, in the same batch
    assert figures["ratio_mean"] == pytest.approx(1.0, abs=1e-4)
    assert figures["truncated_share"] == 0.0
    chances = torch.log_softmax(network(collate([example().encoded])), dim=0).exp()
    assert figures["likelihood"] == pytest.approx(float(chances[list(example().right)].sum().detach()), abs=1e-5)


async def test_a_greedy_attempt_was_not_sampled() -> None:
    site = SiteIndex(site_map())
    walk = await rolled_out(ElementPolicy(fresh(0), 3), site, 0.0)
    assert as_acted(walk, site, 1.0, max_steps=9) == ()


def test_what_was_not_recorded_is_left_out() -> None:
    assert as_acted(WALK, SiteIndex(site_map()), 1.0, max_steps=9) == ()


def test_the_very_action_is_marked_not_what_does_the_same() -> None:
    pair = HOME.model_copy(
        update={"elements": (HOME.elements[0], HOME.elements[0].model_copy(update={"mark": 5}), HOME.elements[1])}
    )
    steps = (
        Step(index=0, observation=pair, action=Click(mark=5), log_prob=-1.0),
        Step(index=1, observation=TWICE, action=Answer(text="$9"), log_prob=-2.0),
    )
    walk = WALK.model_copy(update={"steps": steps})
    click, answer = as_acted(walk, SiteIndex(site_map()), 0.5, max_steps=9)
    assert click.alike == (1,)
    assert len(answer.alike) == 2
    assert (answer.log_prob, answer.advantage, answer.version) == (-2.0, 0.5, 7)


def test_a_decision_is_used_a_few_times_and_never_twice_at_once() -> None:
    buffer = OnPolicy(staleness=5)
    buffer.add([acted() for _ in range(10)])
    assert buffer.uses == 10 * USES
    seen: list[int] = []
    while len(buffer):
        drawn = buffer.sample(6, 0)
        own = [id(one.held) for one in drawn]
        assert len(set(own)) == len(own)
        seen += own
    assert sorted(np.unique(seen, return_counts=True)[1].tolist()) == [USES] * 10
    assert (buffer.uses, buffer.nbytes) == (0, 0)
    assert buffer.sample(6, 0) == []
    assert buffer.take_figures() == {"stale_share": 0.0, "crowded_share": 0.0, "decisions_waiting": 0.0}


def test_what_is_stale_or_was_given_up_is_dropped_and_counted() -> None:
    buffer = OnPolicy(staleness=2)
    buffer.add([acted(version=version) for version in (1, 2, 4, 9)])
    drawn = buffer.sample(10, 4)
    assert sorted((one.held.decision.version, one.lag) for one in drawn) == [(2, 2), (4, 0)]
    assert buffer.take_figures()["stale_share"] == 1.0
    assert buffer.take_figures()["stale_share"] == 0.0  # since the last call


def test_the_buffer_is_bounded_in_bytes() -> None:
    one = acted().encoded.nbytes
    buffer = OnPolicy(staleness=9, max_bytes=5 * one)
    buffer.add([acted(version=version) for version in range(8)])
    assert (len(buffer), buffer.nbytes) == (5, 5 * one)
    assert {drawn.held.decision.version for drawn in buffer.sample(9, 8)} == {3, 4, 5, 6, 7}
    assert buffer.take_figures()["crowded_share"] == 1.0
    buffer.clear()
    assert (len(buffer), buffer.nbytes) == (0, 0)


def test_the_proximal_policy_is_the_trained_one_at_the_first_draw() -> None:
    trainer = ElementTrainer(fresh(0), GroupRelativeGradient(0.2), learning_rate=0.05)
    buffer = OnPolicy(staleness=5)
    buffer.add([acted(log_prob=math.log(0.01))])
    first: list[Drawn] = buffer.sample(1, 0)
    assert trainer.update([], first)["ratio_mean"] > 2.0  # the served policy is another
    proximal = first[0].held.proximal
    again = buffer.sample(1, 0)
    figures = trainer.update([], again)
    assert again[0].held.proximal == proximal
    assert figures["clipped_share"] == 1.0  # one large step, and it is as far as it may go
