"""The sites' own solutions, carried out by what an agent sees: its marks, its actions, its browser environment.

While one runs, what it does with Playwright's locators is done by the agent's environment instead. A solution that
passes so needs nothing that observation and actions do not offer; what is left is the policy's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator

from agent.browser import Browser, Environment
from infra.contracts.action import Action, Click, Select, Type
from infra.contracts.observation import Element
from infra.contracts.website import Website
from sandbox_sites.common.site import BenchmarkTask, judge, passed
from tests.integration.sandbox_sites.proving import Served, outcome

#: Pixels by which two looks at one element may differ.
NEAR = 2.0
#: Where an element is, or its label where the element itself is hidden behind it.
PLACE = """e => {
  const own = e.getBoundingClientRect(), label = e.labels && e.labels[0];
  const shown = e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const seen = shown && own.width > 1 && own.height > 1;
  const at = seen || !label ? own : label.getBoundingClientRect();
  return [at.x, at.y, at.width, at.height];
}"""


class Marks:
    """Does by marks what is asked of locators; ``wrong`` says what could not be done so."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._typed = ""
        self.wrong: list[str] = []

    async def _element(self, locator: Locator) -> Element | None:
        await locator.wait_for(state="attached")
        seen = await self._env.observe()
        place = await locator.evaluate(PLACE)
        at = [(one, (one.box.x, one.box.y, one.box.width, one.box.height)) for one in seen.elements]
        return next(
            (one for one, box in at if all(abs(a - b) < NEAR for a, b in zip(box, place, strict=True))),
            None,
        )

    async def do(self, locator: Locator, action: Callable[[int], Action]) -> None:
        """Find the element's mark and act on it."""
        element = await self._element(locator)
        if element is None:
            self.wrong.append(f"nothing that can be acted upon is where {locator} is")
            return
        done = await self._env.act(action(element.mark))
        if done.observation.error is not None:
            self.wrong.append(f"{locator}: {done.observation.error}")

    async def click(self, locator: Locator, **_: Any) -> None:
        await self.do(locator, lambda mark: Click(mark=mark))

    async def fill(self, locator: Locator, value: str, **_: Any) -> None:
        self._typed = value
        await self.do(locator, lambda mark: Type(mark=mark, text=value))

    async def press(self, locator: Locator, key: str, **_: Any) -> None:
        assert key == "Enter"
        await self.do(locator, lambda mark: Type(mark=mark, text=self._typed, submit=True))

    async def check(self, locator: Locator, **_: Any) -> None:
        if not await locator.is_checked():
            await self.click(locator)

    async def uncheck(self, locator: Locator, **_: Any) -> None:
        if await locator.is_checked():
            await self.click(locator)

    async def select_option(self, locator: Locator, value: str | None = None, *, label: str = "", **_: Any) -> None:
        await self.do(locator, lambda mark: Select(mark=mark, option=label or value or ""))

    def take_over(self, patch: pytest.MonkeyPatch) -> None:
        """Put these in the place of what Playwright's locators do."""
        for name in ("click", "fill", "press", "check", "uncheck", "select_option"):
            own = getattr(self, name)
            patch.setattr(Locator, name, lambda locator, *given, own=own, **named: own(locator, *given, **named))


async def by_marks(at: Served, tasks: Sequence[BenchmarkTask], browser: Browser) -> list[str]:
    """Return what is wrong with tasks' solutions where the agent's own actions carry them out."""
    host = at.url.split("//")[1]
    website = Website(id="web_1", url=f"{at.url}/", name=at.site.name, allowed_hosts=(host,))
    found = []
    for task in tasks:
        async with browser.context(website) as env:
            session = at.site.sessions.new(at.perturbed)
            await env.load(f"{at.url}/__enter/{at.site.sessions.ticket(session)}?next={task.start}")
            page, marks = env._tab.page, Marks(env)
            page.set_default_timeout(10_000)
            try:
                with pytest.MonkeyPatch.context() as patch:
                    marks.take_over(patch)
                    solved = await task.oracle(at.hand(page))
            except PlaywrightError as error:
                found.append(f"{task.id}: {'; '.join(marks.wrong) or error.message.splitlines()[0]}")
                continue
            await env.observe()
            done = passed(judge(task, outcome(session, page.url, solved.answer, solved.impossible)))
            if marks.wrong or not done:
                found.append(f"{task.id}: {'; '.join(marks.wrong) or 'did not pass'}")
    return found
