"""magnitudes: values that can be told larger from smaller: amounts of money, measures, dates, plain numbers. Pure.

Strict on purpose: what might be a code, a range, an address, a telephone number or a date in an unknown order is no
magnitude, and two magnitudes compare only where their units are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

#: Units of moments: by day, by month, by minute.
DATES = frozenset({"date", "calendar month", "moment"})
TIME = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year"})
LENGTH = frozenset({"mm", "cm", "m", "km", "in", "inch", "ft", "foot", "feet", "yd", "mi", "mile", "metre", "meter"})
MASS = frozenset({"mg", "g", "kg", "t", "tonne", "lb", "oz", "gram", "kilogram", "kilo", "pound", "ounce"})
#: A plain number in this range may be a year.
YEARS = range(500, 2101)

_NUMBER = r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CURRENCY = r"[$€£¥₹₩]|(?:us|ca|au|nz|hk|[acs])\$|usd|eur|gbp|chf|sek|nok|dkk|jpy|cad|aud|pln|czk|kr|zł"
_MONEY = re.compile(
    rf"(?:(?P<before>{_CURRENCY})\s?(?P<a>{_NUMBER})|(?P<b>{_NUMBER})\s?(?P<after>{_CURRENCY}))"
    r"(?:\s?(?:/|per|an?)\s?(?P<per>[^\W\d_]+))?"
)
_UNIT = r"%|°\s?[cf]?|in stock|square (?:metre|meter|feet|foot|mile)s?|[^\W\d_]+[²³]?(?:/[^\W\d_]+[²³]?)?"
_MEASURE = re.compile(rf"(?P<number>{_NUMBER})(?P<space>\s?)(?P<unit>{_UNIT})?")
_RATED = re.compile(rf"(?:★\s?)?(?P<number>{_NUMBER})\s?(?:/|of|out of)\s?(?P<of>5|10|100)(?: stars?)?")
_HOURS = re.compile(
    r"(?:(?P<hours>\d+)\s?(?:h|hrs?|hours?))?(?:,? ?(?:and )?(?P<minutes>\d+)\s?(?:min|mins|minutes?))?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_CLOCK = r"(?:(?:,| at|t)? ?(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
_DATES = tuple(
    re.compile(_WEEKDAY + pattern + _CLOCK)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})",
        r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
        r"(?P<name>[a-z]{3,9})\.? (?P<year>\d{4})",
    )
)
_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS = {name[:length]: i for i, name in enumerate(_NAMES, 1) for length in (3, len(name))} | {"sept": 9}
_SHORT = {
    "min": "minute",
    "mins": "minute",
    "sec": "second",
    "secs": "second",
    "yr": "year",
    "yrs": "year",
    "lbs": "lb",
}
#: What follows a number and is no unit: halves of the day, ordinals, a month without its year.
_NO_UNIT = frozenset({"am", "pm", "st", "nd", "rd", "th", "x", "nr", "no", *_MONTHS})
_NAME = re.compile(r"\b[A-Z][a-z]{2,}")
#: Thousands or decimals: who knows.
_EITHER = re.compile(r"\d{1,3}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Magnitude:
    """An amount of something; ``unit`` is "" for a plain number, a currency, a unit of measure or one of DATES."""

    amount: Decimal
    unit: str = ""
    money: bool = False
    year: bool = False  # a plain number that may be a year

    def alike(self, other: Magnitude) -> bool:
        """Return whether the two can be told from one another."""
        return (self.unit, self.money) == (other.unit, other.money)


@lru_cache(maxsize=20_000)
def magnitude(value: str) -> Magnitude | None:
    """Read a value; None where it is no magnitude, or none for certain."""
    text = " ".join(value.split()).casefold()
    if found := _MONEY.fullmatch(text):
        return _money(found)
    if found := _RATED.fullmatch(text):
        return Magnitude(_number(found["number"]), f"of {found['of']}")
    if (found := _HOURS.fullmatch(text)) and (found["hours"] or found["minutes"]):
        return Magnitude(Decimal(60 * int(found["hours"] or 0) + int(found["minutes"] or 0)), "minute")
    if (date := _date(text)) is not None:
        return date
    if (found := _MEASURE.fullmatch(text)) and not _NAME.search(value):
        return _measure(found)
    return None


def _money(found: re.Match[str]) -> Magnitude | None:
    digits = found["a"] or found["b"]
    if _EITHER.fullmatch(digits):
        return None
    per = f"/{found['per']}" if found["per"] else ""
    return Magnitude(_number(digits), f"{found['before'] or found['after']}{per}", money=True)


def _measure(found: re.Match[str]) -> Magnitude | None:
    digits, unit = found["number"], found["unit"] or ""
    if unit in _NO_UNIT or re.match(r"0\d", digits):  # codes begin with a nought
        return None
    if len(unit) > 3 and not found["space"]:  # two texts that happen to touch
        return None
    if _EITHER.fullmatch(digits):
        return None
    return Magnitude(_number(digits), _singular(unit), year=not unit and digits.isdigit() and int(digits) in YEARS)


def _singular(unit: str) -> str:
    unit = _SHORT.get(unit, unit)
    return unit[:-1] if unit.isalpha() and len(unit) > 3 and unit.endswith("s") and not unit.endswith("ss") else unit


def _date(text: str) -> Magnitude | None:
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = int(parts["month"]) if parts.get("month") else _MONTHS.get(parts["name"], 0)
        day = int(parts.get("day") or 0)
        if not 1 <= month <= 12 or day > 31:
            return None
        clock = int(parts["hour"]) * 60 + int(parts["minute"]) if parts["hour"] else 0
        minutes = (((int(parts["year"]) * 12 + month) * 32) + day) * 1440 + clock  # months of 32 days keep the order
        unit = "moment" if parts["hour"] else "date" if day else "calendar month"
        return Magnitude(Decimal(minutes), unit)
    return None


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace(" ", ""))
