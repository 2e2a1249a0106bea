"""The thesaurus out of WordNet's files, on a WordNet of a few words written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agent.learner.make_thesaurus import read, thesaurus
from agent.policy.embedding import DIMENSIONS, Vectors

#: Directions of words; what shares a direction is near.
TOPICS = {"price": 0, "cost": 0, "value": 0, "fee": 0, "lamp": 1, "light": 1, "torch": 1, "dark": 1}


class Topical:
    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for i, text in enumerate(texts):
            vectors[i, TOPICS.get(text, 2 + i)] = 1.0
        return vectors


#: Synsets in an order in which what they point to comes first: words, kind that they are of, opposite.
SYNSETS: tuple[tuple[tuple[str, ...], str | None, str | None], ...] = (
    (("value",), None, None),
    (("price", "cost"), "value", None),
    (("dark",), None, None),
    (("light",), None, "dark"),
    (("lamp",), "light", None),
    (("torch",), "light", None),
    (("fee",), None, None),
)


def wordnet(folder: Path) -> Path:
    """Write SYNSETS as nouns; every word is common."""
    rows: list[str] = []
    offsets: dict[str, int] = {}
    for members, kind, opposite in SYNSETS:
        offset = sum(len(row) + 1 for row in rows)
        pointers = [f"{symbol} {offsets[to]:08d} n 0000" for symbol, to in (("@", kind), ("!", opposite)) if to]
        words = " ".join(f"{member} 0" for member in members)
        rows.append(
            f"{offset:08d} 00 n {len(members):02x} {words} {' '.join([f'{len(pointers):03d}', *pointers])} | g  "
        )
        offsets.update(dict.fromkeys(members, offset))
    (folder / "data.noun").write_text("".join(f"{row}\n" for row in rows))
    index = [f"{word} n 1 1 @ 1 1 {offset:08d}  " for word, offset in sorted(offsets.items())]
    (folder / "index.noun").write_text("  1 a licence\n" + "".join(f"{line}\n" for line in index))
    for part in ("verb", "adj"):
        (folder / f"data.{part}").write_text("")
        (folder / f"index.{part}").write_text("")
    (folder / "cntlist.rev").write_text("".join(f"{word}%1:00:00:: 1 9\n" for word in offsets))
    return folder


def test_synonyms_and_hypernyms_are_related(tmp_path: Path) -> None:
    found = read(wordnet(tmp_path)).related
    assert found["price"] == {"cost": 1.0, "value": 0.5}
    assert found["lamp"] == {"light": 0.5}
    assert "light" not in found, "it has neither"


def test_the_nearest_words_come_first(tmp_path: Path) -> None:
    said = dict(thesaurus(read(wordnet(tmp_path)), Topical()))
    assert said["price"] == ["cost", "value"]


def test_opposites_and_siblings_are_left_out_however_near(tmp_path: Path) -> None:
    known = read(wordnet(tmp_path))
    assert known.apart("light", "dark")
    assert known.apart("lamp", "torch")
    said = dict(thesaurus(known, Topical()))
    assert said["lamp"] == ["light"]
    assert "dark" not in said["light"]
