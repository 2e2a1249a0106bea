"""MiniLM's update: what it is learnt from, how it is learnt, and how it is added."""

from __future__ import annotations

from pathlib import Path
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from agent.policy.adapter import adapt, linears, shipped
from agent.policy.adapting_pairs import Pair, Pairs, definitions, learnable, learnt_from, query
from agent.policy.embedding import open_embedder
from agent.policy.make_adapter import LowRank, clashes
from infra.optional import has_embeddings
from infra.phrasebook import EntryKind

NOUNS = """  1 a licence
00001740 03 n 02 hammer 0 mallet 0 000 | a tool for driving nails; "he hit it with a hammer"
00001741 03 n 01 Paris 0 000 | a capital
00001742 03 n 01 rarity 0 000 | something seldom seen
"""
VERBS = "00001743 29 v 01 fasten 0 000 | make tight\n"


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    (tmp_path / "cntlist.rev").write_text("hammer%1:06:00:: 1 5\nparis%1:15:00:: 1 9\nfasten%2:35:00:: 1 2\n")
    (tmp_path / "data.noun").write_text(NOUNS)
    (tmp_path / "data.verb").write_text(VERBS)
    return tmp_path


def bert(width: int = 3) -> SimpleNamespace:
    return SimpleNamespace(encoder=nn.ModuleDict({"layer": nn.ModuleList([nn.Linear(width, width)])}))


def test_an_update_is_added_to_the_weights() -> None:
    model = bert()
    before = model.encoder["layer"][0].weight.detach().clone()
    down, up = torch.tensor([[1.0, 0.0, 2.0]]), torch.tensor([[1.0], [0.0], [-1.0]])
    adapt(model, {"layer.0.down": down, "layer.0.up": up})
    added = model.encoder["layer"][0].weight.detach() - before
    torch.testing.assert_close(added, torch.tensor([[1.0, 0.0, 2.0], [0.0] * 3, [-1.0, 0.0, -2.0]]))


def test_an_update_of_another_model_is_refused() -> None:
    with pytest.raises(ValueError, match="another model"):
        adapt(bert(), {"layer.1.down": torch.zeros(1, 3), "layer.1.up": torch.zeros(3, 1)})


def test_what_is_learnt_is_what_is_added() -> None:
    linear = nn.Linear(3, 3)
    update = LowRank(linear, torch.Generator().manual_seed(0))
    given = torch.randn(5, 3)
    torch.testing.assert_close(update(given), linear(given))  # an untrained update changes nothing
    nn.init.normal_(update.up)
    learnt = update(given).detach()
    model = SimpleNamespace(encoder=nn.ModuleDict({"one": linear}))
    assert list(linears(model)) == ["one"]
    adapt(model, {"one.down": update.down.detach(), "one.up": update.up.detach()})
    torch.testing.assert_close(linear(given).detach(), learnt)


def test_definitions_are_of_common_words_that_are_no_names(wordnet: Path) -> None:
    found = definitions(wordnet)
    assert [one.lemmas for one in found] == [("hammer", "mallet"), ("fasten",)]
    assert found[0].text == "a tool for driving nails"
    assert found[0].example == "he hit it with a hammer"


def test_only_every_other_phrasing_is_learnt_from(wordnet: Path) -> None:
    (entry, *_) = [one for one in learnable() if one.kind is EntryKind.FIELD]
    known = set(learnt_from(entry))
    assert known.isdisjoint(entry.phrasings[1::2])
    assert len(known) >= len(entry.phrasings) / 2
    pairs = Pairs([entry], wordnet, seed=0)
    drawn = [pairs.draw(1, 1, 1) for _ in range(60)]
    plain = {phrasing.replace("{v}", "it") for phrasing in known}
    assert {batch[0].otherwise for batch in drawn} <= plain
    assert {batch[0].name for batch in drawn} <= set(entry.names)
    assert {batch[1].names for batch in drawn} == {frozenset({"hammer", "mallet"}), frozenset({"fasten"})}
    assert all(batch[2].name in batch[2].said for batch in drawn)


def test_a_query_says_the_phrasing_and_leaves_no_slot() -> None:
    rng = Random(0)  # noqa: S311 - draws sentences, no secret
    for _ in range(200):
        said = query(rng, EntryKind.PAGE, "the things customers want to send back")
        assert "hings customers want to send back" in said
        assert "{" not in said
    assert query(rng, EntryKind.FIELD, "my mobile is {v}", "555") == "my mobile is 555"


def test_pairs_that_share_a_name_are_no_counterexamples() -> None:
    def pair(*names: str) -> Pair:
        return Pair("", "", "", frozenset(names))

    shared = clashes([pair("price", "cost"), pair("weight"), pair("cost")])
    assert shared.tolist() == [[False, False, True], [False, False, False], [True, False, False]]


@pytest.mark.skipif(not has_embeddings(), reason="the extra embeddings is not installed")
def test_the_update_that_is_shipped_brings_what_is_meant_nearer() -> None:
    embedder = open_embedder("minilm")
    assert embedder is not None
    asked, right, wrong = embedder.encode(
        ["what do i get back when i have to call off a journey", "Cancellation policies", "Gift cards"]
    )
    assert float(np.dot(asked, right)) > float(np.dot(asked, wrong)) + 0.1
    assert all(torch.isfinite(value).all() for value in shipped().values())
