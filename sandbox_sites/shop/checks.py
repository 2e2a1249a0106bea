"""What is wrong with a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MONEY = re.compile(r"\$?\s*([0-9]{1,6})(?:[.,]([0-9]{1,2}))?\s*\$?")
EMPTY, NO_EMAIL, CHOOSE = "Please fill in this field.", "This is no e-mail address.", "Please choose one."


def is_email(text: str) -> bool:
    """Return whether a text looks like an e-mail address."""
    return bool(_EMAIL.fullmatch(text))


def cents(text: str) -> int | None:
    """Read an amount of money; None for anything else."""
    found = _MONEY.fullmatch(text.strip())
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def empty(form: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return what is wrong where a field must be filled in and is not."""
    return {name: EMPTY for name in names if not form.get(name)}
