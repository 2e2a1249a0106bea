"""``python -m agent.policy.make_intents OUT``: fit the readers of what an instruction wants to the general requests.

Prints how many of each fifth of the requests are read rightly by readers of the other four, and writes readers of all.
MiniLM must be installed. Takes a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from agent.policy.embedding import open_embedder
from agent.policy.intents import INTENTS, Floats, Reader, features
from infra.phrasebook.requests import requests

STEPS, BATCH, RATE, DECAY, DROPPED, SMOOTHED = 800, 256, 3e-3, 0.02, 0.2, 0.05
FOLDS = 5


def fit(rows: Floats, wanted: Floats, seed: int = 0) -> Reader:
    """Fit a linear reader. ``rows`` [n, features], ``wanted`` [n] numbers of INTENTS."""
    torch.manual_seed(seed)
    given, right = torch.from_numpy(rows), torch.from_numpy(wanted)
    linear = nn.Linear(rows.shape[1], len(INTENTS))
    optimiser = torch.optim.AdamW(linear.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        some = torch.randint(len(given), (BATCH,))
        heard = nn.functional.dropout(given[some], DROPPED)
        loss = nn.functional.cross_entropy(linear(heard), right[some], label_smoothing=SMOOTHED)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return Reader(linear.weight.detach().numpy().T.copy(), linear.bias.detach().numpy())


def held_out(rows: Floats, wanted: Floats) -> float:
    """Return the share of requests whose likeliest intent is right by a reader that was fitted without them."""
    order = np.random.default_rng(0).permutation(len(rows))
    right = 0
    for own in np.array_split(order, FOLDS):
        rest = np.setdiff1d(order, own)
        right += int((fit(rows[rest], wanted[rest]).read(rows[own]).argmax(axis=1) == wanted[own]).sum())
    return right / len(rows)


def main(out: Path) -> None:
    """Fit, say how well, and save."""
    known = requests()
    wanted = np.array([INTENTS.index(request.intent) for request in known])
    saved: dict[str, npt.NDArray[np.float16]] = {}
    for name, embedder in (("words", None), ("meaning", open_embedder("minilm"))):
        rows = features([request.text for request in known], embedder)
        sys.stdout.write(f"{name}: {held_out(rows, wanted):.1%} of {len(known)} held-out requests\n")
        reader = fit(rows, wanted)
        saved[f"{name}_weights"] = reader.weights.astype(np.float16)
        saved[f"{name}_bias"] = reader.bias.astype(np.float16)
    with out.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **saved)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]))
