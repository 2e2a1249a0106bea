"""``python -m agent.learner.vlm.tiny FOLDER``: make the tiny model and teach it how replies are written."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch

from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.tiny.model import processor, save, untaught
from agent.learner.vlm.tiny.teaching import examine, teach


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m agent.learner.vlm.tiny", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the model is saved, as Hugging Face's are")
    parser.add_argument("--steps", type=int, default=300, help="optimiser steps of 4 lessons each (300)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1, help="of torch")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    parts, begun = processor(given.seed), time.monotonic()
    model = untaught(len(parts.tokenizer), given.seed)

    def tick(step: int, loss: float) -> None:
        if (step + 1) % 25 == 0:
            _say(f"step {step + 1}: {loss:.3f} nats per token, {time.monotonic() - begun:.0f} s")

    teach(model, Encoder(parts), steps=given.steps, seed=given.seed, tick=tick)
    save(model, parts, given.folder)
    found = examine(model, Encoder(parts), lessons=40, seed=given.seed + 1)
    count = sum(weight.numel() for weight in model.parameters())
    _say(f"{given.folder}: {count:,} weights")
    _say(
        f"of sampled replies {found.says:.0%} say an action, {found.fits:.0%} fit the page, {found.right:.0%} are right"
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
