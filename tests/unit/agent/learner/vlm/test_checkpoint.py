"""Versions on disk, and going on after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from agent.learner.objectives import FilteredCloning
from agent.learner.vlm import checkpoint
from agent.learner.vlm.adapters import Lora, attach, restore
from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.likelihood import likelihood
from agent.learner.vlm.tiny.lessons import Lesson
from agent.learner.vlm.tokens import collate
from agent.learner.vlm.trainer import Options, Shown, VlmTrainer

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")


def trainer(model: Any, *, rank: int = 8) -> VlmTrainer:
    """Return one with dropout, so that the random numbers matter, too."""
    adapted = attach(model, Lora(rank=rank, alpha=16, dropout=0.2))
    return VlmTrainer(adapted, FilteredCloning(), pad=0, options=Options(learning_rate=1e-2))


def adapters(learner: VlmTrainer) -> torch.Tensor:
    return torch.cat([w.detach().flatten() for w in learner.model.parameters() if w.requires_grad])


def test_resuming_goes_on_exactly(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson], tmp_path: Path
) -> None:
    shown = [Shown(encoder.sample(one.prompt, one.jpeg, one.reply)) for one in lessons[:2]]
    torch.manual_seed(3)
    learner = trainer(fresh())
    learner.update(shown)
    checkpoint.save(learner, tmp_path / "state")
    learner.update(shown)
    checkpoint.save(learner, tmp_path / "state")  # in place of the first
    expected = [learner.update(shown) for _ in range(2)]
    torch.manual_seed(99)
    other = trainer(fresh())
    assert not torch.equal(adapters(other), adapters(learner))
    checkpoint.resume(other, tmp_path / "state")
    assert other.updates == 2
    assert [other.update(shown) for _ in range(2)] == expected
    assert torch.equal(adapters(other), adapters(learner))
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


def test_an_interrupted_save_leaves_the_old_state(fresh: Callable[[], Any], tmp_path: Path) -> None:
    learner = trainer(fresh())
    learner.updates = 7
    checkpoint.save(learner, tmp_path / "state")
    (tmp_path / "state").rename(tmp_path / "state.old")
    learner.updates = 0
    checkpoint.resume(learner, tmp_path / "state")
    assert learner.updates == 7


def test_what_does_not_fit_is_refused(fresh: Callable[[], Any], tmp_path: Path) -> None:
    checkpoint.save(trainer(fresh()), tmp_path / "state")
    with pytest.raises(ValueError, match="of another size"):
        checkpoint.resume(trainer(fresh(), rank=4), tmp_path / "state")
    with pytest.raises(FileNotFoundError):
        checkpoint.resume(trainer(fresh()), tmp_path / "nowhere")


def test_a_version_is_a_new_folder_that_gives_the_same_policy(
    fresh: Callable[[], Any], encoder: Encoder, lessons: list[Lesson], tmp_path: Path
) -> None:
    sample = encoder.sample(lessons[0].prompt, lessons[0].jpeg, lessons[0].reply)
    learner = trainer(fresh())
    first = checkpoint.publish(learner.model, tmp_path, 0)
    learner.update([Shown(sample)])
    second = checkpoint.publish(learner.model, tmp_path, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000000", "000001"]
    assert {path.name for path in second.iterdir()} >= {"adapter_config.json", "adapter_model.safetensors"}
    batch = collate([sample], 0)
    with torch.no_grad():
        now = likelihood(learner.model.eval(), batch).log_probs
        again, before = (likelihood(restore(fresh(), one).eval(), batch).log_probs for one in (second, first))
    assert torch.allclose(now, again, atol=1e-5)
    assert not torch.allclose(now, before, atol=1e-2)
    with pytest.raises(FileExistsError):
        checkpoint.publish(learner.model, tmp_path, 1)
    with pytest.raises(FileNotFoundError):
        restore(fresh(), tmp_path / "000002")
