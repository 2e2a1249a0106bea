"""Other words for common labels, so that practice meets the words that people use and not the site's alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from infra.phrasebook import EntryKind, phrasebook
from proposer.grounded import everyday
from proposer.grounded.phrasing import field_words

#: Pattern of a folded label → other nouns for it, and ways to ask that need no label at all.
_LEXICON: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        r"(?:unit |current |our |list )?price|cost",
        ("price", "cost", "asking price"),
        ("how much is {subject}?", "how much does {subject} cost?", "what would I pay for {subject}?"),
    ),
    (r"weight|item weight", ("weight",), ("how heavy is {subject}?", "how much does {subject} weigh?")),
    (
        r"dimensions?|size|measurements?",
        ("size", "dimensions", "measurements"),
        ("how big is {subject}?", "how large is {subject}?"),
    ),
    (r"height", ("height",), ("how tall is {subject}?", "how high is {subject}?")),
    (r"length", ("length",), ("how long is {subject}?",)),
    (r"width", ("width",), ("how wide is {subject}?",)),
    (r"depth", ("depth",), ("how deep is {subject}?",)),
    (r"colou?r|colou?rs", ("colour", "color"), ("what colour is {subject}?", "which color does {subject} come in?")),
    (r"materials?", ("material", "fabric or material"), ("what is {subject} made of?", "what is {subject} made from?")),
    (
        r"brand|manufacturer|maker|made by",
        ("brand", "manufacturer", "maker"),
        ("who makes {subject}?", "which company makes {subject}?", "what brand is {subject}?"),
    ),
    (
        r"stock|availability|in stock|available",
        ("availability", "stock"),
        ("is {subject} available?", "is {subject} in stock?"),
    ),
    (
        r"rating|average rating|score",
        ("rating", "score", "average rating"),
        ("how is {subject} rated?", "how well is {subject} rated?"),
    ),
    (r"reviews|number of reviews", ("number of reviews", "reviews"), ("how many reviews does {subject} have?",)),
    (
        r"warranty|guarantee",
        ("warranty", "guarantee"),
        ("how long is the warranty on {subject}?", "how long is {subject} under guarantee?"),
    ),
    (
        r"delivery|shipping|delivery time|shipping time|ships in",
        ("delivery", "shipping", "delivery time"),
        ("how long does delivery of {subject} take?", "when would {subject} arrive?"),
    ),
    (r"sku|article number|item number|product code|model|model number", ("item number", "product code"), ()),
    (r"authors?|written by|by", ("author", "writer"), ("who wrote {subject}?", "who is the author of {subject}?")),
    (r"publisher", ("publisher",), ("who published {subject}?",)),
    (
        r"published|publication date|release date|released|date",
        ("date",),
        ("when was {subject} published?", "what date is given for {subject}?"),
    ),
    (r"pages|page count", ("number of pages", "page count"), ("how many pages does {subject} have?",)),
    (r"languages?", ("language",), ("what language is {subject} in?",)),
    (
        r"phone|telephone|phone number|tel",
        ("phone number", "telephone number"),
        ("what number do I call for {subject}?",),
    ),
    (r"e-?mail|e-?mail address", ("email address", "e-mail"), ("how do I e-mail {subject}?",)),
    (
        r"address|location|place|venue|where",
        ("address", "location"),
        ("where is {subject}?", "where can I find {subject}?"),
    ),
    (
        r"(?:opening |business |office )?hours",
        ("opening hours", "hours"),
        ("when is {subject} open?", "what are the opening hours of {subject}?"),
    ),
    (
        r"duration|time|running time|runtime|length of course",
        ("duration",),
        ("how long does {subject} take?", "how long does {subject} last?"),
    ),
    (r"capacity|seats|places", ("capacity",), ("how many does {subject} hold?", "what is the capacity of {subject}?")),
    (
        r"origin|country|country of origin|made in",
        ("origin", "country of origin"),
        ("where does {subject} come from?",),
    ),
    (r"category|type|genre|department", ("category", "type"), ("what kind of thing is {subject}?",)),
    (r"teacher|instructor|lecturer|taught by", ("teacher", "instructor"), ("who teaches {subject}?",)),
    (r"power|wattage", ("power", "wattage"), ("how many watts does {subject} have?",)),
    (r"battery|battery life", ("battery life",), ("how long does the battery of {subject} last?",)),
)
_COMPILED = tuple((re.compile(pattern), nouns, questions) for pattern, nouns, questions in _LEXICON)

#: How often a label is put in other words where any are known.
OTHER_WORDS = 0.4


def noun(rng: Random, label: str) -> str:
    """Return the label as it stands in a sentence, now and then in other words."""
    own = field_words(label)
    nouns, _ = _known(own)
    return rng.choice(nouns) if nouns and rng.random() < OTHER_WORDS else own


def alone(label: str, others: Iterable[str]) -> bool:
    """Return whether no other of these labels could be meant by the words that are known for this one."""
    own = field_words(label)
    nouns, questions = _known(own)
    said = phrasebook().exactly(label, EntryKind.FACT)
    if not nouns and said is None:
        return True
    for other in {field_words(other) for other in others} - {own}:
        if (nouns or questions) and (_known(other) == (nouns, questions) or other.casefold() in nouns):
            return False
        if said is not None and phrasebook().exactly(other, EntryKind.FACT) is said:
            return False
    return True


def free_question(rng: Random, label: str) -> str | None:
    """Return a question template with ``{subject}`` that asks for the label without naming it, where one is known."""
    said = everyday.ask(rng, label)
    if said:
        return said
    _, questions = _known(field_words(label))
    return rng.choice(questions) if questions and rng.random() < OTHER_WORDS else None


#: Labels whose absence can be told, each with what a value would look like that stands there without its label. A
#: colour, a material, a language or a name could stand anywhere.
_TELLABLE = (
    ("weight", r"\d\s?(?:kg|g|lbs?|oz)\b"),
    ("height", r"\d\s?(?:cm|mm|m|in|ft)\b"),
    ("width", r"\d\s?(?:cm|mm|m|in|ft)\b"),
    ("warranty", r"\bguarantee"),
    ("publisher", r"\bpublish"),
    ("pages", r"\bpages?\b"),
    ("phone", r"\+?\d[\d\s-]{6,}|\bcall\b|\bphone"),
    ("e-mail", r"@|\be-?mail"),
    ("opening hours", r"\b(?:open|opening|hours?|closed?)\b|\d:\d\d"),
    ("capacity", r"\b(?:seats?|places?|capacity)\b"),
    ("power", r"\d\s?w(?:atts?)?\b|\bpower"),
    ("battery life", r"\bbattery"),
)
_TELLTALE = tuple((label, re.compile(trace)) for label, trace in _TELLABLE)


def absent(rng: Random, said: str) -> str | None:
    """Return a common label of which nothing is said, under any of its names or by a value; ``said``: folded text."""
    for label, trace in rng.sample(_TELLTALE, len(_TELLTALE)):
        known = next((entry for entry in _COMPILED if entry[0].fullmatch(label)), None)
        names = (label, *(known[1] if known is not None else ()))
        stated = known is not None and re.search(rf"\b(?:{known[0].pattern})\b", said)
        if not stated and not trace.search(said) and not any(name.casefold() in said for name in names):
            return rng.choice(names)
    return None


def _known(label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for pattern, nouns, questions in _COMPILED:
        if pattern.fullmatch(label.casefold()):
            return nouns, questions
    return (), ()
