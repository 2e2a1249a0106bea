"""The encyclopaedia, proved."""

from __future__ import annotations

from tests.integration.sandbox_sites.suite import SiteSuite


class TestWiki(SiteSuite):
    SITE = "wiki"
