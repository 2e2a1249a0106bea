"""The map, proved."""

from __future__ import annotations

from tests.integration.sandbox_sites.suite import SiteSuite


class TestMap(SiteSuite):
    SITE = "map"
