"""Background tasks end for certain, and none breaks unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from infra import background
from infra.background import end, run_until
from infra.runtime import Stop


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(background, "GRACE_SECONDS", 0.01)


async def _deaf(times: int, started: Callable[[], None]) -> None:
    """Swallow so many cancellations, as a driver does amid a command."""
    started()
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            times -= 1
            if times < 0:
                raise


async def test_a_task_that_swallows_cancellations_is_ended_all_the_same() -> None:
    running = asyncio.Event()
    task = asyncio.create_task(_deaf(3, running.set))
    await running.wait()
    async with asyncio.timeout(5):
        await end([task])
    assert task.cancelled()


async def test_the_end_waits_for_what_a_task_puts_in_order() -> None:
    running, tidied = asyncio.Event(), False

    async def tidy() -> None:
        nonlocal tidied
        try:
            running.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.005)
            tidied = True

    task = asyncio.create_task(tidy())
    await running.wait()
    await end([task])
    assert tidied


async def test_loops_finish_what_they_have_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "GRACE_SECONDS", 5.0)
    stop, running, written = Stop(), asyncio.Event(), False

    async def write() -> None:
        nonlocal written
        running.set()
        await stop.wait()
        await asyncio.sleep(0.005)
        written = True

    serving = asyncio.create_task(run_until(stop, [asyncio.create_task(write())]))
    await running.wait()
    stop.set()
    await serving
    assert written


async def test_loops_run_until_told_to_stop() -> None:
    stop, running = Stop(), asyncio.Event()
    loop = asyncio.create_task(_deaf(1, running.set))
    serving = asyncio.create_task(run_until(stop, [loop]))
    await running.wait()
    assert not serving.done()
    stop.set()
    async with asyncio.timeout(5):
        await serving
    assert loop.cancelled()


async def test_a_loop_that_breaks_is_raised_at_once_and_ends_the_others() -> None:
    running = asyncio.Event()

    async def broken() -> None:
        await running.wait()
        raise ValueError("no such thing")

    other = asyncio.create_task(_deaf(0, running.set))
    with pytest.raises(ValueError, match="no such thing"):
        async with asyncio.timeout(5):
            await run_until(Stop(), [asyncio.create_task(broken()), other])
    assert other.cancelled()


async def test_what_an_ended_task_raised_is_dropped() -> None:
    async def fails() -> None:
        raise ValueError

    async with asyncio.timeout(5):
        await end([asyncio.create_task(fails())])
    await end([])
