"""What a larger or smaller value is called, by what its label means: cheaper, heavier, founded earlier, more reviews.

A comparison is a predicate, as in "which of the two *costs less*", with its superlative, "which of them *costs the
least*". A label that no word fits is quoted rather than bent into a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from infra.magnitudes import DATES, LENGTH, MASS, TIME, Magnitude, magnitude
from proposer.grounded import everyday
from proposer.grounded.lexicon import (
    ARTICLES,
    EARLIER,
    GREATER,
    HIGHER,
    LATER,
    LEXICON,
    LONGER,
    LOWER,
    SHORTER,
    SMALLER,
    Predicate,
    having,
    is_count,
)
from proposer.grounded.phrasing import field_words


class Sense(NamedTuple):
    """What a label's larger and smaller values are called."""

    more: tuple[Predicate, ...]
    less: tuple[Predicate, ...]


#: Labels whose values only look like amounts.
_NO_AMOUNT = re.compile(
    r"\b(?:sku|isbn|ean|ids?|nr|no|code|post(?:code|al)?|zip|phone|telephone|tel|mobile|fax|versions?|serial|model|ref"
    r"|reference|vat|iban|account|coordinates?|latitude|longitude|grid|address|street|plot|house numbers?|room number"
    r"|rank|ranking|position|place|priority|page|copyright|colou?r|password|pin|who|which|that)\b|^(?:number|extension|orders?|invoice|ticket|case)$|#"
)


@lru_cache(maxsize=20_000)
def sense(label: str, value: Magnitude) -> Sense | None:
    """Return the words for a label whose values are of this sort; None where a comparison would make no sense."""
    label, value = _own_unit(label, value)
    name = field_words(label)
    if not re.search(r"[^\W\d_]{2}", name) or _NO_AMOUNT.search(name.casefold()):
        return None
    for entry in LEXICON:
        found = re.fullmatch(entry.pattern, name.casefold())
        if found is not None and entry.fits(value):
            given = {"label": name, **{key: ARTICLES.get(text, text) for key, text in found.groupdict("").items()}}
            return _with_everyday(Sense(_filled(entry.more, given), _filled(entry.less, given)), name, value)
    plain = _plain(label, value)
    return _with_everyday(plain, name, value) if plain is not None else None


def _with_everyday(known: Sense, name: str, value: Magnitude) -> Sense:
    """Add the phrasebook's words; not for dates, where more of an age is the earlier year."""
    if value.unit in DATES or value.year:
        return known
    more, less = (tuple((said, said) for said in everyday.leaning(name, more=more)) for more in (True, False))
    return Sense((*known.more, *more), (*known.less, *less))


def _own_unit(label: str, value: Magnitude) -> tuple[str, Magnitude]:
    """Read a unit that stands with the label, such as "Height (m)" or "Price in £"."""
    found = re.fullmatch(r"(?P<label>.+?)(?: \((?P<unit>[^\W\d_]{1,7})\)| in (?P<currency>[$€£¥]))", label.strip())
    if found is None or value.unit:
        return label, value
    unit = found["unit"] or found["currency"]
    measure = magnitude(f"{value.amount} {unit}")
    return (found["label"], measure) if measure is not None else (label, value)


def _filled(predicates: tuple[Predicate, ...], given: dict[str, str]) -> tuple[Predicate, ...]:
    return tuple((two.format(**given), many.format(**given)) for two, many in predicates)


#: Words that make no noun, though they stand as labels: "Ahead", "Needed", "Each".
_NO_NOUN = re.compile(
    r".*\b(?:in|on|at|of|by|to|from|for|since|until|per)|(?!.*(?:speed|bed|seed|feed)$).*(?:ed|ilt|held|orn|tten)"
    r"|(?:[a-z]+ )?"
    r"(?:ahead|behind|each|open|closed|done|left|new|old|every|both|free|taken|above|below|before|after)"
)
_PLURAL = re.compile(
    r"(?:[\w-]+ )?[\w-]{2,}[^su\W]s|[\w-]{2,}[^su\W]s(?: \w+){0,2}|(?:\w+ )?(?:people|children|guests)"
)
_QUANTITY = re.compile(r"number of (?P<what>[\w ]+)")
#: Of what is the most or the first of its kind there are no two to compare.
_MOST = re.compile(
    r"(?:most|least|fewest|longest|shortest|largest|smallest|highest|lowest|oldest|newest|latest|earliest|biggest|best"
    r"|first|last)\b.*"
)


def _plain(label: str, value: Magnitude) -> Sense | None:
    """Return words for a label that the lexicon does not know."""
    name = field_words(label)
    folded = name.casefold()
    if _MOST.fullmatch(folded):
        return None
    counted = _QUANTITY.fullmatch(folded)
    if is_count(value) and (counted is not None or _PLURAL.fullmatch(folded)):
        return _more_or_fewer(counted["what"] if counted is not None else name)
    if len(folded.split()) > 4 or any(c.isdigit() for c in folded) or _NO_NOUN.fullmatch(folded):
        return _quoted(label.strip()) if is_count(value) and not value.year else None
    if value.unit in DATES:
        more, less = LATER, EARLIER
    elif value.unit in LENGTH | MASS:
        more, less = GREATER, SMALLER
    else:
        more, less = (LONGER, SHORTER) if value.unit in TIME else (HIGHER, LOWER)
    return Sense(_filled((more,), {"label": name}), _filled((less,), {"label": name}))


def _quoted(label: str) -> Sense:
    higher, lower = (
        having("higher", "highest", f"number for “{label}”"),
        having("lower", "lowest", f"number for “{label}”"),
    )
    return Sense((higher,), (lower,))


def _more_or_fewer(what: str) -> Sense:
    larger, smaller = (
        having("larger", "largest", f"number of {what}"),
        having("smaller", "smallest", f"number of {what}"),
    )
    return Sense(
        ((f"has more {what}", f"has the most {what}"), larger),
        ((f"has fewer {what}", f"has the fewest {what}"), smaller),
    )
