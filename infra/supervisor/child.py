"""One supervised process: started in a group of its own, restarted with back-off, ended by its id."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import structlog

from infra.runtime import DIE_WITH_PARENT, die_with_parent

log = structlog.get_logger()

BACK_OFF = (0.2, 0.5, 1.0, 2.0, 5.0)
#: A process that lived this long had started well; its next crash counts as its first.
STEADY_SECONDS = 30.0
READY_SECONDS = 60.0


def _tie() -> None:
    """In the child, before it becomes the command: end when the supervisor is gone, whatever the command is."""
    os.environ[DIE_WITH_PARENT] = "1"
    die_with_parent()


class Child:
    """A command that is kept running until :meth:`stop`."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log_file: Path) -> None:
        self.name = name
        self.restarts = 0
        self._command = list(command)
        self._environment = {**environment, DIE_WITH_PARENT: str(os.getpid())}
        self._log_file = log_file
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def pid(self) -> int | None:
        """The running process; None between two lives."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def start(self, *, capture: bool = False) -> None:
        """Start it and keep it running. ``capture`` leaves its standard output to :meth:`first_line`."""
        await self._spawn(capture=capture)
        self._keeper = asyncio.create_task(self._keep())

    async def _spawn(self, *, capture: bool = False) -> None:
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as out:
            stdout: int | IO[bytes] = asyncio.subprocess.PIPE if capture else out
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=stdout,
                stderr=out,
                start_new_session=True,
                preexec_fn=_tie if sys.platform.startswith("linux") else None,
            )

    async def first_line(self) -> str:
        """Return the first line that the process prints. Raises TimeoutError, or EOFError where it ended before."""
        process = self._process
        assert process is not None  # noqa: S101 - started with capture
        assert process.stdout is not None  # noqa: S101
        async with asyncio.timeout(READY_SECONDS):
            line = await process.stdout.readline()
        if not line:
            raise EOFError(f"{self.name} ended at once; see {self._log_file}")
        return line.decode().strip()

    async def _keep(self) -> None:
        crashes = 0
        while not self._stopping:
            process = self._process
            assert process is not None  # noqa: S101 - spawned before the keeper
            begun = time.monotonic()
            code = await process.wait()
            if self._stopping:
                return
            crashes = 1 if time.monotonic() - begun > STEADY_SECONDS else crashes + 1
            self.restarts += 1
            wait = BACK_OFF[min(crashes, len(BACK_OFF)) - 1]
            log.warning("a process ended; it is started again", process=self.name, code=code, after=wait)
            await asyncio.sleep(wait)
            while not self._stopping and not await self._spawned():  # noqa: ASYNC110 - nobody tells of room
                await asyncio.sleep(BACK_OFF[-1])

    async def _spawned(self) -> bool:
        """Start the process; return whether the machine had room for it."""
        try:
            await self._spawn()
        except OSError as error:  # no memory, too many processes
            log.error("a process cannot be started; it is tried again", process=self.name, cause=str(error))
            return False
        return True

    def ask_to_stop(self) -> None:
        """Send SIGTERM, and start it no more."""
        self._stopping = True
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    async def stop(self, seconds: float) -> None:
        """Stop it; after ``seconds`` its whole group is killed."""
        self.ask_to_stop()
        process = self._process
        if process is not None and process.returncode is None:
            try:
                async with asyncio.timeout(seconds):
                    await process.wait()
            except TimeoutError:
                log.warning("a process did not end in time and is killed", process=self.name)
        if process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
