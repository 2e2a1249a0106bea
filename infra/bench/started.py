"""What a benchmark starts beside a whole stack: the sandbox shop, a Redis. Ended with the block."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from infra.errors import PaeError
from infra.supervisor import StackOptions
from infra.supervisor.child import Child
from infra.supervisor.stack import Stack

STOP_SECONDS = 5.0


@contextlib.asynccontextmanager
async def shop(folder: Path) -> AsyncIterator[str]:
    """Serve the sandbox shop; its address."""
    command = [sys.executable, "-m", "sandbox_sites", "--sites", "shop"]
    child = Child("sandbox", command, os.environ, folder / "sandbox.log")
    try:
        await child.start(capture=True)
        try:
            ready = json.loads(await child.first_line())
        except (EOFError, TimeoutError, ValueError) as error:
            raise PaeError(f"the sandbox shop did not start: {error}") from error
        yield str(ready["sites"]["shop"])
    finally:
        await child.stop(STOP_SECONDS)
