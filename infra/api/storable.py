"""What texts the stores can hold: PostgreSQL takes no NUL, and nothing that is sent half of a surrogate pair."""

from __future__ import annotations

import re
from typing import Any

_UNFIT = re.compile("[\0\ud800-\udfff]")


def storable(given: Any) -> bool:
    """Return whether all texts of a JSON value can be stored."""
    if isinstance(given, str):
        return (given.isascii() and "\0" not in given) or not _UNFIT.search(given)
    if isinstance(given, dict):
        return all(storable(key) and storable(value) for key, value in given.items())
    return not isinstance(given, list) or all(map(storable, given))
