"""How maps are handed out to the policy."""

from __future__ import annotations

from agent.sites import KEEP_MISSING_SECONDS, KEEP_SECONDS, SiteCache
from infra.contracts.website import Website
from infra.store import Store
from tests.unit.agent.making import SITE, site_map


async def test_a_map_is_kept_for_a_while_and_looked_for_again_soon_while_missing(sqlite_store: Store) -> None:
    now = 0.0
    cache = SiteCache(sqlite_store, clock=lambda: now)
    await sqlite_store.add_website(Website(id="web_1", url=SITE, name="lamps", allowed_hosts=("127.0.0.1:1",)))
    assert (await cache.index("web_1")).size == 0
    await sqlite_store.save_sitemap(site_map())
    assert (await cache.index("web_1")).size == 0
    now = KEEP_MISSING_SECONDS + 1
    found = await cache.index("web_1")
    assert found.size == 5
    now += KEEP_SECONDS + 1
    assert await cache.index("web_1") is found  # nothing has changed


async def test_without_the_map_every_website_is_unknown(sqlite_store: Store) -> None:
    await sqlite_store.add_website(Website(id="web_1", url=SITE, name="lamps", allowed_hosts=("127.0.0.1:1",)))
    await sqlite_store.save_sitemap(site_map())
    cache = SiteCache(sqlite_store, site_map=False)
    found = await cache.index("web_1")
    assert (found.size, found.pages) == (0, {})
    assert await cache.index("web_2") is found
