"""How much memory training needs, computed before it is tried."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import torch

from agent.learner.vlm import quantised
from agent.learner.vlm.adapters import Lora, attach
from agent.learner.vlm.shapes import Shape, picture
from agent.learner.vlm.synthetic import Lengths, build

GIB = 2**30
#: Per trained number: itself, its gradient and AdamW's two moments, all float32.
_PER_TRAINED = 16
#: Widths of hidden state and of the feed-forward layer that one layer keeps while it is differentiated.
_KEPT_HIDDEN, _KEPT_INNER = 14, 6
#: Copies of the reply's logits in float32: raw, normalised, exponential, and their gradients.
_LOGITS = 5
#: Context, kernels' workspaces, fragmentation.
_OVERHEAD = 1.5 * GIB
_SLACK = 1.05


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes needed, and numbers counted."""

    parameters: int
    trained: int
    weights: int  # bytes of all frozen weights
    total: int  # bytes in all, an estimate

    @property
    def gib(self) -> float:
        """Return the total in GiB."""
        return self.total / GIB


def footprint(
    shape: Shape,
    lengths: Lengths,
    lora: Lora,
    *,
    dtype: torch.dtype,
    micro_batch: int,
    layers: int | None = None,
    four_bit: bool = False,
) -> Footprint:
    """Count the weights of a shape without building it, and estimate the rest; gradient checkpointing is on."""
    model: Any = build(shape, "meta", dtype, layers)
    short = sum(one.weight.numel() for name, one in model.named_modules() if quantised.applies(name, one))
    model = attach(model, lora, checkpointing=False)
    trained = sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
    parameters = sum(weight.numel() for weight in model.parameters()) - trained
    weights = parameters * dtype.itemsize
    if four_bit:
        weights -= round(short * (dtype.itemsize - quantised.BITS / 8))
    text = model.config.get_text_config()
    tokens = micro_batch * (picture(shape).tokens + lengths.text + lengths.reply)
    kept = tokens * text.hidden_size * text.num_hidden_layers
    one = tokens * (_KEPT_HIDDEN * text.hidden_size + _KEPT_INNER * text.intermediate_size)
    logits = _LOGITS * micro_batch * (lengths.reply + 1) * text.vocab_size * 4
    total = weights + trained * _PER_TRAINED + (kept + one) * dtype.itemsize + logits + _OVERHEAD
    return Footprint(parameters, trained, weights, int(_SLACK * total))


def available(device: torch.device) -> int:
    """Return the bytes that are free on a device."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
