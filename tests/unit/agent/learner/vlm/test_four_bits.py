"""Learning above frozen weights of 4 bits, where bitsandbytes is installed: on CUDA if there is one."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from agent.learner.objectives import FilteredCloning
from agent.learner.vlm import quantised
from agent.learner.vlm.adapters import Lora, attach, load_base
from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.likelihood import likelihood
from agent.learner.vlm.tiny.lessons import Lesson
from agent.learner.vlm.tiny.model import save
from agent.learner.vlm.tokens import Sample, collate
from agent.learner.vlm.trainer import Options, Shown, VlmTrainer

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

needs_bitsandbytes = pytest.mark.skipif(
    importlib.util.find_spec("bitsandbytes") is None, reason="bitsandbytes (the extra four-bit) is not installed"
)
#: The tiny model's layers are narrower than its kernels like.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*not aligned for fast kernel:UserWarning",
    "ignore:`torch.jit.script_method` is deprecated:DeprecationWarning",
    "ignore:`is_gradient_checkpointing` is deprecated:FutureWarning",
)


def log_probs(model: Any, sample: Sample) -> torch.Tensor:
    """Return those of the reply's tokens, computed as the trainer does."""
    half = torch.autocast(DEVICE, dtype=torch.bfloat16)
    with torch.no_grad(), half:
        return likelihood(model, collate([sample], 0).to(torch.device(DEVICE))).log_probs[0].cpu()


@needs_bitsandbytes
def test_the_language_models_layers_alone_are_quantised(fresh: Callable[[], Any], parts: Any, tmp_path: Path) -> None:
    save(fresh(), parts, tmp_path)
    whole, quarter = load_base(tmp_path, DEVICE), load_base(tmp_path, DEVICE, four_bit=True)
    wanted = {name for name, module in whole.named_modules() if quantised.applies(name, module)}
    found = {name for name, module in quarter.named_modules() if type(module).__name__ == "Linear4bit"}
    assert found == wanted
    assert wanted
    assert all("language_model" in name for name in found)
    assert {weight.device.type for weight in quarter.parameters()} == {DEVICE}


@needs_bitsandbytes
def test_adapters_learn_above_them_and_fit_whole_weights(
    fresh: Callable[[], Any], parts: Any, encoder: Encoder, lessons: list[Lesson], tmp_path: Path
) -> None:
    from peft import PeftModel

    base, adapter = tmp_path / "base", tmp_path / "adapter"
    save(fresh(), parts, base)
    one = lessons[0]
    sample = encoder.sample(one.prompt, one.jpeg, one.reply)
    torch.manual_seed(1)
    model = attach(load_base(base, DEVICE, four_bit=True), Lora(rank=8, alpha=16))
    learner = VlmTrainer(model, FilteredCloning(), pad=0, options=Options(learning_rate=5e-3))
    before = log_probs(model, sample)
    assert before.sub(log_probs(load_base(base, DEVICE), sample)).abs().mean() < 0.1
    for _ in range(8):
        learner.update([Shown(sample)])
    after = log_probs(model, sample)
    assert after.sum() - before.sum() > torch.log(torch.tensor(5.0))
    model.save_pretrained(adapter)
    served = PeftModel.from_pretrained(load_base(base, DEVICE), str(adapter)).eval()
    assert log_probs(served, sample).sum() - before.sum() > torch.log(torch.tensor(5.0))
