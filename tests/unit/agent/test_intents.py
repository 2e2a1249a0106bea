"""What an instruction wants: read from its words, by readers that were fitted to the requests that are shipped."""

from __future__ import annotations

import numpy as np
import pytest

from agent.policy.embedding import open_embedder
from agent.policy.intents import INTENTS, Reader, features, intents, parts
from agent.policy.make_intents import fit
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from infra.optional import has_embeddings
from infra.phrasebook.requests import Intent, requests


def likeliest(instruction: str) -> Intent:
    return INTENTS[int(np.argmax(intents(instruction, None)))]


def test_words_pairs_and_beginnings_are_read_and_numbers_are_alike() -> None:
    assert parts("Book 12 seats?") == ["<book", "<book 0", "book", "0", "seats", "?", "book 0", "0 seats", "seats ?"]
    assert parts("…") == []


def test_probabilities_add_up_whatever_is_said() -> None:
    for instruction in ("", "?", "tell me the weight", "x" * 5000, "送料はいくらですか"):
        shares = intents(instruction, None)
        assert len(shares) == len(INTENTS)
        assert sum(shares) == pytest.approx(1.0, abs=1e-5)


def test_requests_of_each_sort_are_told_apart_by_their_words() -> None:
    assert likeliest("How many people have signed up for the choir, please tell me?") is Intent.ANSWER
    assert likeliest("Take me to the page about lost property.") is Intent.VIEW
    assert likeliest("We moved, my address is 4 Quarry Road now") is Intent.FILL


def test_a_reader_reads_what_it_was_not_fitted_to() -> None:
    known = requests()
    rows = features([request.text for request in known], None)
    wanted = np.array([INTENTS.index(request.intent) for request in known])
    own = np.arange(len(known)) % 5 == 0
    right = (fit(rows[~own], wanted[~own]).read(rows[own]).argmax(axis=1) == wanted[own]).mean()
    most_common = np.bincount(wanted[own]).max() / own.sum()
    assert right > 2 * most_common


def test_the_readers_that_are_shipped_are_of_the_requests_that_are_shipped() -> None:
    known = requests()
    right = sum(likeliest(request.text) is request.intent for request in known)
    assert right / len(known) > 0.9, "run python -m agent.policy.make_intents agent/policy/intents.npz"


@pytest.mark.skipif(not has_embeddings(), reason="the extra embeddings is not installed")
def test_meaning_tells_what_words_do_not() -> None:
    embedder = open_embedder("minilm")
    assert embedder is not None
    shares = intents("No way I'm ever listening to that podcast again, get rid of it.", embedder)
    assert INTENTS[int(np.argmax(shares))] is Intent.CHANGE


def test_a_matcher_says_what_its_instruction_wants() -> None:
    assert Matcher("Where is it?", SiteIndex(None)).intents == intents("Where is it?", None)


def test_a_reader_weighs_features() -> None:
    weights, bias = np.zeros((2, len(INTENTS)), np.float32), np.zeros(len(INTENTS), np.float32)
    weights[1, 2] = np.log(6.0)
    read = Reader(weights, bias).read(np.array([[1.0, 0.0], [0.0, 1.0]], np.float32))
    np.testing.assert_allclose(read, [[0.2] * 5, [0.1, 0.1, 0.6, 0.1, 0.1]], rtol=1e-5)
