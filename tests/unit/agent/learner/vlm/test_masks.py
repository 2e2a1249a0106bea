"""Probabilities among the tokens that a grammar admits: hand-computed, and as the learner uses them."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from agent.learner.objectives import GroupRelativeGradient
from agent.learner.vlm.adapters import Lora, attach
from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.likelihood import bits, divergence, likelihood
from agent.learner.vlm.masks import Masks
from agent.learner.vlm.tiny.lessons import Lesson
from agent.learner.vlm.tokens import Sample, collate
from agent.learner.vlm.trainer import Acted, VlmTrainer

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")


@pytest.fixture(scope="module")
def masks(encoder: Encoder) -> Masks:
    return Masks(encoder.tokenizer, len(encoder.tokenizer))


def masked(sample: Sample, masks: Masks, grammar: str) -> Sample:
    allowed = masks.of(grammar, sample.reply.tolist())
    assert allowed is not None
    return Sample(sample.prompt, sample.reply, sample.pictures, sample.per_token, allowed)


def test_bits_are_unpacked_lowest_first() -> None:
    packed = torch.tensor([[0b00000101, 0b10000000]], dtype=torch.uint8)
    assert bits(packed, 16).nonzero()[:, 1].tolist() == [0, 2, 15]
    assert bits(packed, 9).shape == (1, 9)


def test_only_what_the_grammar_admits_has_a_share(fresh: Any, encoder: Encoder, lessons: list[Lesson]) -> None:
    class Flat:
        """Finds every one of four tokens as probable as the others."""

        def __call__(self, *, logits_to_keep: int, input_ids: torch.Tensor, **_: object) -> Any:
            return type("Out", (), {"logits": torch.zeros(len(input_ids), logits_to_keep, 4)})

    allowed = torch.tensor([[0b0110], [0b0001]], dtype=torch.uint8)
    sample = Sample(torch.tensor([1, 1]), torch.tensor([2, 0]), allowed=allowed)
    found = likelihood(Flat(), collate([sample, Sample(torch.tensor([1]), torch.tensor([3]))], pad=0))
    assert found.log_probs[0].tolist() == pytest.approx([math.log(1 / 2), 0.0])
    assert found.log_probs[1, 1].item() == pytest.approx(math.log(1 / 4))  # the other row's grammar is not its own
    assert found.entropy[0].tolist() == pytest.approx([math.log(2), 0.0])
    assert divergence(found.distribution, found.distribution).abs().max() == 0


def test_the_mask_of_a_reply_ends_with_its_end(masks: Masks, encoder: Encoder, lessons: list[Lesson]) -> None:
    one = lessons[0]
    sample = encoder.sample(one.prompt, one.jpeg, one.reply)
    allowed = masks.of(one.prompt.grammar, sample.reply.tolist())
    assert allowed is not None
    assert allowed.shape == (len(sample.reply), -(-len(encoder.tokenizer) // 8))
    last = bits(allowed, len(encoder.tokenizer))[-1]
    assert last[encoder.end]
    first = bits(allowed, len(encoder.tokenizer))[0].nonzero()[:, 0].tolist()
    assert {encoder.tokenizer.decode([token])[0] for token in first} == {"T"}


def test_what_the_grammar_does_not_admit_has_no_mask(masks: Masks, encoder: Encoder, lessons: list[Lesson]) -> None:
    tokens = encoder.sample(lessons[0].prompt, lessons[0].jpeg, "Thought: x\nAction: fly").reply.tolist()
    assert masks.of(lessons[0].prompt.grammar, tokens) is None


def test_a_policy_that_acted_within_its_grammar_is_its_own_proximal(
    fresh: Any, masks: Masks, encoder: Encoder, lessons: list[Lesson]
) -> None:
    torch.manual_seed(1)
    model = attach(fresh(), Lora(rank=4, alpha=8))
    learner = VlmTrainer(model, GroupRelativeGradient(clip=0.2, entropy_bonus=0.0), pad=0)
    one = lessons[0]
    sample = masked(encoder.sample(one.prompt, one.jpeg, one.reply), masks, one.prompt.grammar)
    with torch.no_grad():
        then = likelihood(model, collate([sample], 0), torch.tensor([0.7])).log_probs[0]
    acted = Acted(sample, float(then.sum()), advantage=1.0, temperature=0.7, tokens_then=then)
    figures = learner.update([], [acted])
    assert figures["ratio_mean"] == pytest.approx(1.0, abs=1e-4)
    assert figures["approximate_kl"] == pytest.approx(0.0, abs=1e-4)
    assert acted.proximal is not None
    assert torch.allclose(acted.proximal, then, atol=1e-5)
