"""Background tasks go on whatever breaks in them, and end for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from infra import background
from infra.background import end, repeat, run_until
from infra.errors import PaeError
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


async def test_what_breaks_at_its_end_is_told_and_ends_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    running = asyncio.Event()

    async def fails() -> None:
        running.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise ValueError("no such thing")

    task = asyncio.create_task(fails())
    await running.wait()
    await end([task])
    assert isinstance(task.exception(), ValueError)
    assert "no such thing" in capsys.readouterr().out


@pytest.mark.parametrize("error", [PaeError("the store is away"), KeyError("a bug")])
async def test_work_that_fails_is_told_and_done_again(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    stop, turns = Stop(), 0

    async def work() -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            raise error
        stop.set()

    async with asyncio.timeout(5):
        await repeat(work, 0.001, stop, "growth")
    assert turns == 2
    told = capsys.readouterr().out
    assert "growth" in told
    assert str(error) in told
    assert ("Traceback" in told) == isinstance(error, KeyError)


async def test_a_long_wait_ends_with_the_stop() -> None:
    stop, done = Stop(), asyncio.Event()

    async def work() -> None:
        done.set()

    loop = asyncio.create_task(repeat(work, 3600, stop, "retention"))
    await done.wait()
    stop.set()
    async with asyncio.timeout(5):
        await loop


async def test_work_that_is_woken_is_done_sooner_but_not_too_often() -> None:
    stop, wake, times = Stop(), asyncio.Event(), [0.0]
    loop_time = asyncio.get_running_loop().time

    async def work() -> None:
        times.append(loop_time())
        wake.set()  # while it works: not lost
        if len(times) == 4:
            stop.set()

    async with asyncio.timeout(5):
        await repeat(work, 3600, stop, "dispatch", wake=wake, least=0.02)
    assert [after - before >= 0.02 for before, after in pairwise(times)] == [True] * 3
