"""The report and its table. Pure but for a look at the machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.table import Table


def machine(chromium: str | None) -> dict[str, Any]:
    """Return what the figures were measured on."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "cpu": _cpu(),
        "python": platform.python_version(),
        "chromium": chromium,
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def table(found: Mapping[str, Any]) -> Table:
    """Return the report for people; a part that was not measured is left out."""
    rows = Table("", "ours", "bare", "ours to bare", box=None, title_justify="left")
    for column in rows.columns[1:]:
        column.justify = "right"
    if "step_ratio" in found:
        step, (low, high) = found["step_ms"], found["step_ratio_interval"]
        ratio = f"[bold]{found['step_ratio']:.2f}[/] ({low:.2f} to {high:.2f})"
        rows.add_row("one step, ms", f"{step['ours']:.0f}", f"{step['bare']:.0f}", ratio)
        for kind, one in found["step_kinds_ms"].items():
            rows.add_row(f"  a {kind}", f"{one['ours']:.0f}", f"{one['bare']:.0f}", f"{one['ratio']:.2f}")
    if "queue_messages_per_second" in found:
        queue = found["queue_messages_per_second"]
        rows.add_row(
            "messages per second", f"{queue['ours']:.0f}", f"{queue['bare_redis']:.0f}", f"{queue['ratio']:.2f}"
        )
    if "sites" in found:
        sites = found["sites"]
        rows.add_row("sandbox sites, seconds to serve", f"{sites['start_seconds']:.1f}")
        rows.add_row("sandbox sites, MiB", f"{sites['mib']:.0f}")
        for name, one in sites["by_site"].items():
            rows.add_row(f"  {name}: fresh session, ms", f"{one['session_ms']:.1f}")
            rows.add_row(f"  {name}: pages per second", f"{one['pages_per_second']:.0f}")
    for contexts, rate in found.get("attempts_per_second", {}).items():
        rows.add_row(f"attempts per second, {contexts} context{'s' if contexts != '1' else ''}", f"{rate:.2f}")
    if "shares" in found:
        parts = ", ".join(f"{part} {share:.0%}" for part, share in found["shares"].items())
        rows.caption = f"time with 4 contexts: {parts}"
        rows.caption_justify = "left"
    return rows
