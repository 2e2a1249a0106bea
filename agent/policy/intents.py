"""What an instruction wants: to be told, to see, to have something done. Told by its words and its embedding.

Practice words few acts in few ways, and from those alone a policy hears a question in most of what people say. So this
is read apart: by a linear reader of word pairs, and of the sentence embedding where there is one, fitted to general
requests (:mod:`infra.phrasebook.requests`) by ``python -m agent.policy.make_intents``. What comes out are features; how
far to go by them, the policy learns.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from agent.policy.embedding import Embedder
from infra.phrasebook.requests import Intent

Floats = npt.NDArray[np.float32]

INTENTS = tuple(Intent)
#: Hash buckets of words and word pairs, and how much they and embeddings (whose values are small) count.
BUCKETS, WORD_SCALE, MEANING_SCALE = 4096, 3.0, 4.0
FILE = "intents.npz"

_PART = re.compile(r"[a-z']+|\?|\d+|[\"“]")


@dataclass(frozen=True, slots=True)
class Reader:
    """A linear reader: ``weights`` [features, INTENTS] and ``bias`` [INTENTS]."""

    weights: Floats
    bias: Floats

    def read(self, features: Floats) -> Floats:
        """Return probabilities. ``features`` [n, features] → [n, INTENTS]."""
        scores = features @ self.weights + self.bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = scores / scores.sum(axis=1, keepdims=True)
        return shares


def parts(instruction: str) -> list[str]:
    """Return an instruction's words, pairs of neighbours, and with what it begins; numbers are all the same."""
    said = ["0" if part.isdigit() else part for part in _PART.findall(instruction.lower())]
    if not said:
        return []
    return [f"<{said[0]}", f"<{' '.join(said[:2])}", *said, *map(" ".join, pairwise(said))]


def word_features(instructions: Sequence[str]) -> Floats:
    """Return one row of hashed words per instruction. Shape [n, BUCKETS]."""
    rows = np.zeros((len(instructions), BUCKETS), dtype=np.float32)
    for row, instruction in zip(rows, instructions, strict=True):
        row[[zlib.crc32(part.encode()) % BUCKETS for part in parts(instruction)]] = 1.0
        row *= WORD_SCALE / max(float(np.sqrt(row.sum())), 1.0)
    return rows


def features(instructions: Sequence[str], embedder: Embedder | None) -> Floats:
    """Return what a reader reads: hashed words, and embeddings before them where there is an embedder."""
    rows = word_features(instructions)
    if embedder is None:
        return rows
    return np.concatenate([MEANING_SCALE * embedder.encode(instructions), rows], axis=1)


def intents(instruction: str, embedder: Embedder | None) -> tuple[float, ...]:
    """Return the probability of each of INTENTS."""
    reader = _reader(meaning=embedder is not None)
    return tuple(float(share) for share in reader.read(features([instruction], embedder))[0])


@lru_cache(maxsize=2)
def _reader(*, meaning: bool) -> Reader:
    name = "meaning" if meaning else "words"
    with np.load(BytesIO((files("agent.policy") / FILE).read_bytes())) as saved:
        return Reader(saved[f"{name}_weights"].astype(np.float32), saved[f"{name}_bias"].astype(np.float32))
