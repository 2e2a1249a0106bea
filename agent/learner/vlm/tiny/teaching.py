"""Supervised learning of the tiny model, and how well it took."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.likelihood import likelihood
from agent.learner.vlm.sampling import write
from agent.learner.vlm.tiny.lessons import lesson
from agent.learner.vlm.tokens import collate
from agent.rendering.replies import ReplyError, read

LEARNING_RATE = 3e-3
_WARM_UP = 10  # steps in which the learning rate rises


def _rate(step: int, steps: int) -> float:
    """Return the share of the learning rate at a step: it rises, then falls to 0 by a cosine."""
    return min(1.0, (step + 1) / _WARM_UP) * 0.5 * (1.0 + math.cos(math.pi * step / steps))


def teach(
    model: Any,
    encoder: Encoder,
    *,
    steps: int,
    batch: int = 4,
    seed: int = 0,
    tick: Callable[[int, float], None] = lambda step, loss: None,
) -> float:
    """Train all weights on made-up lessons; return the last step's loss, in nats per token.

    Deterministic by seed. The learning rate rises, then falls by a cosine (Loshchilov and Hutter 2017, arXiv
    1608.03983).
    """
    generator = random.Random(seed)  # noqa: S311 - not for secrets
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    model.train()
    loss = torch.zeros(())
    for step in range(steps):
        lessons = [lesson(generator) for _ in range(batch)]
        samples = [encoder.sample(one.prompt, one.jpeg, one.reply) for one in lessons]
        tokens = collate(samples, encoder.pad)
        loss = -likelihood(model, tokens).log_probs[tokens.mask].mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        rate.step()
        tick(step, float(loss.detach()))
    model.eval()
    return float(loss.detach())


@dataclass(frozen=True, slots=True)
class Marks:
    """Shares of sampled replies, each in [0, 1]."""

    says: float  # say an action
    fits: float  # say one in the grammar of their turn
    right: float  # say the right one


def examine(model: Any, encoder: Encoder, *, lessons: int, seed: int, temperature: float = 1.0) -> Marks:
    """Sample replies to lessons that were not taught, and say how good they are. Deterministic by seed."""
    generator = random.Random(seed)  # noqa: S311 - not for secrets
    says = fits = right = 0
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for _ in range(lessons):
            one = lesson(generator)
            reply = write(model, encoder, one.prompt, one.jpeg, temperature=temperature, longest=64).text
            try:
                action = read(reply).action
            except ReplyError:
                continue
            says += 1
            fits += re.fullmatch(one.prompt.grammar, reply) is not None
            right += action == one.action
    return Marks(says / lessons, fits / lessons, right / lessons)
