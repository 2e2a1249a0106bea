"""Distributions, surrogate and objectives against hand-computed numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from agent.learner import distributions
from agent.learner.objectives import Combined, FilteredCloning, GroupRelativeGradient, Imitated, choose
from agent.learner.surrogate import (
    Sampled,
    Whole,
    approximate_kl,
    clipped,
    figures,
    importance,
    staleness_weights,
    surrogate,
)
from infra.settings import LearnerSettings

QUARTER, HALF = math.log(0.25), math.log(0.5)


def logs(*probabilities: float) -> Tensor:
    return torch.tensor([math.log(one) for one in probabilities])


def sampled(now: Tensor, then: Tensor, proximal: Tensor, advantages: list[float], lags: list[float]) -> Sampled:
    return Sampled(now, then, proximal, torch.tensor(advantages), torch.tensor(lags), torch.zeros(len(now)))


def test_the_likelihood_adds_up_what_is_equally_right() -> None:
    log_probs = torch.tensor([QUARTER, QUARTER, HALF, HALF, HALF])
    right = torch.tensor([True, True, False, True, False])
    found = distributions.likelihood(log_probs, torch.tensor([0, 0, 0, 1, 1]), right, 2)
    assert found.tolist() == pytest.approx([HALF, HALF])


def test_entropy_by_hand() -> None:
    found = distributions.entropy(torch.tensor([HALF, HALF, 0.0]), torch.tensor([0, 0, 1]), 2)
    assert found.tolist() == pytest.approx([math.log(2.0), 0.0])


def test_divergence_by_hand() -> None:
    now, reference = logs(0.5, 0.5, 0.9, 0.1), logs(0.25, 0.75, 0.9, 0.1)
    found = distributions.divergence(now, reference, torch.tensor([0, 0, 1, 1]), 2)
    assert found.tolist() == pytest.approx([0.5 * math.log(2.0) + 0.5 * math.log(2 / 3), 0.0])


def test_of_choices_alike_the_one_is_taken_that_was_recorded() -> None:
    log_probs = logs(0.1, 0.3, 0.6, 0.5, 0.5)
    turn = torch.tensor([0, 0, 0, 1, 1])
    alike = torch.tensor([True, True, False, True, True])
    found = distributions.taken(log_probs, turn, alike, logs(0.28, 0.4))
    assert found.exp().tolist() == pytest.approx([0.3, 0.5])
    found = distributions.taken(log_probs, turn, alike, logs(0.12, 0.4))
    assert found.exp().tolist() == pytest.approx([0.1, 0.5])


def test_clipping_by_hand() -> None:
    ratios = logs(1.5, 1.5, 0.5, 0.5, 1.1, 9.0)
    advantages = torch.tensor([2.0, -2.0, 2.0, -2.0, 2.0, -2.0])
    found = clipped(ratios, torch.zeros(6), advantages, 0.2)
    # up is held at 1.2 · 2; down again counts in full; …; and nothing weighs more than three times its advantage
    assert found.tolist() == pytest.approx([2.4, -3.0, 1.0, -1.6, 2.2, -6.0])


def test_clipped_decisions_have_no_gradient_and_the_others_have() -> None:
    now = logs(1.5, 1.5, 0.5, 0.5).requires_grad_()
    clipped(now, torch.zeros(4), torch.tensor([1.0, -1.0, 1.0, -1.0]), 0.2).sum().backward()
    assert now.grad is not None
    assert now.grad.tolist() == pytest.approx([0.0, -1.5, 0.5, 0.0])


def test_importance_is_truncated_and_carries_no_gradient() -> None:
    proximal = logs(0.3, 0.3, 0.9).requires_grad_()
    weights = importance(proximal, logs(0.3, 0.6, 0.1))
    assert weights.tolist() == pytest.approx([1.0, 0.5, 2.0])
    assert not weights.requires_grad


def test_what_lags_counts_less() -> None:
    assert staleness_weights(torch.tensor([0.0, 1.0, 4.0])).tolist() == pytest.approx([1.0, 0.5, 0.2])


def test_on_policy_the_surrogate_is_the_policy_gradient() -> None:
    now = logs(0.5, 0.25).requires_grad_()
    still = now.detach().clone()
    value = surrogate(sampled(now, still, still, [1.0, -3.0], [0.0, 0.0]), 0.2)
    value.backward()
    assert float(value.detach()) == pytest.approx((1.0 - 3.0) / 2)
    assert now.grad is not None
    assert now.grad.tolist() == pytest.approx([0.5, -1.5])


def test_surrogate_by_hand() -> None:
    # importance 0.5 and 2, ratios 1.1 and 0.9, advantages 1 and -1, lags 0 and 1
    proximal = logs(0.2, 0.8)
    now = logs(0.22, 0.72)
    found = surrogate(sampled(now, logs(0.4, 0.1), proximal, [1.0, -1.0], [0.0, 1.0]), 0.2)
    assert float(found) == pytest.approx((1.0 * 0.5 * 1.1 + 0.5 * 2.0 * -0.9) / 1.5)


def test_an_action_that_became_all_but_impossible_does_no_harm() -> None:
    now = torch.tensor([-200.0, 0.0]).requires_grad_()
    found = surrogate(
        sampled(now, torch.tensor([0.0, -200.0]), torch.tensor([0.0, -200.0]), [-1.0, -1.0], [0.0, 0.0]), 0.2
    )
    found.backward()
    assert math.isfinite(float(found.detach()))
    assert now.grad is not None
    assert torch.isfinite(now.grad).all()


def test_approximate_kl_by_hand() -> None:
    found = approximate_kl(logs(0.5, 0.2), logs(0.25, 0.4))
    assert float(found) == pytest.approx(((2 - 1 - math.log(2)) + (0.5 - 1 - math.log(0.5))) / 2)


def test_figures_by_hand() -> None:
    then, proximal, now = logs(0.2, 0.4, 0.1), logs(0.2, 0.4, 0.4), logs(0.3, 0.2, 0.4)
    said = figures(sampled(now, then, proximal, [1.0, 1.0, -1.0], [0.0, 3.0, 6.0]), 0.2)
    assert said["ratio_mean"] == pytest.approx((1.5 + 0.5 + 4.0) / 3)
    assert said["clipped_share"] == pytest.approx(1 / 3)  # only the first has moved as far as it may
    assert said["truncated_share"] == pytest.approx(1 / 3)
    assert said["lag_mean"] == pytest.approx(3.0)


def imitated() -> Imitated:
    return Imitated(torch.tensor([HALF, HALF]), torch.tensor([1.0, 3.0]), torch.tensor([0.2, 0.4]))


def test_cloning_by_hand() -> None:
    loss, said = FilteredCloning(entropy_bonus=0.1).loss(imitated(), None)
    assert float(loss) == pytest.approx(math.log(2.0) - 0.1 * 0.3)
    assert said == pytest.approx({"loss": math.log(2.0), "likelihood": 0.5, "entropy": 0.3})


def test_the_two_combined_by_hand() -> None:
    still = logs(0.5, 0.5)
    batch = sampled(still, still, still, [1.0, -0.5], [0.0, 0.0])
    cloning, gradient = FilteredCloning(0.0), GroupRelativeGradient(0.2, 0.0)
    loss, said = Combined(cloning, gradient, 2.0).loss(imitated(), batch)
    assert float(loss) == pytest.approx(math.log(2.0) - 2.0 * 0.25)
    assert said["loss"] == pytest.approx(math.log(2.0))
    assert said["loss_gradient"] == pytest.approx(-0.25)
    alone, said = Combined(cloning, gradient, 2.0).loss(imitated(), None)
    assert float(alone) == pytest.approx(math.log(2.0))
    assert "loss_gradient" not in said


@pytest.mark.parametrize(
    ("name", "imitates", "reinforces"),
    [("cloning", True, False), ("policy_gradient", False, True), ("combined", True, True)],
)
def test_settings_name_the_objective(name: str, imitates: bool, reinforces: bool) -> None:
    objective = choose(LearnerSettings.model_validate({"objective": name}))
    assert (objective.imitates, objective.reinforces) == (imitates, reinforces)


def test_parts_of_a_batch_add_up() -> None:
    log_probs, weights = logs(0.1, 0.4, 0.7), torch.tensor([1.0, 2.0, 3.0])
    entropy = torch.tensor([0.5, 1.0, 0.0])
    advantages, lags = [1.0, -1.0, 0.5], [0.0, 1.0, 3.0]  # weighed by 1, 1/2, 1/4
    then, proximal = logs(0.2, 0.3, 0.7), logs(0.1, 0.3, 0.5)
    every = sampled(log_probs, then, proximal, advantages, lags)
    objective = Combined(FilteredCloning(0.1), GroupRelativeGradient(0.2, 0.1), 0.5)
    expected, _ = objective.loss(Imitated(log_probs, weights, entropy), every)
    losses = []
    for part in (slice(0, 1), slice(1, 3)):
        some = Imitated(log_probs[part], weights[part], entropy[part], Whole(6.0, 3))
        few = sampled(log_probs[part], then[part], proximal[part], advantages[part], lags[part])
        losses.append(objective.loss(some, replace(few, whole=Whole(1.75, 3)))[0])
    assert float(sum(losses)) == pytest.approx(float(expected))
    assert float(losses[0]) != pytest.approx(float(expected))
