"""What is wrong with the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d{1,2} ?\d[A-Za-z]{2}")
_MONEY = re.compile(r"£?\s*(\d{1,6})(?:\.(\d{1,2}))?", re.ASCII)
CUSTOMER_FIELDS = ("contact", "email", "phone", "street", "city", "postcode")
NEEDED = "This cannot be empty."


def pence(text: str) -> int | None:
    """Read an amount of pounds."""
    found = _MONEY.fullmatch(text.replace(",", ""))
    return None if found is None else int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def percent(text: str) -> float | None:
    """Read a percentage from 0 to 100."""
    bare = text.strip().removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", bare, re.ASCII):
        return None
    return float(bare) if float(bare) <= 100 else None


def a_date(text: str) -> str | None:
    """Read a day as ISO writes it."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def missing(form: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Say which fields are empty."""
    return {name: NEEDED for name in names if not form.get(name)}


def checked(form: Mapping[str, str], choices: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Say where nothing of what there is was chosen."""
    return {name: "Choose one." for name, options in choices.items() if form.get(name) not in options}


def wrong_in_customer(form: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Say what is wrong with a customer's fields."""
    errors = missing(form, names)
    if "email" in names and "email" not in errors and not EMAIL.fullmatch(form["email"]):
        errors["email"] = "This is not an e-mail address."
    if "postcode" in names and "postcode" not in errors and not _POSTCODE.fullmatch(form["postcode"]):
        errors["postcode"] = "A postcode looks like PA7 3BN."
    return errors
