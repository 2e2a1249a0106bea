"""Runs the tasks' own solutions in a Chromium of the control server's, started when first asked for."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import Any

from sandbox_sites.common.hand import Hand
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.site import BenchmarkTask, Outcome, Site, judge, passed, path_of, reason_of
from sandbox_sites.common.wording import wording

STEP_MS = 10_000.0
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking")
#: Browsers that may stand on the machine, the smallest first.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):
    """Solutions cannot be run here; the message says what to install."""


class Solver:
    """One browser for all solutions; each gets a context of its own."""

    def __init__(self) -> None:
        self._browser: Any = None
        self._starting = asyncio.Lock()

    async def _started(self) -> Any:
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError as error:
            raise NoBrowser("the sites' own solutions need Playwright: pip install 'pae[agent]'") from error
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                path = os.environ.get("PAE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
                playwright = await async_playwright().start()
                try:
                    self._browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
                except Error as error:
                    raise NoBrowser(f"the sites' own solutions need a Chromium: {error.message}") from error
        return self._browser

    async def solve(self, site: Site, url: str, task: BenchmarkTask, session: Session[Any]) -> dict[str, Any]:
        """Return ``answer``, ``impossible``, ``final_url``, and what the judge says of them.

        Raises:
            NoBrowser: there is no Playwright or no Chromium here.
        """
        from playwright.async_api import Error

        browser = await self._started()
        context = await browser.new_context()
        context.set_default_timeout(STEP_MS)
        try:
            page = await context.new_page()
            ticket = site.sessions.ticket(session)
            await page.goto(f"{url.rstrip('/')}/__enter/{ticket}?next={task.start}")
            hand = Hand(page, wording(site.name, session.variant))
            await hand.expect_interruptions()
            try:
                solved = await task.oracle(hand)
            except Error as error:
                reason = f"the solution could not go on: {error.message.splitlines()[0]}"
                return {"final_url": page.url, "passed": False, "reason": reason}
            except NotImplementedError as error:  # a site of other people's tasks
                return {"final_url": page.url, "passed": False, "reason": str(error)}
            outcome = Outcome(session, solved.answer, solved.impossible, path_of(page.url))
            criteria = judge(task, outcome)
            return {
                "answer": solved.answer,
                "impossible": solved.impossible,
                "final_url": page.url,
                "passed": passed(criteria),
                "reason": reason_of(criteria),
            }
        finally:
            await context.close()
