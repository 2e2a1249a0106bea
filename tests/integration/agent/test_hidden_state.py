"""The agent's browser is refused the sandbox's hidden state, whatever page it comes from."""

from __future__ import annotations

import pytest

from agent.browser import Browser, open_browser
from infra.contracts.action import Click, Wait
from infra.contracts.website import Website
from infra.errors import ForbiddenAddress
from infra.settings import BrowserSettings, EgressSettings
from tests.fixtures.browser import Site, find, texts, website
from tests.fixtures.sites import Sandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")


def allowed(site: Site, *more: str) -> Website:
    """Return a website whose hosts are the page's and others."""
    submitted = website(site, third_party=True)
    return submitted.model_copy(update={"allowed_hosts": (*submitted.allowed_hosts, *more)})


async def test_it_cannot_be_navigated_to_or_fetched(chromium: Browser, site: Site, sandbox: Sandbox) -> None:
    secret = f"{sandbox.control}/sites/shop/tasks"
    fetching = f"fetch('{secret}', {{headers: {{'X-Sandbox-Secret': '{sandbox.secret}'}}}}).then(r => r.text())"
    telling = "t => p.textContent = t, () => p.textContent = 'refused'"
    site.page("/", f'<a href="{secret}">Go</a><button onclick="{fetching}.then({telling})">Fetch</button><p id=p>-</p>')
    async with chromium.context(allowed(site)) as env:
        seen = await env.load(f"{site.url}/")
        fetched = (await env.act(Click(mark=find(seen, "Fetch").mark))).observation
        while "-" in texts(fetched):
            fetched = (await env.act(Wait(seconds=1))).observation
        assert "refused" in texts(fetched)
        clicked = (await env.act(Click(mark=find(fetched, "Go").mark))).observation
        assert clicked.error
        with pytest.raises(ForbiddenAddress):
            await env.load(secret)


async def test_even_where_the_operator_allows_its_host_the_secret_is_missing(
    browser_settings: BrowserSettings, site: Site, sandbox: Sandbox
) -> None:
    host = sandbox.control.removeprefix("http://")
    egress = EgressSettings(allow_private=(host,))
    async with open_browser(browser_settings, egress) as browser, browser.context(allowed(site, host)) as env:
        seen = await env.load(f"{sandbox.control}/sites/shop/tasks")
        assert "missing or wrong" in " ".join(texts(seen))
