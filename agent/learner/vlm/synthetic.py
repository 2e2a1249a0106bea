"""Models of random weights and decisions of random tokens: as costly as real ones, and made in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from agent.learner.vlm import quantised
from agent.learner.vlm.shapes import Shape, configuration, picture
from agent.learner.vlm.tokens import PER_TOKEN, Sample
from agent.learner.vlm.trainer import Acted, Shown

#: Ids of random text start here; those below may mean something to a model.
_FIRST_WORD = 16


@dataclass(frozen=True, slots=True)
class Lengths:
    """Tokens of a decision besides the screenshot's."""

    text: int = 1500  # instruction, history, list of elements
    reply: int = 64  # thought and action


def build(shape: Shape, device: torch.device | str, dtype: torch.dtype, layers: int | None = None) -> Any:
    """Build a model of random weights directly on the device, frozen. On ``meta`` it weighs nothing."""
    from transformers import AutoModelForImageTextToText

    with torch.device(device):
        model = AutoModelForImageTextToText.from_config(configuration(shape, layers), dtype=dtype)
    return model.requires_grad_(False)


def build_quantised(shape: Shape, device: torch.device, layers: int | None = None) -> Any:
    """Build a model of random weights in 4 bits, one layer after the other: whole it need not fit anywhere."""
    from bitsandbytes.nn import Linear4bit

    dtype, how = torch.bfloat16, quantised.configuration()
    buffers = dict(build(shape, device, dtype, 1).named_buffers())  # they are the same whatever the number of layers
    model = build(shape, "meta", dtype, layers)
    for name, module in list(model.named_modules()):
        if quantised.applies(name, module):
            biased = module.bias is not None
            made = Linear4bit(
                module.in_features, module.out_features, biased, dtype,
                compress_statistics=how.bnb_4bit_use_double_quant, quant_type=how.bnb_4bit_quant_type, device="meta",
            )  # fmt: skip
            made.weight = type(made.weight)(
                _random(module.weight, device), requires_grad=False,
                compress_statistics=how.bnb_4bit_use_double_quant, quant_type=how.bnb_4bit_quant_type,
            ).to(device)  # fmt: skip
            if biased:
                made.bias = torch.nn.Parameter(_random(module.bias, device), requires_grad=False)
            model.set_submodule(name, made)
    for name, module in model.named_modules():
        for own, weight in list(module.named_parameters(recurse=False)):
            if weight.is_meta:
                setattr(module, own, torch.nn.Parameter(_random(weight, device), requires_grad=False))
        for own, _ in list(module.named_buffers(recurse=False)):
            setattr(module, own, buffers[f"{name}.{own}" if name else own])
    model.tie_weights()
    return model


def _random(like: torch.Tensor, device: torch.device) -> torch.Tensor:
    return torch.randn(like.shape, dtype=like.dtype, device=device) * 0.02


def sample(model: Any, shape: Shape, lengths: Lengths, generator: torch.Generator) -> Sample:
    """Make a decision up: a screenshot of noise amid random words, and a random reply."""
    seen = picture(shape)
    count = int(shape.text["vocab_size"])
    reserved = {shape.image_token, shape.image_token + 1}

    def words(length: int) -> torch.Tensor:
        ids = torch.randint(_FIRST_WORD, count, (length,), generator=generator)
        return torch.where(torch.isin(ids, torch.tensor(sorted(reserved))), _FIRST_WORD, ids)

    before = lengths.text // 10
    marks = torch.full((seen.tokens,), shape.image_token)
    prompt = torch.cat([words(before), marks, words(lengths.text - before)])
    dtype = model.dtype
    pictures = {name: torch.randn(size, generator=generator).to(dtype) for name, size in seen.sizes.items()}
    pictures |= {name: torch.tensor(value) for name, value in seen.numbers.items()}
    per_token = {}
    if shape.family == "qwen2_5_vl":  # rotary positions in three dimensions need to know what is a picture's
        per_token[PER_TOKEN[0]] = (prompt == shape.image_token).long()
    return Sample(prompt, words(lengths.reply), pictures, per_token)


def decisions(
    model: Any, shape: Shape, lengths: Lengths, count: int, *, seed: int
) -> tuple[Sequence[Shown], Sequence[Acted]]:
    """Make up decisions to imitate and sampled ones, half of each."""
    generator = torch.Generator().manual_seed(seed)
    samples = [sample(model, shape, lengths, generator) for _ in range(count)]
    half = (count + 1) // 2
    shown = [Shown(one) for one in samples[:half]]
    acted = [Acted(one, then=-100.0, advantage=1.0 - 2.0 * (row % 2)) for row, one in enumerate(samples[half:])]
    return shown, acted
