"""Sampling replies within the learner's process, for tests and small models; serving is another matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from agent.learner.vlm.encoding import Encoder
from agent.rendering.prompts import Prompt


@dataclass(frozen=True, slots=True)
class Written:
    """A sampled reply."""

    text: str
    tokens: Tensor  # [R], with the end-of-turn token unless it was cut short
    log_probs: Tensor  # [R] natural logarithms, at the temperature it was sampled at


def write(
    model: Any, encoder: Encoder, prompt: Prompt, jpeg: bytes, *, temperature: float = 1.0, longest: int = 160
) -> Written:
    """Sample one reply, token by token with a key-value cache; temperature 0 is greedy.

    Uses torch's global random numbers: seed them for the same reply again.
    """
    was_training = model.training
    model.eval()
    inputs = {name: value.to(model.device) for name, value in encoder.inputs(prompt, jpeg).items()}
    chosen: dict[str, Any] = {"do_sample": False}
    if temperature > 0:
        chosen = {"do_sample": True, "temperature": temperature, "top_k": 0, "top_p": 1.0}
    with torch.inference_mode():
        out = model.generate(
            **inputs,
            **chosen,
            max_new_tokens=longest,
            eos_token_id=encoder.end,
            pad_token_id=encoder.pad,
            return_dict_in_generate=True,
            output_scores=True,
        )
    model.train(was_training)
    tokens = out.sequences[0, inputs["input_ids"].shape[1] :]
    scores = torch.stack(out.scores, 1)[0].float().log_softmax(-1)
    return Written(encoder.text(tokens), tokens.cpu(), scores.gather(-1, tokens[:, None]).squeeze(-1).cpu())
