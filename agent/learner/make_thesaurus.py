"""``python -m agent.learner.make_thesaurus WORDNET OUT``: make the thesaurus that paraphrases draw from.

WORDNET is the folder of WordNet 3.0's database files (data.noun, index.noun, …, cntlist.rev), such as Debian's package
wordnet-base installs in /usr/share/wordnet; MiniLM must be installed. Related words of a word are synonyms in its first
three senses, the direct hypernyms of a noun's first two, as far as they are near in meaning, and of nouns the nearest
others. Opposites and siblings are near as well ("open" and "close", "Monday" and "Tuesday") but ask for something else:
antonyms, and what shares a direct hypernym, are left out. Takes a minute.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agent.policy.embedding import Embedder, Vectors, open_embedder

PARTS = ("noun", "verb", "adj")
#: Senses whose synonyms count, and those of nouns whose hypernyms do.
SENSES, HYPERNYMS = 3, 2
#: How often a word occurs in WordNet's tagged texts at least: to be said otherwise, and to be offered as near.
SAID, COMMON = 2, 4
#: Least cosine of a word that WordNet relates, and of one that is merely near; and how many are kept.
RELATED, NEAR, KEPT = 0.42, 0.58, 6
NEIGHBOURS = 8

Related = Mapping[str, Mapping[str, float]]  # word → other word → weight by sense
#: How a sense key says that the sense is a noun's.
NOUN = "1"


@dataclass(frozen=True, slots=True)
class Words:
    """What WordNet says of common words."""

    count: Counter[str]  # occurrences in its tagged texts
    nouns: frozenset[str]  # words that are mostly nouns there
    related: Related
    opposites: Mapping[str, set[str]]
    kinds: Mapping[str, set[int]]  # offsets of the direct hypernyms of a noun's first senses

    def apart(self, word: str, other: str) -> bool:
        """Return whether two words that are near mean different things: opposites, or two of one kind."""
        opposite = other in self.opposites.get(word, ()) or word in self.opposites.get(other, ())
        return opposite or bool(self.kinds.get(word, set()) & self.kinds.get(other, set()))


def _counts(folder: Path) -> tuple[Counter[str], frozenset[str]]:
    """Return how often each word occurs in WordNet's tagged texts, and which are mostly nouns there."""
    found: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    for line in (folder / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        word, sense = key.split("%")
        found[word] += int(count)
        nouns[word] += int(count) if sense[0] == NOUN else 0
    return found, frozenset(word for word, count in nouns.items() if 2 * count > found[word])


def _synset(data: bytes, offset: int) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the words of a synset, and its pointers: symbol and offset of another."""
    row = data[offset : data.index(b"\n", offset)].decode("latin1").split(" | ")[0].split()
    size = int(row[3], 16)
    members = [row[4 + 2 * i].lower().split("(")[0] for i in range(size)]
    first = 5 + 2 * size
    pointers = [(row[i], int(row[i + 1])) for i in range(first, first + 4 * int(row[first - 1]), 4)]
    return members, pointers


def _senses(folder: Path, part: str, count: Counter[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield common words of one kind with the offsets of their senses, the commonest sense first."""
    for line in (folder / f"index.{part}").read_text().splitlines():
        fields = line.split()
        word = fields[0]
        if line.startswith(" ") or not word.isalpha() or len(word) < 3 or count[word] < SAID:
            continue
        yield word, [int(offset) for offset in fields[6 + int(fields[3]) :]]


def read(folder: Path) -> Words:
    """Read WordNet's files."""
    count, nouns = _counts(folder)
    related: defaultdict[str, dict[str, float]] = defaultdict(dict)
    opposites: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[int]] = defaultdict(set)

    def relate(word: str, others: list[str], weight: float) -> None:
        for other in others:
            plain = other.replace("_", "").replace("-", "").isalpha() and other.count("_") <= 1 and len(other) > 2
            if other != word and plain and count[other]:
                related[word][other] = max(related[word].get(other, 0.0), weight)

    for part in PARTS:
        data = (folder / f"data.{part}").read_bytes()
        for word, offsets in _senses(folder, part, count):
            for rank, offset in enumerate(offsets[:SENSES]):
                members, pointers = _synset(data, offset)
                relate(word, members, 1.0 / (1 + rank))
                for symbol, other in pointers:
                    if symbol == "!" and data[other : other + 8].isdigit():
                        opposites[word] |= set(_synset(data, other)[0])
                    elif symbol == "@" and part == "noun":
                        kinds[word].add(other)
                        if rank < HYPERNYMS:
                            relate(word, _synset(data, other)[0], 0.5 / (1 + rank))
    return Words(count, nouns, related, opposites, kinds)


def _same(word: str, other: str) -> bool:
    """Return whether another word is a form of a word."""
    return other.startswith(word[: max(3, len(word) - 3)])


def thesaurus(known: Words, embedder: Embedder) -> Iterator[tuple[str, list[str]]]:
    """Yield words with up to KEPT others, the nearest first."""
    words = sorted({*known.related, *(other for others in known.related.values() for other in others)})
    vectors = dict(zip(words, embedder.encode([word.replace("_", " ") for word in words]), strict=True))
    common = [word for word in words if known.count[word] >= COMMON and word in known.nouns]
    table: Vectors = np.stack([vectors[word] for word in common])
    for word in words:
        near: dict[str, float] = {}
        for other, weight in known.related.get(word, {}).items():
            cosine = float(vectors[word] @ vectors[other])
            if cosine >= RELATED and not _same(word, other) and other not in known.opposites.get(word, ()):
                near[other] = cosine * (0.7 + 0.3 * weight)
        cosines = table @ vectors[word]
        for i in np.argsort(-cosines)[:NEIGHBOURS] if word in known.nouns else ():
            other = common[int(i)]
            form = other == word or _same(word, other) or _same(other, word)
            if cosines[i] >= NEAR and not form and not known.apart(word, other):
                near[other] = max(near.get(other, 0.0), 0.9 * float(cosines[i]))
        if near:
            yield word, sorted(near, key=lambda other: -near[other])[:KEPT]


def main(folder: Path, out: Path) -> None:
    """Write the thesaurus. Raises ConfigurationError where MiniLM is not installed, OSError where WordNet is not."""
    embedder = open_embedder("minilm")
    assert embedder is not None  # noqa: S101 - "minilm" gives one or raises
    lines = [f"{word}\t{' '.join(others)}\n" for word, others in thesaurus(read(folder), embedder)]
    out.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    sys.stdout.write(f"{len(lines)} words in {out}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
