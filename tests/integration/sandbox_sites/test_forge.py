"""The forge, proved."""

from __future__ import annotations

from tests.integration.sandbox_sites.suite import SiteSuite


class TestForge(SiteSuite):
    SITE = "forge"
