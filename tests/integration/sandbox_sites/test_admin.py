"""The back office, proved."""

from __future__ import annotations

from tests.integration.sandbox_sites.suite import SiteSuite


class TestAdmin(SiteSuite):
    SITE = "admin"
