"""Comparing answers with the truth: exact after normalisation, never by substring."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
_CURRENCY = re.compile(r"[$€£]|\b(?:usd|dollars?|eur|euros?|gbp|pounds?)\b")
_UNITS = re.compile(r"\b(?:kilograms?|kilos?|kgs?|years?|yrs?|days?|cm|centimetres?|stars?|percent|pieces?|items?)\b|%")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def plain(text: str) -> str:
    """Fold case, accents, white space and closing punctuation."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"\s+", " ", folded).strip(" .!,;:'\"")


def same_text(answer: str | None, truth: str) -> bool:
    """Return whether an answer says the same words; a leading article does not count."""
    if answer is None or len(answer) > LONGEST:
        return False
    return re.sub(r"^(?:the|a|an) ", "", plain(answer)) == re.sub(r"^(?:the|a|an) ", "", plain(truth))


def same_number(answer: str | None, truth: float) -> bool:
    """Return whether an answer is one number, with or without currency or unit, and the right one."""
    if answer is None or len(answer) > LONGEST:
        return False
    bare = _UNITS.sub(" ", _CURRENCY.sub(" ", plain(answer).replace(",", ""))).strip()
    return bool(_NUMBER.fullmatch(bare)) and abs(float(bare) - truth) < 1e-9
