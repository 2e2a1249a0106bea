"""What vLLM says of its tokens is what the learner finds of the same tokens."""

from __future__ import annotations

import torch

from agent.learner.vlm.learner import open_learner
from agent.learner.vlm.likelihood import likelihood
from agent.learner.vlm.tokens import Sample, collate
from agent.policy.vlm.adapters import adapter
from tests.vllm.asking import lessons, question
from tests.vllm.conftest import LEARNER, World

TURNS = 12
TEMPERATURE = 0.8


async def test_log_probabilities_agree_within_two_percent(world: World) -> None:
    learner = open_learner(LEARNER, world.settings, None)
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, weight in learner.trainer.model.named_parameters():
            if "lora_B" in name:  # a fresh adapter changes nothing, so nothing would be seen of it
                weight.copy_(0.2 * torch.randn(weight.shape, generator=generator))
    version = await world.publisher.first(learner.trainer, temperature=TEMPERATURE)
    served, mine, without = [], [], []
    for one in lessons(TURNS, seed=11):
        said = await world.fleet.ask(adapter(version, world.settings), question(one, temperature=TEMPERATURE))
        assert said.whole
        sample = learner._encoder.sample(one.prompt, one.jpeg, said.text, said.written.tokens)
        assert tuple(sample.prompt.tolist()) == said.prompt  # screenshot and all
        allowed = learner._masks.of(one.prompt.grammar, said.written.tokens)
        assert allowed is not None
        exact = Sample(sample.prompt, sample.reply, sample.pictures, sample.per_token, allowed)
        batch, heat = collate([exact], learner._encoder.pad), torch.tensor([TEMPERATURE])
        with torch.no_grad():
            mine.append(likelihood(learner.trainer.model, batch, heat).log_probs[0])
            with learner.trainer.model.disable_adapter():
                without.append(likelihood(learner.trainer.model, batch, heat).log_probs[0])
        served.append(torch.tensor(said.written.log_probs))
    apart = ((torch.cat(mine) - torch.cat(served)).exp() - 1).abs()
    unlike = ((torch.cat(without) - torch.cat(served)).exp() - 1).abs()
    print(f"{len(apart)} tokens: probabilities differ by {float(apart.mean()):.5%} on average")  # noqa: T201
    assert float(apart.mean()) < 0.02
    assert float(unlike.mean()) > 0.1  # it was the adapter that answered
