"""Whether what was given says what was expected. Pure; built on :mod:`evaluator.normalise`."""

from __future__ import annotations

import re

from evaluator.normalise import fold, fold_label, moments, quantity

#: A wrapper around an answer may end with one of these and hold at most so many words before it.
_WRAPPER = re.compile(
    r"(?P<label>[^:=]{1,80}?)(?:\s*[:=]|\s(?:is|are|was|were|costs?|equals))\s+(?P<value>\S.*)", re.DOTALL
)
_WRAPPER_WORDS = 12
_HEDGES = frozenset(
    ("not", "no", "never", "neither", "nor", "or", "and", "either", "maybe", "perhaps", "without", "except", "unknown")
)
_NEGATION = re.compile(r"n't\b")


def same_value(given: str, expected: str) -> bool:
    """Return whether two values mean the same, however they are written."""
    if fold(given) == fold(expected):
        return fold(expected) != "" or given.strip() == expected.strip()
    wanted = quantity(expected)
    if wanted is not None:
        own = quantity(given)
        if own is not None and own.means(wanted):
            return True
    return any(own.means(wanted_moment) for wanted_moment in moments(expected) for own in moments(given))


def same_label(given: str, expected: str) -> bool:
    """Return whether two labels name the same; empty labels name nothing."""
    return fold_label(given) == fold_label(expected) != ""


def same_answer(given: str, expected: str) -> bool:
    """Return whether an answer says the expected value, and nothing besides.

    The value alone, or one plain wrapper before it: "Price: $12.00", "The price is $12.00." The wrapper cannot be
    gamed: whatever follows it must be the value and only that, and a wrapper holds no digit, no alternative, no
    negation and not the value itself, so that a dump of a page, a list of candidates or a hedge never passes.
    """
    if same_value(given, expected):
        return True
    match = _WRAPPER.fullmatch(given.strip())
    if match is None:
        return False
    label, value = fold(match["label"]), match["value"]
    words = re.findall(r"[\w']+", label)
    if not 1 <= len(words) <= _WRAPPER_WORDS or _HEDGES.intersection(words) or _NEGATION.search(label):
        return False
    if any(character.isdigit() for character in label) or any(character in ",;|\n" for character in match["label"]):
        return False
    return fold(expected) not in label and same_value(value, expected)
