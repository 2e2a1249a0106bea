"""Learning on the exact tokens of rendered turns, with a tiny model on the CPU."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
import torch

from agent.learner.objectives import Combined, FilteredCloning, GroupRelativeGradient, Objective
from agent.learner.vlm.adapters import Lora, attach
from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.likelihood import divergence, likelihood
from agent.learner.vlm.sampling import write
from agent.learner.vlm.tiny.lessons import Lesson
from agent.learner.vlm.tokens import Sample, collate
from agent.learner.vlm.trainer import Acted, Options, Shown, VlmTrainer

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")

BOTH = Combined(FilteredCloning(), GroupRelativeGradient(clip=0.2), weight=0.7)


def trainer(model: Any, objective: Objective, *, dropout: float = 0.0, **options: Any) -> VlmTrainer:
    torch.manual_seed(1)
    adapted = attach(model, Lora(rank=8, alpha=16, dropout=dropout))
    return VlmTrainer(adapted, objective, pad=0, options=Options(**options))


def log_probs(model: Any, sample: Sample) -> torch.Tensor:
    with torch.no_grad():
        return likelihood(model, collate([sample], 0)).log_probs[0]


def samples(encoder: Encoder, lessons: list[Lesson]) -> list[Sample]:
    return [encoder.sample(one.prompt, one.jpeg, one.reply) for one in lessons]


def test_cloning_makes_what_is_shown_likelier(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    sample = samples(encoder, lessons)[0]
    learner = trainer(fresh(), FilteredCloning(), learning_rate=5e-3)
    before = log_probs(learner.model, sample).sum()
    losses = [learner.update([Shown(sample)])["loss"] for _ in range(6)]
    after = log_probs(learner.model, sample).sum()
    assert after - before > torch.log(torch.tensor(5.0))
    assert losses[-1] < losses[0]


def test_the_gradient_prefers_what_did_better_than_its_group(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    one = lessons[0]
    good, bad = (encoder.sample(one.prompt, one.jpeg, f"Thought: a\nAction: {what}") for what in ("done", "back"))
    learner = trainer(fresh(), GroupRelativeGradient(clip=0.2, entropy_bonus=0.0), learning_rate=5e-3)

    def both() -> tuple[float, float]:
        return float(log_probs(learner.model, good).sum()), float(log_probs(learner.model, bad).sum())

    before = both()
    for _ in range(8):
        then = both()
        learner.update([], [Acted(good, then[0], advantage=1.0), Acted(bad, then[1], advantage=-1.0)])
    after = both()
    preference = (after[0] - after[1]) - (before[0] - before[1])
    assert preference > torch.log(torch.tensor(5.0))
    assert after[0] > before[0]
    assert after[1] < before[1]


def test_clipping_ends_what_a_decision_can_teach(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    sample = samples(encoder, lessons)[0]
    learner = trainer(fresh(), GroupRelativeGradient(clip=0.2, entropy_bonus=0.0), learning_rate=2e-2, clip_norm=1e9)
    acted = Acted(sample, float(log_probs(learner.model, sample).sum()), advantage=1.0)
    first = learner.update([], [acted])
    assert acted.proximal is not None
    assert acted.proximal.shape == sample.reply.shape
    assert first["ratio_mean"] == pytest.approx(1.0, abs=1e-3)
    assert first["clipped_share"] == 0.0
    later = [learner.update([], [acted]) for _ in range(5)][-1]
    assert later["clipped_share"] > 0.5
    assert later["gradient_norm"] < 0.5 * first["gradient_norm"]


def test_a_decision_weighs_by_how_much_likelier_it_became_since_it_was_taken(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    sample = samples(encoder, lessons)[0]
    norms = {}
    for factor in (0.5, 1.0, 1.5, 8.0):
        learner = trainer(fresh(), GroupRelativeGradient(clip=0.2, entropy_bonus=0.0), clip_norm=1e9)
        then = float(log_probs(learner.model, sample).sum()) - math.log(factor)
        said = learner.update([], [Acted(sample, then, advantage=1.0)])
        assert said["ratio_mean"] == pytest.approx(factor, rel=1e-3)
        norms[factor] = said["gradient_norm"]
    assert [norms[factor] / norms[1.0] for factor in (0.5, 1.5, 8.0)] == pytest.approx([0.5, 1.5, 2.0], rel=1e-2)


def test_teacher_forcing_agrees_with_generation(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    learner = trainer(fresh(), FilteredCloning(), learning_rate=1e-2)
    learner.update([Shown(one) for one in samples(encoder, lessons)])  # the adapters take part
    one = lessons[0]
    for temperature in (1.0, 0.5):
        torch.manual_seed(7)
        written = write(learner.model, encoder, one.prompt, one.jpeg, temperature=temperature, longest=24)
        blank = encoder.sample(one.prompt, one.jpeg, "")
        sample = Sample(blank.prompt, written.tokens, blank.pictures, blank.per_token)
        with torch.no_grad():
            found = likelihood(learner.model, collate([sample], 0), torch.tensor([temperature]))
        assert found.log_probs[0].tolist() == pytest.approx(written.log_probs.tolist(), rel=0.02, abs=1e-3)


def test_a_batch_gives_what_its_rows_give(fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]) -> None:
    model, some = fresh().eval(), samples(encoder, lessons)
    assert len({one.length for one in some}) > 1
    batch = collate(some, encoder.pad)
    with torch.no_grad():
        found = likelihood(model, batch)
    for row, one in enumerate(some):
        alone = log_probs(model, one)
        assert found.log_probs[row][batch.mask[row]].tolist() == pytest.approx(alone.tolist(), abs=1e-4)
        assert batch.targets[row][batch.mask[row]].equal(one.reply)
    with torch.no_grad():  # the picture is looked at
        other = Sample(some[0].prompt, some[0].reply, some[1].pictures)
        assert not log_probs(model, other).equal(log_probs(model, some[0]))


@pytest.mark.parametrize("kl", [0.0, 0.1])
def test_parts_add_up_to_the_whole_batch(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson], kl: float
) -> None:
    some = samples(encoder, lessons)
    gradients, figures = [], []
    for size in (1, 3, 4):
        learner = trainer(fresh(), BOTH, learning_rate=1e-3, micro_batch=size, kl=kl, clip_norm=1e9)
        for number, weight in enumerate(weight for weight in learner.model.parameters() if weight.requires_grad):
            torch.nn.init.normal_(weight, std=0.05, generator=torch.Generator().manual_seed(number))
        shown = [Shown(one, weight=1.0 + number) for number, one in enumerate(some)]
        acted = [
            Acted(one, -80.0 - number, advantage=1.0 - number, lag=number, temperature=1.0 + 0.1 * number)
            for number, one in enumerate(some)
        ]
        figures.append(learner.update(shown, acted))
        gradients.append(torch.cat([w.grad.flatten() for w in learner.model.parameters() if w.grad is not None]))
    for other, said in zip(gradients[1:], figures[1:], strict=True):
        torch.testing.assert_close(other, gradients[0], rtol=1e-3, atol=1e-5)
        assert said == pytest.approx(figures[0], rel=1e-3, abs=1e-5)
    assert ("loss_kl" in figures[0]) == (kl > 0)


def test_half_precision_leaves_adapters_whole(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    some = samples(encoder, lessons)
    learner = trainer(fresh().to(torch.bfloat16), BOTH, learning_rate=5e-3, kl=0.01)
    shown = [Shown(one) for one in some[:2]]
    losses = [learner.update(shown, [Acted(one, -80.0, advantage=0.5) for one in some[2:]])["loss"] for _ in range(5)]
    assert losses[-1] < losses[0]
    assert {weight.dtype for weight in learner.model.parameters() if weight.requires_grad} == {torch.float32}
    exact = trainer(fresh(), BOTH, learning_rate=5e-3, kl=0.01)
    first = exact.update(shown, [Acted(one, -80.0, advantage=0.5) for one in some[2:]])["loss"]
    assert losses[0] == pytest.approx(first, rel=0.02)


def test_only_adapters_change_and_pictures_are_not_differentiated(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    model = fresh()
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    asked: list[bool] = []
    model.model.multi_modal_projector.register_forward_hook(lambda *of: asked.append(of[2].requires_grad))
    learner = trainer(model, FilteredCloning(), learning_rate=1e-2)
    learner.update([Shown(samples(encoder, lessons)[0])])
    after = {name.replace(".base_layer", ""): weight for name, weight in model.state_dict().items()}
    assert all(torch.equal(weight, after[name]) for name, weight in before.items())
    adapters = [name for name, weight in learner.model.named_parameters() if weight.requires_grad]
    assert adapters
    assert all("language_model" in name and "lora_" in name for name in adapters)
    assert asked == [False]


def test_kl_holds_the_policy_near_the_model_without_adapters(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    sample = samples(encoder, lessons)[0]
    apart = {}
    for kl in (0.0, 100.0):
        learner = trainer(fresh(), FilteredCloning(entropy_bonus=0.0), learning_rate=5e-3, kl=kl)
        for _ in range(12):
            learner.update([Shown(sample)])
        batch = collate([sample], 0)
        with torch.no_grad():
            now = likelihood(learner.model, batch).distribution
            with learner.model.disable_adapter():
                base = likelihood(learner.model, batch).distribution
        apart[kl] = float(divergence(now, base).mean())
    assert apart[100.0] < 0.5 * apart[0.0]


def test_nothing_to_learn_from_is_an_error(fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]) -> None:
    learner = trainer(fresh(), GroupRelativeGradient(clip=0.2))
    with pytest.raises(ValueError, match="nothing to learn"):
        learner.update([Shown(samples(encoder, lessons)[0])])
    with pytest.raises(ValueError, match="every one a reply"):
        collate([Sample(torch.ones(3, dtype=torch.long), torch.ones(0, dtype=torch.long))], 0)


def test_a_gradient_that_is_not_finite_moves_nothing(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson]
) -> None:
    sample = samples(encoder, lessons)[0]
    learner = trainer(fresh(), FilteredCloning())
    before = log_probs(learner.model, sample)
    assert math.isnan(learner.update([Shown(sample, weight=math.nan)])["gradient_norm"])
    torch.testing.assert_close(log_probs(learner.model, sample), before)
    assert math.isfinite(learner.update([Shown(sample)])["gradient_norm"])
