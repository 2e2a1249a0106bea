"""Frozen weights in 4 bits (QLoRA, Dettmers et al. 2023, arXiv 2305.14314), by bitsandbytes.

The language model's layers alone: a vision tower is small beside them, and the head is what probabilities come from.
What PEFT's ``prepare_model_for_kbit_training`` does is not wanted: it makes the other weights float32, which with a
vocabulary of 150,000 costs gigabytes, where the learner computes in bfloat16 (autocast) as with whole weights; and its
inputs that ask for gradients are for checkpoints of the re-entrant kind.
"""

from __future__ import annotations

import importlib.util
import re
from typing import Any

import torch

#: What stays as it is: all that is not the language model's.
KEPT = r"(?!.*language_model).*"
#: Of a quantised weight: itself, a scale of 8 bits for every 64 and one of 32 bits for every 256 of those (section 3).
BITS = 4 + 8 / 64 + 32 / (64 * 256)


def configuration() -> Any:
    """Return how weights are quantised while they are read.

    Raises:
        RuntimeError: bitsandbytes is not installed.
    """
    if importlib.util.find_spec("bitsandbytes") is None:
        raise RuntimeError("weights of 4 bits need bitsandbytes (pip install 'pae[four-bit]')")
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
        llm_int8_skip_modules=[KEPT],  # of 4 bits as well, whatever its name says
    )


def applies(name: str, module: torch.nn.Module) -> bool:
    """Return whether these are weights of a model that are held in 4 bits."""
    return type(module) is torch.nn.Linear and re.match(KEPT, name) is None
