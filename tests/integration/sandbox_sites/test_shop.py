"""The shop, proved."""

from __future__ import annotations

from tests.integration.sandbox_sites.suite import SiteSuite


class TestShop(SiteSuite):
    SITE = "shop"
