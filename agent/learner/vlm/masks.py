"""Which tokens a grammar admitted when a reply was drawn: the same masks as vLLM's backend ``guidance`` makes.

Both use llguidance (https://github.com/guidance-ai/llguidance) on the same regular expression and tokenizer, so the
learner's probabilities are those that were sampled from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor


class Masks:
    """Replays replies through their grammar."""

    def __init__(self, tokenizer: Any, vocabulary: int) -> None:
        """``vocabulary``: number of the model's logits, which may be more than the tokenizer's tokens."""
        import llguidance.hf

        self._tokenizer = llguidance.hf.from_tokenizer(tokenizer, max(vocabulary, len(tokenizer)))
        self._width = -(-vocabulary // 8)

    def of(self, grammar: str, reply: Sequence[int]) -> Tensor | None:
        """Return what each token of a reply was drawn among, [R, W] uint8, lowest bit first.

        None where the grammar does not admit the reply: it was not drawn under it.
        """
        from llguidance import LLMatcher

        matcher = LLMatcher(self._tokenizer, LLMatcher.grammar_from_regex(grammar))
        rows = []
        for token in reply:
            rows.append(np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)[: self._width])
            if not rows[-1][token // 8] >> (token % 8) & 1:
                return None
            matcher.consume_token(token)
        return torch.from_numpy(np.stack(rows))
