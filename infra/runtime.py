"""How every service starts and ends: settings, logs, signals.

The first SIGTERM or SIGINT asks for an orderly end; the second ends the process at once. With
``PAE_DIE_WITH_PARENT`` set the kernel sends SIGTERM when the parent is gone, so that nothing outlives a killed
supervisor.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable

import structlog

from infra.errors import PaeError
from infra.settings import Settings, load_settings
from infra.telemetry.logs import set_up_logs

log = structlog.get_logger()

DIE_WITH_PARENT = "PAE_DIE_WITH_PARENT"
_PR_SET_PDEATHSIG = 1

WRONG_SETTINGS = 2
BROKEN = 1
EXIT_SECONDS = 2.0


class Stop:
    """Set once, by a signal."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """Ask for the end."""
        self._event.set()

    def is_set(self) -> bool:
        """Return whether the end has been asked for."""
        return self._event.is_set()

    async def wait(self) -> None:
        """Return when the end is asked for."""
        await self._event.wait()


def die_with_parent() -> None:
    """Have the kernel send SIGTERM when the parent dies, if the environment asks for it. Linux only."""
    expected = os.environ.get(DIE_WITH_PARENT)
    if not expected or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if expected.isdigit() and int(expected) > 1 and os.getppid() != int(expected):
        os.kill(os.getpid(), signal.SIGTERM)  # it died before we could ask


def run_service(name: str, main: Callable[[Settings, Stop], Awaitable[None]]) -> None:
    """Run a service until it is told to stop, and exit the process with its status.

    Exit status: 0 after an orderly end, 2 where the settings are wrong, 1 where the service broke.
    """
    try:
        settings = load_settings()
    except PaeError as error:
        sys.stderr.write(f"pae {name}: {error}\n")
        sys.exit(WRONG_SETTINGS)
    set_up_logs(settings.log_level, settings.log_format)
    structlog.contextvars.bind_contextvars(service=name)
    die_with_parent()
    try:
        asyncio.run(_run(settings, main))
    except PaeError as error:
        log.error("the service broke", cause=str(error), kind=type(error).__name__)
        sys.exit(BROKEN)
    except KeyboardInterrupt:
        sys.exit(BROKEN)


async def _run(settings: Settings, main: Callable[[Settings, Stop], Awaitable[None]]) -> None:
    stop = Stop()
    loop = asyncio.get_running_loop()

    def asked() -> None:
        if stop.is_set():
            os._exit(BROKEN)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)
    log.info("started", pid=os.getpid())
    await main(settings, stop)
    log.info("ended")
    # Everything is stored and closed. A library's thread that hangs must not hold up the end.
    last = threading.Timer(EXIT_SECONDS, os._exit, (0,))
    last.daemon = True
    last.start()
