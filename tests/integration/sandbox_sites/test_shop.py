"""The shop, proved. Its tasks are older than the suite: none has a careless way yet, and three cannot be done."""

from __future__ import annotations

import pytest

from sandbox_sites.__main__ import build
from tests.integration.sandbox_sites.proving import shortcomings
from tests.integration.sandbox_sites.suite import SiteSuite


class TestShop(SiteSuite):
    SITE = "shop"

    @pytest.mark.parametrize("seed", [0, 1, 2])
    def test_the_benchmark_is_complete(self, seed: int) -> None:
        assert shortcomings(build(self.SITE, seed)) == [
            "at least five impossible ones",
            "a careless outcome for every kind",
        ]
