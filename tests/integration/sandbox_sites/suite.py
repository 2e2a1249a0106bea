"""What every sandbox site must be, written once; each site's test module inherits it."""

from __future__ import annotations

from typing import ClassVar

import httpx
import pytest
from playwright.async_api import Browser

from agent.browser import Browser as AgentBrowser
from sandbox_sites.__main__ import build
from tests.integration.proposer.exploring import account, explore
from tests.integration.sandbox_sites.by_marks import by_marks
from tests.integration.sandbox_sites.proving import INSTANCES, NO_TLS, faults, served, shortcomings


class SiteSuite:
    """A site's benchmark is proved, its pages are served, and the proposer finds its way through it."""

    SITE: ClassVar[str]

    @pytest.mark.timeout(600)
    @pytest.mark.parametrize(("seed", "variant"), INSTANCES)
    async def test_oracles_pass_and_shortcuts_fail(self, seed: int, variant: str, chromium: Browser) -> None:
        async with served(self.SITE, seed, variant) as at:
            assert await faults(at, chromium) == []

    @pytest.mark.timeout(300)
    async def test_what_the_agent_sees_is_enough_for_every_solution(self, agents_browser: AgentBrowser) -> None:
        async with served(self.SITE, 0, "a") as at:
            tasks = [task for task in at.site.tasks if task.split == "development"]
            assert len(tasks) > 30
            assert await by_marks(at, tasks, agents_browser) == []

    @pytest.mark.parametrize("seed", [0, 1, 2])
    def test_the_benchmark_is_complete(self, seed: int) -> None:
        assert shortcomings(build(self.SITE, seed)) == []

    @pytest.mark.parametrize("variant", ["a", "b"])
    async def test_all_listed_pages_are_served_and_show_a_heading(self, variant: str) -> None:
        async with (
            served(self.SITE, 1, variant) as at,
            httpx.AsyncClient(base_url=at.url, trust_env=False, verify=NO_TLS, follow_redirects=True) as client,
        ):
            await client.get(f"/__enter/{at.site.sessions.ticket(at.site.sessions.new(at.perturbed))}")
            wrong = []
            for path in at.site.pages:
                page = await client.get(path)
                if (page.status_code, page.text.count("<h1"), page.url.path) != (200, 1, path):
                    wrong.append((path, page.status_code, page.text.count("<h1"), page.url.path))
            assert wrong == []
            assert (await client.get("/no/such/page")).status_code == 404

    @pytest.mark.timeout(900)
    async def test_the_proposer_knows_it_and_its_tasks_are_sound(self, agents_browser: AgentBrowser) -> None:
        async with served(self.SITE, 0, "a") as at:
            found = await explore(at, agents_browser)
        words = account(self.SITE, found)
        assert found.coverage >= 0.95, words
        assert len({task.instruction for task in found.tasks}) >= 300, words
        assert found.tried >= 100, words
        assert found.sound >= 0.97, words
