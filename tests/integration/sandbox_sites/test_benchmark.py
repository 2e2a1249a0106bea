"""Every benchmark task can be solved through the pages, and nothing short of solving it passes."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.async_api import Browser, Page, Route
from playwright.async_api import TimeoutError as PlaywrightTimeout

from sandbox_sites.common.site import BenchmarkTask
from sandbox_sites.shop import build
from sandbox_sites.shop.seed import catalogue
from tests.fixtures.sites import Sandbox
from tests.integration.sandbox_sites.conftest import Instance

CONTEXTS = 4
KINDS = ("navigate", "find", "search", "fill", "change", "compose")
NON_ANSWERS = ("", "no", "N/A", "unknown", "0")


async def _enter(sandbox: Sandbox, task: BenchmarkTask, page: Page) -> str:
    session, entry = await sandbox.open_session(task.start)
    await page.goto(entry)
    return session


async def _passes(
    sandbox: Sandbox, task: BenchmarkTask, session: str, page: Page, answer: str | None, impossible: bool
) -> bool:
    verdict = await sandbox.check(task.id, session, answer, impossible=impossible, final_url=page.url)
    return bool(verdict["passed"])


async def _idle(instance: Instance, task: BenchmarkTask, page: Page) -> list[str]:
    """What passes although nothing was done."""
    session = await _enter(instance.served, task, page)
    tried = {
        "nothing done": (None, False),
        "a page dump": (await page.inner_text("body"), False),
        "yes": ("yes", False),
    }
    if task.answerable:
        tried["giving up"] = (None, True)
    return [
        f"{task.id}: passed with {name}"
        for name, (answer, impossible) in tried.items()
        if await _passes(instance.served, task, session, page, answer, impossible)
    ]


async def _solved(instance: Instance, task: BenchmarkTask, page: Page) -> list[str]:
    """What is wrong with the task's judge once the oracle has solved it."""
    session = await _enter(instance.served, task, page)
    solved = await task.oracle(page)
    answer, impossible = solved.answer, solved.impossible
    verdict = await instance.served.check(task.id, session, answer, impossible=impossible, final_url=page.url)
    if not verdict["passed"]:
        return [f"{task.id}: the oracle fails, {verdict['reason']} (answer {answer!r}, at {page.url})"]
    tried: list[tuple[str | None, bool]] = [(answer, not impossible)]
    if answer is not None:
        dump = await page.inner_text("body")
        others = (None, dump, f"{answer} {dump[:60]}", f"not {answer}", *NON_ANSWERS)
        tried += [(other, impossible) for other in others if other != answer]
    wrong = [
        f"{task.id}: passed with {other!r}, impossible={giving_up}"
        for other, giving_up in tried
        if await _passes(instance.served, task, session, page, other, giving_up)
    ]
    # An unwanted change spoils any task: a product that nobody asked for goes into the cart.
    in_cart = (await instance.served.state(session))["state"]["cart"]
    stray = next(p.slug for p in catalogue(instance.seed).products if p.stock > 0 and p.slug not in in_cart)
    await page.context.request.post(f"{instance.served.url}cart/add", form={"product": stray, "quantity": "1"})
    if await _passes(instance.served, task, session, page, answer, impossible):
        wrong.append(f"{task.id}: passed with {stray} added to the cart")
    return wrong


async def test_oracles_pass_and_shortcuts_fail(instance: Instance, chromium: Browser) -> None:
    waiting = list(instance.site.tasks)
    wrong: list[str] = []

    async def work() -> None:
        # Entering a session replaces the cookie of the one before, so a context serves many tasks.
        context = await chromium.new_context()
        context.set_default_timeout(10_000)
        page = await context.new_page()
        while waiting:
            task = waiting.pop()
            wrong.extend(await _idle(instance, task, page))
            wrong.extend(await _solved(instance, task, page))
        await context.close()

    await asyncio.gather(*(work() for _ in range(CONTEXTS)))
    assert wrong == []


def test_the_benchmark_covers_its_kinds(instance: Instance) -> None:
    tasks = instance.site.tasks
    assert len(tasks) >= 44
    assert len({task.id for task in tasks}) == len({task.instruction for task in tasks}) == len(tasks)
    assert {task.kind for task in tasks} == set(KINDS)
    assert sum(not task.answerable for task in tasks) >= 3
    assert all(0 < task.depth <= 8 for task in tasks)
    splits = Counter(task.split for task in tasks)
    assert set(splits) == {"development", "final"}
    assert abs(splits["development"] - splits["final"]) <= 2


async def _misdo(route: Route, other: str) -> None:
    """Send a form with another product, or with a slip in what was typed."""
    request = route.request
    if request.method != "POST" or not request.post_data:
        await route.continue_()
        return
    fields = dict(parse_qsl(request.post_data, keep_blank_values=True))
    if "product" in fields:
        fields["product"] = other
    for name in ("email", "name", "text", "author", "message", "address"):
        if fields.get(name):
            fields[name] += "x"
    await route.continue_(post_data=urlencode(fields))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_similar_outcome_fails(kind: str, sandbox: Sandbox, chromium: Browser) -> None:
    """Right steps with the wrong product, text, page or answer; one task per kind that can go wrong so."""
    task = next(task for task in build(0).tasks if task.kind == kind and task.answerable)
    other = next(p for p in catalogue(0).products if p.stock > 0 and p.name not in task.instruction)
    context = await chromium.new_context()
    context.set_default_timeout(2_500)
    page = await context.new_page()
    session = await _enter(sandbox, task, page)
    # The entry is fetched first, as a routed page could not set its cookie.
    await page.route("**/*", lambda route: _misdo(route, other.slug))
    answer = None
    # Where the oracle waits for what the right form would have shown, it waits in vain: that is an outcome we want.
    with contextlib.suppress(PlaywrightTimeout):
        answer = (await task.oracle(page)).answer
    if kind in ("navigate", "search"):
        await page.goto(f"{sandbox.url}product/{other.slug}")
    if answer is not None:
        answer = other.name
    assert not await _passes(sandbox, task, session, page, answer, impossible=False)
    await context.close()
