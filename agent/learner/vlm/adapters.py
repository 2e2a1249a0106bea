"""LoRA adapters on a vision-language model: which layers learn, and how the rest is held."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from agent.learner.vlm.quantised import configuration

#: The language model's attention and feed-forward projections; vision tower and projector stay as they are, which is
#: also all that vLLM can serve of an adapter.
TARGETS = r".*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"


@dataclass(frozen=True, slots=True)
class Lora:
    """Size of the adapters: W + (alpha / rank) · B A, A [rank, in] and B [out, rank] (Hu et al. 2021, section 4)."""

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0  # above 0, log-probabilities while training differ from those while acting


def attach(model: Any, lora: Lora, *, checkpointing: bool = True) -> Any:
    """Return the model with fresh adapters (B = 0, so nothing changes yet), everything else frozen.

    Adapters are float32 whatever the model is: an optimiser step of 1e-5 is lost in bfloat16.
    """
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(r=lora.rank, lora_alpha=lora.alpha, lora_dropout=lora.dropout, target_modules=TARGETS)
    return _prepared(get_peft_model(model, config), checkpointing)


def restore(model: Any, adapter: Path, *, checkpointing: bool = True) -> Any:
    """Return the model with the adapters of a folder, to be trained on.

    Raises:
        FileNotFoundError: the folder holds no adapter.
    """
    from peft import PeftModel

    if not (adapter / "adapter_config.json").is_file():
        raise FileNotFoundError(f"{adapter} holds no adapter")
    return _prepared(PeftModel.from_pretrained(model, str(adapter), is_trainable=True), checkpointing)


def _prepared(model: Any, checkpointing: bool) -> Any:
    """Switch training on, and gradient checkpointing (Chen et al. 2016, arXiv 1604.06174) where asked for."""
    if checkpointing:
        base = model.get_base_model()
        enable = getattr(base, "activation_checkpointing_enable", None)  # its newer name
        enable = enable or base.gradient_checkpointing_enable
        enable({"use_reentrant": False})
        # Enabling makes all embeddings ask for gradients, the vision tower's too, which would be differentiated for
        # nothing: checkpoints that are not re-entrant do without.
        base.disable_input_require_grads()
    return model.train()


def load_base(folder: Path | str, device: torch.device | str, *, four_bit: bool = False, waiting: bool = False) -> Any:
    """Load frozen weights for a device: bfloat16 on CUDA, float32 elsewhere.

    ``four_bit``: see :mod:`agent.learner.vlm.quantised`. ``waiting``: leave them in the host's memory, to be sharded
    from there.

    Raises:
        RuntimeError: 4 bits were asked for, and bitsandbytes is not installed.
    """
    from transformers import AutoModelForImageTextToText

    device = torch.device(device)
    dtype = torch.bfloat16 if four_bit or device.type == "cuda" else torch.float32
    if four_bit:
        if device.type == "cuda" and device.index is None:
            device = torch.device("cuda", torch.cuda.current_device())
        return AutoModelForImageTextToText.from_pretrained(
            folder, quantization_config=configuration(), dtype=dtype, device_map={"": device}
        )
    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=dtype)
    return model if waiting else model.to(device)
