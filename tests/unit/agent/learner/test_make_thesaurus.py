"""The thesaurus out of WordNet's files, on a WordNet of a few words written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agent.learner.make_thesaurus import counts, related, thesaurus
from agent.policy.embedding import DIMENSIONS, Vectors

#: Directions of words; what shares a direction is near.
TOPICS = {"price": 0, "cost": 0, "value": 0, "fee": 0, "lamp": 1, "light": 1}


class Topical:
    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for i, text in enumerate(texts):
            vectors[i, TOPICS.get(text, 2 + i)] = 1.0
        return vectors


def wordnet(folder: Path) -> Path:
    """Price = cost, a kind of value; lamp, a kind of light."""
    rows = ["00000000 00 n 01 value 0 000 | what it is worth  "]
    synsets = [["price", "cost"], ["light"], ["lamp"]]
    above = {0: "value", 2: "light"}
    offsets = {"value": 0}
    for i, members in enumerate(synsets):
        offset = sum(len(row) + 1 for row in rows)
        pointers = f"001 @ {offsets[above[i]]:08d} n 0000" if i in above else "000"
        words = " ".join(f"{member} 0" for member in members)
        rows.append(f"{offset:08d} 00 n {len(members):02x} {words} {pointers} | gloss  ")
        offsets.update(dict.fromkeys(members, offset))
    (folder / "data.noun").write_text("".join(f"{row}\n" for row in rows))
    index = [f"{word} n 1 1 @ 1 1 {offset:08d}  " for word, offset in sorted(offsets.items())]
    (folder / "index.noun").write_text("  1 a licence\n" + "".join(f"{line}\n" for line in index))
    for part in ("verb", "adj"):
        (folder / f"data.{part}").write_text("")
        (folder / f"index.{part}").write_text("")
    words = ["price", "cost", "value", "lamp", "light"]
    (folder / "cntlist.rev").write_text("".join(f"{word}%1:00:00:: 1 9\n" for word in words))
    return folder


def test_synonyms_and_hypernyms_are_related(tmp_path: Path) -> None:
    folder = wordnet(tmp_path)
    found = related(folder, counts(folder))
    assert found["price"] == {"cost": 1.0, "value": 0.5}
    assert found["lamp"] == {"light": 0.5}
    assert "light" not in found, "it has neither"


def test_the_nearest_words_come_first_and_forms_of_the_word_never(tmp_path: Path) -> None:
    folder = wordnet(tmp_path)
    count = counts(folder)
    said = dict(thesaurus(related(folder, count), count, Topical()))
    assert said["price"] == ["cost", "value"]
    assert said["lamp"] == ["light"]
    assert said["light"] == ["lamp"], "near, though WordNet does not relate it in this direction"
