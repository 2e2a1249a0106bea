"""Property tests here neither race a clock nor leave a database of examples behind."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("pae", deadline=None, database=None)
settings.load_profile("pae")
