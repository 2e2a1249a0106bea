"""The learner's computations, one at a time: they share an interpreter, and leave the other core to the browsers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from infra.telemetry.clock import PartClock

P = ParamSpec("P")
T = TypeVar("T")


class Work:
    """Runs functions in a thread, so that the heart goes on beating, and counts the time that they take."""

    def __init__(self, clock: PartClock) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()

    async def do(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for the turn, and return what the function returns. Waiting is not counted."""
        async with self._turn:
            with self._clock.part("learner"):
                return await asyncio.to_thread(function, *args, **kwargs)
