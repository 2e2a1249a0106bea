"""On a handful of decisions each objective makes what was rewarded more probable; without rewards nothing does."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import numpy as np
import pytest
import torch

from agent.learner.advantages import group_relative
from agent.learner.examples import Episode, Example
from agent.learner.objectives import Objective, choose
from agent.learner.on_policy import OnPolicy
from agent.learner.replay import Replay
from agent.learner.trainer import ElementTrainer
from agent.policy.network import collate, log_softmax
from agent.policy.weights import fresh
from infra.settings import LearnerSettings
from tests.unit.agent.learner.walks import acted, example

GOOD = 1
ROUNDS, GROUP = 60, 8


def probabilities(trainer: ElementTrainer) -> np.ndarray:
    with torch.inference_mode():
        batch = collate([example().encoded])
        return log_softmax(trainer.network(batch), batch.turn, 1).double().exp().numpy()


def objective(name: str) -> Objective:
    return choose(LearnerSettings.model_validate({"objective": name}))


def practise(trainer: ElementTrainer, *, rewarded: bool) -> None:
    """Pull one of the arms a few times, be rewarded for the good one, learn; again and again."""
    rng = Random(0)  # noqa: S311
    one = example()
    kept = Replay(100)
    for version in range(ROUNDS):
        buffer = OnPolicy(staleness=0)
        chances = probabilities(trainer)
        arms = rng.choices(range(len(chances)), weights=list(chances), k=GROUP)
        advantages = group_relative([float(arm == GOOD) if rewarded else 0.0 for arm in arms])
        for arm, advantage in zip(arms, advantages or (), strict=False):
            decision = acted(advantage=advantage, version=version, log_prob=math.log(chances[arm]))
            buffer.add([replace(decision, alike=(arm,))])
        if rewarded and GOOD in arms:
            kept.add(Episode("t", "success", (Example(one.encoded, (GOOD,), 1.0, version),)))
        for _ in range(2):
            examples = kept.sample(8) if trainer.objective.imitates else []
            drawn = buffer.sample(8, version) if trainer.objective.reinforces else []
            if examples or drawn:
                trainer.update(examples, drawn)


@pytest.mark.parametrize("name", ["cloning", "policy_gradient", "combined"])
def test_what_was_rewarded_becomes_more_probable(name: str) -> None:
    trainer = ElementTrainer(fresh(0), objective(name), learning_rate=2e-3)
    before = probabilities(trainer)[GOOD]
    practise(trainer, rewarded=True)
    after = probabilities(trainer)[GOOD]
    assert before < 0.5 < 0.8 < after


@pytest.mark.parametrize("name", ["cloning", "policy_gradient", "combined"])
def test_without_rewards_nothing_changes(name: str) -> None:
    trainer = ElementTrainer(fresh(0), objective(name), learning_rate=2e-3)
    before = probabilities(trainer)
    practise(trainer, rewarded=False)
    assert probabilities(trainer) == pytest.approx(before)
    assert trainer.updates == 0


def test_what_did_worse_than_its_group_becomes_less_probable() -> None:
    trainer = ElementTrainer(fresh(0), objective("policy_gradient"), learning_rate=2e-3)
    before = probabilities(trainer)
    buffer = OnPolicy(staleness=0)
    buffer.add([replace(acted(advantage=-1.0, log_prob=math.log(before[0])), alike=(0,))])
    trainer.update([], buffer.sample(1, 0))
    assert probabilities(trainer)[0] < before[0]


def test_the_penalty_holds_the_policy_near_the_version_served_before() -> None:
    apart = {}
    for kl in (0.0, 5.0):
        trainer = ElementTrainer(fresh(0), objective("cloning"), learning_rate=2e-3, kl=kl)
        before = probabilities(trainer)
        for _ in range(30):
            figures = trainer.update([example()])
        now = probabilities(trainer)
        apart[kl] = float((now * np.log(now / before)).sum())
        assert ("loss_kl" in figures) == (kl > 0)
    assert apart[5.0] < 0.1 * apart[0.0]
    trainer.published()
    first = trainer.update([example()])["loss_kl"]
    assert first < 0.05  # from the new version it counts anew
