"""A site's benchmark is proved: every task can be solved through the pages, and nothing short of solving it passes."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import uvicorn
from playwright.async_api import Browser, Page
from playwright.async_api import Error as PlaywrightError

from sandbox_sites.__main__ import build
from sandbox_sites.common.hand import Hand, Solved
from sandbox_sites.common.perturbation import Perturbation
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.site import KINDS, BenchmarkTask, Outcome, Site, judge, passed
from sandbox_sites.common.wording import wording

CONTEXTS = 4
#: No TLS is spoken; an empty context spares every client the reading of the system's certificates.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
NON_ANSWERS = ("", "no", "yes", "N/A", "unknown", "0", "none")
#: Seed and variant of the instances that are proved: both seeds, both variants.
INSTANCES = ((0, "a"), (1, "a"), (0, "b"))


@dataclass(frozen=True)
class Served:
    """A site that this process serves."""

    site: Site
    url: str
    seed: int
    variant: str

    @property
    def perturbed(self) -> list[Perturbation]:
        """What makes a session show the variant."""
        return [Perturbation.LAYOUT] if self.variant == "b" else []

    async def enter(self, page: Page, start: str) -> Session[object]:
        """Show a task's start page in a session of its own."""
        session = self.site.sessions.new(self.perturbed)
        ticket = self.site.sessions.ticket(session)
        await page.goto(f"{self.url}/__enter/{ticket}?next={start}")
        return session

    def hand(self, page: Page) -> Hand:
        """Return a hand that knows the variant's words."""
        return Hand(page, wording(self.site.name, self.variant))


@contextlib.asynccontextmanager
async def served(name: str, seed: int, variant: str) -> AsyncIterator[Served]:
    """Serve a site on a free port of loopback, in this process, so that its sessions can be looked into."""
    site = build(name, seed)
    server = uvicorn.Server(
        uvicorn.Config(site.app, host="127.0.0.1", port=0, log_level="error", access_log=False, lifespan="off")
    )
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    serving = asyncio.create_task(server.main_loop())
    try:
        yield Served(site, f"http://127.0.0.1:{port}", seed, variant)
    finally:
        server.should_exit = True
        await serving
        await server.shutdown()


def outcome(session: Session[object], url: str, answer: str | None, impossible: bool) -> Outcome:
    """Return what the judge is shown."""
    parts = urlsplit(url)
    return Outcome(session, answer, impossible, parts.path + (f"?{parts.query}" if parts.query else ""))


def _passes(task: BenchmarkTask, session: Session[object], url: str, solved: Solved) -> bool:
    return passed(judge(task, outcome(session, url, solved.answer, solved.impossible)))


def _around(task: BenchmarkTask, solved: Solved, dump: str) -> Iterable[Solved]:
    """Yield what must not pass where ``solved`` does."""
    yield Solved(solved.answer, not solved.impossible)
    if solved.answer is not None:
        others = (None, dump, f"{solved.answer} {dump[:60]}", f"not {solved.answer}", *NON_ANSWERS)
        yield from (Solved(other) for other in others if other != solved.answer)
    elif task.answerable:
        yield Solved(dump)


async def _idle(at: Served, task: BenchmarkTask, page: Page, dumps: dict[str, str]) -> list[str]:
    """Return what passes although nothing was done; a start page's text is read in the browser once."""
    session = at.site.sessions.new(at.perturbed)
    entry = f"{at.url}/__enter/{at.site.sessions.ticket(session)}?next={task.start}"
    if task.start in dumps:
        async with httpx.AsyncClient(follow_redirects=True, trust_env=False, verify=NO_TLS) as client:
            url = str((await client.get(entry)).url)
    else:
        await page.goto(entry)
        url, dumps[task.start] = page.url, await page.inner_text("body")
    dump = dumps[task.start]
    assert session.visited
    assert dump
    tried = [Solved(answer) for answer in (None, dump, *NON_ANSWERS)] + ([Solved(impossible=True)] * task.answerable)
    return [f"{task.id}: passed doing nothing, with {one}" for one in tried if _passes(task, session, url, one)]


async def _solve(at: Served, task: BenchmarkTask, page: Page) -> list[str]:
    """Return what is wrong with the task's judge once the oracle has solved it."""
    session = await at.enter(page, task.start)
    try:
        solved = await task.oracle(at.hand(page))
    except PlaywrightError as error:
        return [f"{task.id}: the oracle cannot go on at {page.url}: {error.message[:300]}"]
    criteria = judge(task, outcome(session, page.url, solved.answer, solved.impossible))
    if not passed(criteria):
        failed = [text for text, held in criteria if not held]
        return [f"{task.id}: the oracle fails, {failed} (answer {solved.answer!r}, at {page.url})"]
    dump = await page.inner_text("body")
    wrong = [f"{task.id}: passed with {o}" for o in _around(task, solved, dump) if _passes(task, session, page.url, o)]
    at.site.spoil(session.state)
    if _passes(task, session, page.url, solved):
        wrong.append(f"{task.id}: passed with an unwanted change")
    return wrong


async def _err(at: Served, task: BenchmarkTask, page: Page) -> list[str]:
    """Return whether the careless outcome passes."""
    if task.wrong is None:
        return []
    session = await at.enter(page, task.start)
    try:
        solved = await task.wrong(at.hand(page))
    except PlaywrightError as error:
        return [f"{task.id}: the careless way cannot be gone at {page.url}: {error.message[:300]}"]
    return [f"{task.id}: the careless outcome passed"] if _passes(task, session, page.url, solved) else []


async def faults(at: Served, chromium: Browser, only: str | None = None) -> list[str]:
    """Return everything that is wrong with the tasks of a served site (or with one task).

    The careless ways are gone on one instance only.
    """
    careless = (at.seed, at.variant) == INSTANCES[0]
    dumps: dict[str, str] = {}
    waiting = [task for task in reversed(at.site.tasks) if only in (None, task.id)]
    wrong: list[str] = []

    async def work() -> None:
        # Entering a session replaces the cookie of the one before, so a context serves many tasks.
        context = await chromium.new_context()
        context.set_default_timeout(10_000)
        page = await context.new_page()
        while waiting:
            task = waiting.pop()
            wrong.extend(await _idle(at, task, page, dumps))
            wrong.extend(await _solve(at, task, page))
            if careless:
                wrong.extend(await _err(at, task, page))
        await context.close()

    await asyncio.gather(*(work() for _ in range(CONTEXTS)))
    return wrong


def shortcomings(site: Site) -> list[str]:
    """Return in what the benchmark falls short of what a site's benchmark should be."""
    tasks = site.tasks
    splits = Counter(task.split for task in tasks)
    careless = {task.kind for task in tasks if task.wrong is not None}
    expected = {
        "at least 45 tasks": len(tasks) >= 45,
        "ids and instructions of their own": len({t.id for t in tasks})
        == len({t.instruction for t in tasks})
        == len(tasks),
        "all kinds": {task.kind for task in tasks} == set(KINDS),
        "at least five impossible ones": sum(not task.answerable for task in tasks) >= 5,
        "depths from 1 to 8": {1, 2, 3, 4, 5, 6} <= {task.depth for task in tasks} <= set(range(1, 9)),
        "two splits of a size": abs(splits["development"] - splits["final"]) <= 2 == len(splits),
        "a careless outcome for every kind": careless == set(KINDS),
        "60 to 300 pages": 60 <= len(site.pages) <= 300,
        "pages listed once": len(set(site.pages)) == len(site.pages),
    }
    return [text for text, held in expected.items() if not held]
