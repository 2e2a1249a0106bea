"""How commands hand over their reports: kept as a file where wanted, and printed for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel
from rich.console import Console, RenderableType


def deliver(
    report: BaseModel, printed: Iterable[RenderableType], console: Console, *, out: Path | None, as_json: bool
) -> None:
    """Write the report to ``out`` as JSON, where there is one, and print it."""
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(report.model_dump_json(indent=2), encoding="utf-8")
    if as_json:
        console.print_json(report.model_dump_json())
    else:
        console.print(*printed, sep="\n")
