"""robots.txt as a browser shows it."""

from __future__ import annotations

from proposer.robots import Robots, robots_url
from tests.unit.proposer import observed as o

FOLDED = "# hello User-agent: * Disallow: /private/ Disallow: /tmp Crawl-delay: 2 Sitemap: https://a.test/sitemap.xml"


def test_folded_text_is_read_line_by_line() -> None:
    robots = Robots(FOLDED)
    assert not robots.allows("https://a.test/private/x")
    assert not robots.allows("https://a.test/tmp/y")
    assert robots.allows("https://a.test/public")
    assert robots.delay == 2.0


def test_a_missing_file_or_a_page_in_its_place_allows_everything() -> None:
    assert Robots.from_observation(None).allows("https://a.test/x")
    missing = o.page("https://a.test/robots.txt", [o.text("User-agent: * Disallow: /")], status=404)
    assert Robots.from_observation(missing).allows("https://a.test/x")
    html = o.page("https://a.test/", [o.text("User-agent: * Disallow: /")], [o.link("Home", "/")])
    assert Robots.from_observation(html).allows("https://a.test/x")
    real = o.page("https://a.test/robots.txt", [o.text("User-agent: *"), o.text("Disallow: /x")])
    assert not Robots.from_observation(real).allows("https://a.test/x")


def test_where_it_lies() -> None:
    assert robots_url("https://a.test:8443/shop/?a=1") == "https://a.test:8443/robots.txt"
