"""What a site's variant calls things, for oracles."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module


def wording(site: str, variant: str) -> Mapping[str, str]:
    """Return the words of a variant by the words of variant "a"."""
    words: Mapping[str, str] = import_module(f"sandbox_sites.{site}.wording").WORDING
    return words if variant == "b" else {}
