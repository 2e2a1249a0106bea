"""Demonstrations on the command line."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from infra.errors import InvalidInput


def demo_of(given: str) -> dict[str, Any]:
    """Return ``INSTRUCTION`` or ``INSTRUCTION=FILE`` as the API takes it. Pictures in JSON steps are named by path.

    Raises:
        InvalidInput: the file cannot be read.
    """
    instruction, _, name = given.rpartition("=")
    path = Path(name)
    if not instruction or not path.suffix or " " in path.suffix:
        return {"instruction": given}
    try:
        match path.suffix.lower():
            case ".zip":
                return {"instruction": instruction, "trace": _encoded(path)}
            case ".har":
                return {"instruction": instruction, "har": path.read_text(encoding="utf-8")}
            case ".json":
                steps = json.loads(path.read_text(encoding="utf-8"))
                return {"instruction": instruction, "steps": [_step(step, path.parent) for step in steps]}
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError, TypeError) as error:
        raise InvalidInput(f"the demonstration {path} cannot be read: {error}") from error
    return {"instruction": instruction, "steps": [line.strip() for line in lines if line.strip()]}


def _step(step: Any, folder: Path) -> Any:
    if isinstance(step, dict) and isinstance(step.get("screenshot"), str):
        return {**step, "screenshot": _encoded(folder / step["screenshot"])}
    return step


def _encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()
