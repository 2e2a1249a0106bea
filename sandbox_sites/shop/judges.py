"""The shop's judges."""

from __future__ import annotations

from sandbox_sites.common.judging import Judges
from sandbox_sites.shop.state import ShopState

JUDGES = Judges(ShopState)
