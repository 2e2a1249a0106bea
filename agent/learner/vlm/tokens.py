"""Decisions as tokens, and batches of them.

Rows are padded on the left: all replies then end in the last column, and logits are asked for the reply's columns
alone. Shapes: B rows, P tokens of a prompt, R of a reply, T of the longest reply, L = longest P + R, W bytes of a bit
per token of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

#: Inputs of the processor that hold one number per token of the prompt, not per picture.
PER_TOKEN = ("mm_token_type_ids", "token_type_ids")


@dataclass(frozen=True, slots=True)
class Sample:
    """One decision: what the policy was shown, and what it wrote."""

    prompt: Tensor  # [P] int64, the picture's placeholders already repeated
    reply: Tensor  # [R] int64, at least one; ends in the end-of-turn token
    pictures: Mapping[str, Tensor] = field(default_factory=dict)  # what the model wants of them, by the input's name
    per_token: Mapping[str, Tensor] = field(default_factory=dict)  # [P] each, see PER_TOKEN
    allowed: Tensor | None = None  # [R, W] uint8, lowest bit first: the tokens that were drawn among; None: all

    @property
    def length(self) -> int:
        """Return P + R."""
        return len(self.prompt) + len(self.reply)


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """Rows of equal length, for the model's forward pass."""

    inputs: dict[str, Tensor]  # input_ids and attention_mask [B, L], and what the model wants besides
    targets: Tensor  # [B, T] int64, the replies, right-aligned
    mask: Tensor  # [B, T] bool, what of ``targets`` is a reply's
    allowed: Tensor | None = None  # [B, T, W] uint8, see Sample; None: every token everywhere

    def to(self, device: torch.device | str) -> TokenBatch:
        """Return the same on a device."""
        inputs = {name: value.to(device, non_blocking=True) for name, value in self.inputs.items()}
        allowed = None if self.allowed is None else self.allowed.to(device)
        return TokenBatch(inputs, self.targets.to(device), self.mask.to(device), allowed)


def collate(samples: Sequence[Sample], pad: int) -> TokenBatch:
    """Put samples together. ``pad`` is the id of the padding token.

    Raises:
        ValueError: no samples, or a reply without tokens.
    """
    if not samples or not all(len(one.reply) for one in samples):
        raise ValueError("a batch needs samples, and every one a reply")
    length = max(one.length for one in samples)
    replies = max(len(one.reply) for one in samples)
    rows = [torch.cat([one.prompt, one.reply]) for one in samples]
    inputs = {
        "input_ids": torch.stack([_left(row, length, pad) for row in rows]),
        "attention_mask": torch.stack([_left(torch.ones_like(row), length, 0) for row in rows]),
    }
    for name in samples[0].per_token:
        own = [torch.cat([one.per_token[name], torch.zeros_like(one.reply)]) for one in samples]
        inputs[name] = torch.stack([_left(row, length, 0) for row in own])
    for name in samples[0].pictures:
        inputs[name] = _pictures([one.pictures[name] for one in samples])
    targets = torch.stack([_left(one.reply, replies, pad) for one in samples])
    mask = torch.stack([_left(torch.ones_like(one.reply), replies, 0) for one in samples]).bool()
    return TokenBatch(inputs, targets, mask, _allowed(samples, replies))


def _allowed(samples: Sequence[Sample], replies: int) -> Tensor | None:
    """Return what rows were drawn among, right-aligned; where nothing was forbidden all bits are set."""
    width = next((one.allowed.shape[1] for one in samples if one.allowed is not None), None)
    if width is None:
        return None
    every = torch.full((len(samples), replies, width), 0xFF, dtype=torch.uint8)
    for row, one in zip(every, samples, strict=True):
        if one.allowed is not None:
            row[replies - len(one.reply) :] = one.allowed
    return every


def _left(row: Tensor, length: int, pad: int) -> Tensor:
    return torch.nn.functional.pad(row, (length - len(row), 0), value=pad)


def _pictures(parts: Sequence[Tensor]) -> Tensor:
    """Join pictures along the first dimension; LLaVA-NeXT's tiles [1, tiles, …] are filled up to the most tiles."""
    if parts[0].dim() == 5:
        most = max(part.shape[1] for part in parts)
        parts = [torch.cat([part, part.new_zeros(1, most - part.shape[1], *part.shape[2:])], 1) for part in parts]
    return torch.cat(list(parts))
