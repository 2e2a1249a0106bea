"""``python -m agent.learner.make_thesaurus WORDNET OUT``: make the thesaurus that paraphrases draw from.

WORDNET is the folder of WordNet 3.0's database files (data.noun, index.noun, …, cntlist.rev), such as Debian's package
wordnet-base installs in /usr/share/wordnet; MiniLM must be installed. Related words of a word are synonyms in its first
three senses, the direct hypernyms of a noun's first two, as far as they are near in meaning, and the common words
nearest to it. Takes a minute.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
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


def counts(folder: Path) -> Counter[str]:
    """Return how often each word occurs in WordNet's tagged texts."""
    found: Counter[str] = Counter()
    for line in (folder / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        found[key.split("%")[0]] += int(count)
    return found


def _synset(data: bytes, offset: int) -> tuple[list[str], list[int]]:
    """Return the words of a synset and the offsets of its direct hypernyms."""
    row = data[offset : data.index(b"\n", offset)].decode("latin1").split(" | ")[0].split()
    size = int(row[3], 16)
    members = [row[4 + 2 * i].lower().split("(")[0] for i in range(size)]
    pointers = row[5 + 2 * size :]
    return members, [int(pointers[i + 1]) for i in range(0, len(pointers) - 3, 4) if pointers[i] == "@"]


def _senses(folder: Path, part: str, count: Counter[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield common words of one kind with the offsets of their senses, the commonest sense first."""
    for line in (folder / f"index.{part}").read_text().splitlines():
        fields = line.split()
        word = fields[0]
        if line.startswith(" ") or not word.isalpha() or len(word) < 3 or count[word] < SAID:
            continue
        yield word, [int(offset) for offset in fields[6 + int(fields[3]) :]]


def related(folder: Path, count: Counter[str]) -> Related:
    """Return what WordNet relates to each common word, with weights in (0, 1]."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)

    def add(word: str, others: list[str], weight: float) -> None:
        for other in others:
            plain = other.replace("_", "").replace("-", "").isalpha() and other.count("_") <= 1 and len(other) > 2
            if other != word and plain and count[other]:
                found[word][other] = max(found[word].get(other, 0.0), weight)

    for part in PARTS:
        data = (folder / f"data.{part}").read_bytes()
        for word, offsets in _senses(folder, part, count):
            for rank, offset in enumerate(offsets[:SENSES]):
                members, above = _synset(data, offset)
                add(word, members, 1.0 / (1 + rank))
                for hypernym in above if part == "noun" and rank < HYPERNYMS else ():
                    add(word, _synset(data, hypernym)[0], 0.5 / (1 + rank))
    return {word: others for word, others in found.items() if others}


def _same(word: str, other: str) -> bool:
    """Return whether another word is a form of a word."""
    return other.startswith(word[: max(3, len(word) - 3)])


def thesaurus(known: Related, count: Counter[str], embedder: Embedder) -> Iterator[tuple[str, list[str]]]:
    """Yield words with up to KEPT others, the nearest first."""
    words = sorted({*known, *(other for others in known.values() for other in others)})
    vectors = dict(zip(words, embedder.encode([word.replace("_", " ") for word in words]), strict=True))
    common = [word for word in words if count[word] >= COMMON and "_" not in word]
    table: Vectors = np.stack([vectors[word] for word in common])
    for word in sorted({*known, *common}):
        near: dict[str, float] = {}
        for other, weight in known.get(word, {}).items():
            cosine = float(vectors[word] @ vectors[other])
            if cosine >= RELATED and not _same(word, other):
                near[other] = cosine * (0.7 + 0.3 * weight)
        cosines = table @ vectors[word]
        for i in np.argsort(-cosines)[:NEIGHBOURS]:
            other = common[int(i)]
            if other != word and cosines[i] >= NEAR and not _same(word, other) and not _same(other, word):
                near[other] = max(near.get(other, 0.0), 0.9 * float(cosines[i]))
        if near:
            yield word, sorted(near, key=lambda other: -near[other])[:KEPT]


def main(folder: Path, out: Path) -> None:
    """Write the thesaurus. Raises ConfigurationError where MiniLM is not installed, OSError where WordNet is not."""
    count = counts(folder)
    embedder = open_embedder("minilm")
    assert embedder is not None  # noqa: S101 - "minilm" gives one or raises
    lines = [f"{word}\t{' '.join(others)}\n" for word, others in thesaurus(related(folder, count), count, embedder)]
    out.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    sys.stdout.write(f"{len(lines)} words in {out}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
