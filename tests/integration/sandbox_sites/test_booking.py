"""The booking service, proved."""

from __future__ import annotations

from tests.integration.sandbox_sites.suite import SiteSuite


class TestBooking(SiteSuite):
    SITE = "booking"
