"""The learner's computations wait for one another, and only the working is counted."""

from __future__ import annotations

import asyncio
import time

from agent.learner.working import Work
from infra.telemetry.clock import PartClock


async def test_one_thing_at_a_time_and_waiting_is_not_counted() -> None:
    clock = PartClock()
    work = Work(clock)
    running: list[int] = []
    worked = 0.0

    def compute(number: int) -> int:
        nonlocal worked
        begun = time.perf_counter()
        running.append(number)
        assert len(running) == 1
        time.sleep(0.05)
        running.remove(number)
        worked += time.perf_counter() - begun
        return number

    assert await asyncio.gather(*(work.do(compute, i) for i in range(4))) == [0, 1, 2, 3]
    assert worked <= clock.seconds["learner"] < 1.8 * worked, (
        "with the waiting it would be two and a half times as much"
    )
