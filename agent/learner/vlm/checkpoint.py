"""Adapters on disk: one folder per published version, and one to go on from after a restart.

A version's folder is PEFT's own format (``adapter_config.json``, ``adapter_model.safetensors``), is complete as soon as
it can be seen, and is never written again: whoever serves adapters caches them by path.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from agent.learner.vlm.trainer import VlmTrainer

_STATE = "trainer.json"
_OPTIMISER = "optimiser.pt"
_ADAPTER = "adapter"


@contextmanager
def _all_at_once(folder: Path) -> Iterator[Path]:
    """Give a folder to write to that takes its name when all is written."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def version_folder(root: Path, version: int, tag: str = "") -> Path:
    """Return where a version's adapter is; ``tag`` tells it from another installation's version of that number."""
    return root / (f"{version:06d}-{tag}" if tag else f"{version:06d}")


def publish(model: Any, root: Path, version: int, tag: str = "") -> Path:
    """Save the model's adapter as a version; return its folder.

    Raises:
        FileExistsError: the version is there already.
    """
    folder = version_folder(root, version, tag)
    if folder.exists():
        raise FileExistsError(f"version {version} is there already: {folder}")
    with _all_at_once(folder) as draft:
        model.save_pretrained(draft, save_embedding_layers=False)
    return folder


def save(trainer: VlmTrainer, folder: Path) -> None:
    """Save all that :func:`resume` needs, in place of what the folder held before.

    An interruption leaves the old state or the new one; in the instant between them the old one is ``FOLDER.old``,
    where :func:`resume` finds it.
    """
    old = replaced(folder)
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
    with _all_at_once(folder) as draft:
        trainer.model.save_pretrained(draft / _ADAPTER, save_embedding_layers=False)
        state = {"optimiser": trainer.optimiser.state_dict(), "random": torch.get_rng_state()}
        if trainer.device.type == "cuda":
            state["random_cuda"] = torch.cuda.get_rng_state(trainer.device)
        torch.save(state, draft / _OPTIMISER)
        (draft / _STATE).write_text(json.dumps({"updates": trainer.updates}) + "\n")
        if folder.exists():
            folder.rename(old)
    shutil.rmtree(old, ignore_errors=True)


def replaced(folder: Path) -> Path:
    """Return where :func:`save` has what it replaces, for the instant until it is replaced."""
    return folder.with_name(f"{folder.name}.old")


def resume(trainer: VlmTrainer, folder: Path) -> None:
    """Go on exactly where another trainer of the same shape stopped: adapters, optimiser, random numbers.

    Raises:
        FileNotFoundError: the folder holds no saved state.
        ValueError: the adapters do not fit the model.
    """
    if not folder.exists():
        folder = replaced(folder)
    updates = int(json.loads((folder / _STATE).read_text())["updates"])
    adopt(trainer.model, folder / _ADAPTER)
    state = torch.load(folder / _OPTIMISER, map_location="cpu", weights_only=True)
    trainer.optimiser.load_state_dict(state["optimiser"])
    trainer.updates = updates
    torch.set_rng_state(state["random"])
    if "random_cuda" in state and trainer.device.type == "cuda":
        torch.cuda.set_rng_state(state["random_cuda"], trainer.device)


def adopt(model: Any, adapter: Path) -> None:
    """Give a model with adapters those of a folder.

    Raises:
        FileNotFoundError: the folder holds no adapter.
        ValueError: the adapters do not fit the model.
    """
    from peft import load_peft_weights, set_peft_model_state_dict

    if not (adapter / "adapter_config.json").is_file():
        raise FileNotFoundError(f"{adapter} holds no adapter")
    device = next(weight.device for weight in model.parameters() if weight.requires_grad)
    weights = load_peft_weights(str(adapter), device=str(device))
    try:
        result = set_peft_model_state_dict(model, weights)
    except RuntimeError as error:  # torch's word for shapes that differ
        raise ValueError(f"the adapters in {adapter} are of another size: {error}") from error
    missing = [name for name in result.missing_keys if "lora_" in name]
    if missing or result.unexpected_keys:
        raise ValueError(f"the adapters in {adapter} are of another model")
