"""Rendered turns as tokens, by a model's own processor."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from agent.learner.vlm.tokens import PER_TOKEN, Sample
from agent.rendering.marks import draw_marks
from agent.rendering.prompts import Prompt


class Encoder:
    """Turns prompts, screenshots and replies into tokens.

    Example:
        encoder = Encoder.load(folder)
        sample = encoder.sample(prompt, jpeg, "Thought: …\\nAction: click [3]")
    """

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._tokenizer = processor.tokenizer

    @classmethod
    def load(cls, folder: Path | str) -> Encoder:
        """Load the processor of a model, with image processors that need no torchvision."""
        from transformers import AutoProcessor

        return cls(AutoProcessor.from_pretrained(folder, backend="pil"))

    @property
    def pad(self) -> int:
        """Return the padding token's id; the end of a turn's where a tokenizer has none."""
        pad = self._tokenizer.pad_token_id
        return int(self._tokenizer.eos_token_id if pad is None else pad)

    @property
    def end(self) -> int:
        """Return the id of the token that ends a reply."""
        return int(self._tokenizer.eos_token_id)

    @property
    def tokenizer(self) -> Any:
        """Return the model's tokenizer."""
        return self._tokenizer

    def count(self, text: str) -> int:
        """Return the number of tokens of a text."""
        return len(self._tokenizer(text, add_special_tokens=False)["input_ids"])

    def inputs(self, prompt: Prompt, jpeg: bytes) -> dict[str, Tensor]:
        """Return the model's inputs before a reply: input_ids [1, P] and what belongs to the picture.

        ``jpeg`` is the page without marks.
        """
        text = self._processor.apply_chat_template(prompt.messages(), add_generation_prompt=True, tokenize=False)
        picture = Image.open(io.BytesIO(draw_marks(jpeg, prompt.marked))).convert("RGB")
        # Templates write the beginning-of-text token themselves.
        found = self._processor(text=[text], images=[picture], return_tensors="pt", add_special_tokens=False)
        return dict(found)

    def sample(self, prompt: Prompt, jpeg: bytes, reply: str, tokens: Sequence[int] | None = None) -> Sample:
        """Return the decision as tokens; the reply ends in the end-of-turn token.

        ``tokens`` are those that the reply was sampled as, its end with them; None: as the tokenizer would spell it.
        """
        inputs = self.inputs(prompt, jpeg)
        ids = inputs.pop("input_ids")[0]
        inputs.pop("attention_mask", None)
        if tokens is None:
            tokens = [*self._tokenizer(reply, add_special_tokens=False)["input_ids"], self.end]
        return Sample(
            prompt=ids,
            reply=torch.tensor(list(tokens)),
            pictures={name: value for name, value in inputs.items() if name not in PER_TOKEN},
            per_token={name: value[0].long() for name, value in inputs.items() if name in PER_TOKEN},
        )

    def text(self, ids: Tensor) -> str:
        """Return a reply [R] in words, without its end."""
        return str(self._tokenizer.decode(ids, skip_special_tokens=True))
