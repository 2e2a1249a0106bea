"""Other words for an instruction, so that what is practised in the site's own words is understood in other people's.

The proposer says what it read on the site, or what the phrasebook knows of that. A paraphrase keeps numbers,
comparatives, quotations and what is to be entered, chosen or answered, keeps most of what is written like a name, and
says some of the rest in related words ("cost" for Price): they match nothing literally, and how near they are in
meaning is what is left to go by. The
thesaurus relates common words to up to six others each: synonyms and direct hypernyms from WordNet 3.0, and for nouns
nearest words by all-MiniLM-L6-v2 (make_thesaurus.py). It is loose on purpose: people's words are, too.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from random import Random

from agent.policy.text import NUMBER_WORDS, STOP_STEMS, stem

#: Shares of words that are said otherwise: ordinary ones, and those written like names.
REPLACED, REPLACED_NAMES = 0.5, 0.2

#: What says which or how many: another word would ask for something else.
_TELLING = frozenset(
    stem(word)
    for word in (
        *NUMBER_WORDS, "first", "second", "third", "fourth", "fifth", "last", "next", "half", "double",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekday", "weekend",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "more", "most", "less", "least", "fewer", "fewest", "higher", "highest", "lower",
        "lowest", "larger", "largest", "smaller", "smallest", "longer", "longest", "shorter", "shortest", "older",
        "oldest", "newer", "newest", "earlier", "earliest", "later", "latest", "better", "best", "worse", "worst",
        "greater", "greatest", "bigger", "biggest", "nearer", "nearest", "closer", "closest", "cheaper", "cheapest",
        "before", "after", "above", "below", "without", "only", "both", "except",
    )
)  # fmt: skip

_TOKEN = re.compile(
    r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|(?<!\w)'[^']+'(?!\w)"  # quoted
    r"|https?://\S+|\S+@\S+"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*|\S"
)
_SENTENCE_END = re.compile(r"[.!?:]\s*$")


@lru_cache(maxsize=1)
def thesaurus() -> Mapping[str, tuple[str, ...]]:
    """Return related words by stemmed word."""
    packed = (files("agent.learner") / "thesaurus.tsv.gz").read_bytes()
    found: dict[str, tuple[str, ...]] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        word, others = line.split("\t")
        other_words = tuple(other.replace("_", " ") for other in others.split() if stem(other) != stem(word))
        if other_words:
            found.setdefault(stem(word), other_words)
    return found


def paraphrase(instruction: str, rng: Random, *, kept: Iterable[str] = ()) -> str:
    """Say some of an instruction's words otherwise; ``kept`` are texts whose words stay, such as what is entered."""
    stay = {stem(word) for text in kept for word in re.findall(r"\w+", text.lower())} | _TELLING | STOP_STEMS
    said: list[str] = []
    end = 0
    for match in _TOKEN.finditer(instruction):
        said += [instruction[end : match.start()], _other(match.group(), instruction[: match.start()], rng, stay)]
        end = match.end()
    return "".join(said) + instruction[end:]


def _other(word: str, before: str, rng: Random, stay: set[str]) -> str:
    others = thesaurus().get(stem(word.lower())) if word[0].isalpha() and stem(word.lower()) not in stay else None
    if not others:
        return word
    first = not before.strip() or _SENTENCE_END.search(before) is not None
    named = word[0].isupper() and not first
    if rng.random() >= (REPLACED_NAMES if named else REPLACED):
        return word
    other = rng.choice(others)
    if (
        word.endswith("s")
        and not word.endswith("ss")
        and not other.endswith("s")
        and stem(word.lower()) != word.lower()
    ):
        other += "s"
    return other[0].upper() + other[1:] if word[0].isupper() else other
