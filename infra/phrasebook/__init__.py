"""What websites call things, and how people say them: a thesaurus of the web in whole phrases.

Websites name their pages, buttons and facts in few words ("Returns", "Follow", "Payment terms"); people ask by purpose
("the things customers want to send back", "keep me posted about it"). The proposer words tasks with it, and the policy
reads names by it, as document expansion does in retrieval (doc2query, Nogueira et al. 2019, arXiv 1904.08375). The
entries are general: they were written without knowledge of any site that is practised or measured on.

The files hold one entry a line, in three columns: its kind, names parted by " | ", phrasings parted by " | ". In the
phrasings of acts, facts and writes ``{x}`` stands for the thing concerned, in those of fields and writes ``{v}`` for
the value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class EntryKind(StrEnum):
    """What sort of thing a name stands for."""

    PAGE = "page"  # phrasings continue "take me to …"
    ACT = "act"  # imperatives or statements; {x}: what it is done to
    FACT = "fact"  # questions or requests; {x}: what is asked about
    FIELD = "field"  # statements; {v}: the value
    WRITE = "write"  # imperatives or statements; {v}: the text to enter; {x}: what it is about
    MORE = "more"  # continue "which one …"
    LESS = "less"
    SORT = "sort"
    OPTION = "option"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that websites name."""

    kind: EntryKind
    names: tuple[str, ...]
    phrasings: tuple[str, ...]


#: The files of entries, in the order in which they are read.
ENTRIES = ("acts.tsv", "facts.tsv", "fields.tsv", "pages.tsv", "writes.tsv")
#: Words of names that say nothing about which thing is named.
_IDLE = frozenset({
    "a", "all", "an", "and", "browse", "for", "in", "its", "list", "manage", "my", "of", "on", "open", "or", "our",
    "page", "see", "show", "the", "this", "to", "view", "your",
})  # fmt: skip
_COUNT = re.compile(r"\s*\(\d+\)$|(?<=[^\W\d_])\d{1,4}$")
_WORD = re.compile(r"[^\W_]+")
_SLOT = re.compile(r"\{[xv]\}")
#: Names of more words are sentences; a name may hold another one's that makes at least this share of its words.
LONGEST_NAME, LEAST_SHARE = 5, 0.5

Key = tuple[str, ...]


def _key(name: str) -> Key:
    """Return the words that tell a name, without plurals: "Your orders (3)" is "order"."""
    return tuple(
        _singular(word)
        for word in _WORD.findall(_COUNT.sub("", name).casefold().replace("e-mail", "email"))
        if word not in _IDLE
    )


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("xes", "sses", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def plain(phrasing: str) -> str:
    """Return a phrasing without slots: what is concerned is "it"."""
    return _SLOT.sub("it", phrasing)


class Phrasebook:
    """The entries, by name."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self._named: defaultdict[Key, list[Entry]] = defaultdict(list)
        for entry in entries:
            for key in dict.fromkeys(_key(name) for name in entry.names):
                if key:
                    self._named[key].append(entry)
        self._longest = max((len(key) for key in self._named), default=0)

    def exactly(self, name: str, kind: EntryKind) -> Entry | None:
        """Return the entry of this kind that lists this name."""
        return next((entry for entry in self._named.get(_key(name), ()) if entry.kind is kind), None)

    def like(self, name: str) -> tuple[Entry, ...]:
        """Return the entries that list this name, else those that list the longest part of a short name."""
        key = _key(name)
        if not key or len(key) > LONGEST_NAME or all(part.isdigit() for part in key):
            return ()
        for size in range(min(len(key), self._longest), 0, -1):
            if size < LEAST_SHARE * len(key):
                break
            parts = [key[start : start + size] for start in range(len(key) - size + 1)]
            found = [entry for part in parts for entry in self._named.get(part, ())]
            if found:
                return tuple(dict.fromkeys(found))
        return ()


def parse(text: str) -> tuple[Entry, ...]:
    """Read entries.

    Raises:
        ValueError: a line is no entry; the message says which.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            kind, names, phrasings = line.split("\t")
            found.append(Entry(EntryKind(kind), tuple(names.split(" | ")), tuple(phrasings.split(" | "))))
        except ValueError as error:
            raise ValueError(f"line {number} of the phrasebook is no entry: {line[:60]!r}") from error
    return tuple(found)


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """Return the phrasebook that comes with the package."""
    texts = [(files("infra.phrasebook") / name).read_text(encoding="utf-8") for name in ENTRIES]
    return Phrasebook(tuple(entry for text in texts for entry in parse(text)))
