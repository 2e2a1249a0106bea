"""Texts, quantities and dates in canonical form, so that what means the same compares equal.

Pure. The rule throughout: a comparison may forgive how something is written (case, white space, punctuation,
currency symbol, thousands separator, unit, date format), never what it says. A wrong number, another currency, a
missing unit of measure or a second value in the same answer is a difference.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from evaluator.units import CURRENCIES, MONTHS, NUMERALS, UNITS

_SAME = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "×": "x", "⁄": "/", "\u00ad": None,
    "\u200b": None, "\ufeff": None, "•": " ", "·": " ",
})  # fmt: skip
_EDGES = " \t.,;:!?\"'()[]{}|"
_INCHES = re.compile(r'(\d) ?"(?!\w)')
_POINT_FIRST = re.compile(r"[^\w.]*\.\d")
_LABEL_EDGES = _EDGES + "*#"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something: ``kind`` is "" for a bare number, "currency", a dimension or a noun's folded name."""

    number: Decimal  # in the dimension's base unit
    kind: str
    code: str = ""  # ISO code of a currency

    def means(self, expected: Quantity) -> bool:
        """Return whether it says what ``expected`` says; a currency alone may be left out or added."""
        if self.number != expected.number:
            return False
        if "" in (self.kind, expected.kind) and "currency" in (self.kind, expected.kind):
            return True
        return (self.kind, self.code) == (expected.kind, expected.code)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time of day, or both; a part that is not stated is None."""

    day: tuple[int, int] | None = None  # month, day
    year: int | None = None
    minute: int | None = None  # of the day
    second: int | None = None  # of the minute; where it alone is not stated it is 0

    def means(self, expected: Moment) -> bool:
        """Return whether every part that ``expected`` states is stated the same."""
        second = self.second or 0
        pairs = (
            (self.day, expected.day),
            (self.year, expected.year),
            (self.minute, expected.minute),
            (second, expected.second),
        )
        return all(wanted is None or own == wanted for own, wanted in pairs) and (self.day is None) == (
            expected.day is None
        )


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return ``text`` without case, accents, typographic variants, edge punctuation and superfluous white space."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SAME)).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    spaced = " ".join(unicodedata.normalize("NFKC", plain).translate(_SAME).split())
    if spaced.count('"') == 1:
        spaced = _INCHES.sub(r"\1 in", spaced)
    stripped = spaced.strip(_EDGES)
    return f"0.{stripped}" if stripped[:1].isdigit() and _POINT_FIRST.match(spaced) else stripped


def fold_label(text: str) -> str:
    """Return a label in canonical form: as :func:`fold`, and without the marks of a required field."""
    folded = fold(text).strip(_LABEL_EDGES)
    return re.sub(r"\s*\((?:required|optional)\)?$", "", folded).strip(_LABEL_EDGES)


_NUMBER = r"\d+(?:[.,' ]\d+)*"


@lru_cache(maxsize=50_000)
def number(text: str, *, money: bool = False) -> Decimal | None:
    """Read a number with or without separators; None where ``text`` is none, or a code such as 007.

    ``1,299.00``, ``1.299,00``, ``1 299,00`` and ``1'299.00`` are one number. A single separator before exactly
    three digits separates thousands if it is a comma or (``money``: no currency has three decimals) a point.
    """
    match = re.fullmatch(rf"([+-]?)({_NUMBER})", text.strip())
    if match is None:
        return NUMERALS.get(text.strip())
    sign, digits = match.groups()
    separators = re.findall(r"[.,' ]", digits)
    decimal = ""
    if separators:
        last = separators[-1]
        fraction = digits.rsplit(last, 1)[1]
        thousands = last in "' " or (len(fraction) == 3 and (last == "," or money))
        if separators.count(last) == 1 and not (thousands and len(set(separators)) == 1):
            decimal = last
        if decimal and last in "' ":
            return None
    whole, _, fraction = digits.rpartition(decimal) if decimal else (digits, "", "")
    groups = re.split(r"[.,' ]", whole)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    if len(set(re.findall(r"[.,' ]", whole))) > 1:
        return None
    plain = "".join(groups)
    if len(plain) > 1 and plain.startswith("0"):
        return None
    try:
        return Decimal(f"{sign}{plain}.{fraction or '0'}")
    except InvalidOperation:
        return None


@lru_cache(maxsize=50_000)
def quantity(text: str) -> Quantity | None:
    """Read a number with its currency, unit or counted noun; None where ``text`` is something else."""
    folded = fold(text)
    match = re.fullmatch(r"([+-]?)\s*(\D{0,16}?)\s*([+-]?\d[\d.,' ]*|[a-z]+)\s*(\D{0,24})", folded)
    if match is None:
        return None
    sign, before, digits, after = (part.strip() for part in match.groups())
    currency = CURRENCIES.get(before) or CURRENCIES.get(after)
    amount = number(digits, money=currency is not None)
    if amount is None:
        return None
    amount = -amount if sign == "-" else amount
    if currency is not None:
        named = {CURRENCIES.get(part) for part in (before, after) if part}
        return Quantity(amount, "currency", currency) if named == {currency} else None
    if before:
        return None
    if not after:
        return Quantity(amount, "")
    if after in UNITS:
        dimension, factor = UNITS[after]
        return Quantity(amount * factor, dimension)
    # A counted noun ("12 reviews"): letters alone, so that "12 - 14" or "12 (3 left)" stays text.
    return Quantity(amount, f"noun:{_singular(after)}") if re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)?", after) else None


def _singular(noun: str) -> str:
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = (
    r"(?:(?:\s*,|\s+at|t|\s)\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<sec>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?z?)?"
)
_DATES = tuple(
    re.compile(_WEEKDAY + pattern + _TIME)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH}(?:,?[\s-]+(?P<year>\d{{4}}))?",
        rf"{_MONTH}\s+{_DAY}(?:,?\s+(?P<year>\d{{4}}))?",
        r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>\d{4})",
    )
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<sec>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?|"
                    r"(?P<hour2>\d{1,2})\s*(?P<half2>[ap]\.?m\.?)")  # fmt: skip


@lru_cache(maxsize=50_000)
def moments(text: str) -> frozenset[Moment]:
    """Read a date or a time of day; both readings of an ambiguous one (03/05/2024), none where it is neither."""
    folded = fold(text)
    clock = _CLOCK.fullmatch(folded)
    if clock is not None:
        minute = _minute(clock["hour"] or clock["hour2"], clock["minute"] or "0", clock["half"] or clock["half2"])
        second = int(clock["sec"]) if clock["sec"] else None
        return frozenset() if minute is None else frozenset({Moment(minute=minute, second=second)})
    for pattern in _DATES:
        match = pattern.fullmatch(folded)
        if match is not None:
            return frozenset(_read_date(match.groupdict()))
    return frozenset()


def _read_date(groups: dict[str, str | None]) -> list[Moment]:
    found = {name: value for name, value in groups.items() if value}
    minute = None
    if "hour" in found:
        minute = _minute(found["hour"], found["minute"], found.get("half"))
        if minute is None:
            return []
    year = int(found["year"]) if "year" in found else None
    if "first" in found:
        first, second = int(found["first"]), int(found["second"])
        readings = [(first, second), (second, first)]
    else:
        month = int(found["month"]) if "month" in found else MONTHS.get(found["name"], 0)
        readings = [(month, int(found["day"]))]
    of_minute = int(found["sec"]) if "sec" in found else None
    return [Moment((m, d), year, minute, of_minute) for m, d in readings if 1 <= m <= 12 and 1 <= d <= 31]


def _minute(hour: str, minute: str, half: str | None) -> int | None:
    hours, minutes = int(hour), int(minute)
    if minutes > 59 or hours > (12 if half else 24):
        return None
    if half:
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    return hours * 60 + minutes
