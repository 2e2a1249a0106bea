"""``python -m infra.bench``: measure speed, print it, and keep it in ``runs/bench/report.json``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from infra.bench import attempts, queue
from infra.bench.processes import embedded_redis, sandbox_shop
from infra.errors import PaeError

CONTEXTS = (1, 2, 4, 8)
PARTS = ("step", "queue", "attempts")
console = Console()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench", description="Measure speed.")
    parser.add_argument("--out", type=Path, default=Path("runs/bench"), help="folder of the report")
    parser.add_argument("--seconds", type=float, default=20.0, help="of attempts, for each number of contexts")
    parser.add_argument("--quick", action="store_true", help="as short as possible: figures mean little")
    parser.add_argument("--only", choices=PARTS, action="append", help="leave the other parts out; may be repeated")
    chosen = parser.parse_args(arguments)
    try:
        report = _measure(chosen.out, chosen.seconds, chosen.quick, chosen.only or list(PARTS))
    except PaeError as error:
        console.print(f"[bold red]pae bench:[/] {error}", highlight=False)
        return 1
    except KeyboardInterrupt:
        return 130
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    console.print(_table(report))
    console.print(f"[dim]{chosen.out / 'report.json'}", highlight=False)
    return 0


def _measure(out: Path, seconds: float, quick: bool, parts: list[str]) -> dict[str, Any]:
    begun = time.monotonic()
    report: dict[str, Any] = {}
    with console.status("") as status:
        if "step" in parts:
            status.update("steps, ours and bare Playwright's in turn")
            report |= _steps(2 if quick else 40)
        if "queue" in parts:
            status.update("messages, ours and bare redis-py's in turn")
            with embedded_redis() as url:
                report["queue_messages_per_second"] = asyncio.run(queue.measure(url, 200 if quick else 4000))
        if "attempts" in parts:
            contexts = CONTEXTS[:1] if quick else CONTEXTS
            window = 2.0 if quick else seconds
            rates, shares = asyncio.run(attempts.measure(out / "stack", contexts, window, status.update))
            report |= {"attempts_per_second": rates, "shares": shares}
    chromium = report.pop("chromium", None)
    report["machine"] = {"cores": os.cpu_count(), "python": platform.python_version(), "chromium": chromium}
    report["seconds"] = round(time.monotonic() - begun, 1)
    return report


def _steps(cycles: int) -> dict[str, Any]:
    """Run the agent's own benchmark: nothing of an agent may be imported here."""
    with sandbox_shop() as url, tempfile.TemporaryDirectory(prefix="pae-bench-") as folder:
        file = Path(folder) / "steps.json"
        command = [sys.executable, "-m", "agent.browser.bench", "--site", url, "--json", str(file)]
        code = subprocess.run([*command, "--cycles", str(cycles)]).returncode  # noqa: S603
        if code != 0:
            raise PaeError(f"the steps could not be measured: status {code}")
        found: dict[str, Any] = json.loads(file.read_text())
        return found


def _table(report: dict[str, Any]) -> Table:
    table = Table("measured", "figure", box=None)
    if "step_ratio" in report:
        low, high = report["interval"]
        step = report["step_ms"]
        table.add_row("one step, ours", f"{step['ours']:.0f} ms")
        table.add_row("one step, bare Playwright", f"{step['bare']:.0f} ms")
        table.add_row("[bold]step ratio", f"[bold]{report['step_ratio']:.2f}[/] ({low:.2f} to {high:.2f})")
    for count, rate in report.get("attempts_per_second", {}).items():
        table.add_row(f"attempts per second, contexts: {count}", f"{rate:.2f}")
    for part, share in report.get("shares", {}).items():
        table.add_row(f"share of time: {part}", f"{share:.1%}")
    if "queue_messages_per_second" in report:
        messages = report["queue_messages_per_second"]
        table.add_row("messages per second, ours", f"{messages['ours']:.0f}")
        table.add_row("messages per second, bare redis-py", f"{messages['bare_redis']:.0f}")
    return table


if __name__ == "__main__":
    sys.exit(main())
