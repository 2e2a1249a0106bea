"""Files of an experiment."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(text + ("" if text.endswith("\n") else "\n"), encoding="utf-8")
    beside.replace(path)
