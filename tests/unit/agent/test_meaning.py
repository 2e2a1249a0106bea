"""Nearness in meaning, with an embedder of three dimensions made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from agent.policy import embedding
from agent.policy.adapter import adapt, shipped
from agent.policy.base import Turn
from agent.policy.element import ElementPolicy
from agent.policy.element_features import ELEMENT_FEATURES
from agent.policy.embedding import DIMENSIONS, MiniLM, Vectors, open_embedder
from agent.policy.encoding import encode
from agent.policy.matching import Matcher
from agent.policy.meaning import NO_MEANING, Meanings, clauses, nameless
from agent.policy.network import collate, log_softmax
from agent.policy.packing import packs
from agent.policy.page_vectors import PageVectors
from agent.policy.phrases import Phrases
from agent.policy.site import SiteIndex
from agent.policy.spans import spans
from agent.policy.stated import NOT_STATED, Stated
from agent.policy.weights import fresh
from infra.contracts.sitemap import Form, FormField, Page
from infra.errors import ConfigurationError
from infra.optional import has_embeddings, minilm_folder
from infra.phrasebook import Phrasebook, parse
from tests.unit.agent.making import SITE, link, page, site_map

TOPICS = {"lamp": 0, "light": 0, "chair": 1, "seat": 1}


class Topical:
    """One dimension per topic; counts the texts that it embedded."""

    def __init__(self) -> None:
        self.embedded = 0

    def encode(self, texts: Sequence[str], **options: object) -> Vectors:
        self.embedded += len(texts)
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for i, text in enumerate(texts):
            topics = {topic for word, topic in TOPICS.items() if word in text.lower()} or {2}
            vectors[i, list(topics)] = 1 / len(topics) ** 0.5
        return vectors


def test_clauses_are_the_whole_and_its_parts() -> None:
    assert clauses("Open the lamp") == ["Open the lamp"]
    whole = "I am in a hurry. Add the lamp to my cart, then sign me out"
    assert clauses(whole) == [whole, "I am in a hurry.", "Add the lamp to my cart", "then sign me out"]


def test_a_text_is_compared_with_the_whole_and_with_the_nearest_clause() -> None:
    meanings = Meanings("Show me a light, then any seat", Topical())
    assert meanings.of("Chairs") == pytest.approx((0.5**0.5, 1.0, 1.0), abs=1e-3)
    assert meanings.of("Help") == pytest.approx((0.0, 0.0, 0.0), abs=1e-3)
    assert meanings.of("") == NO_MEANING


BOOK = Phrasebook(
    parse("""act	illuminate | turn on	let there be light on {x} | brighten {x}
page	returns	the things people send back to a chair shop
more	price	is the seat of luxury
less	price	is as light as a feather
field	phone	ring the lamp on {v}""")
)


def test_what_is_left_in_meaning_leaves_out_clauses_that_were_done() -> None:
    meanings = Meanings("Show me a light, then any seat", Topical())
    assert (meanings.place("Lamps"), meanings.place("Chairs")) == (1, 2)
    assert meanings.rest("Lamps", {1}) == 0.0
    assert meanings.rest("Chairs", {1}) == pytest.approx(1.0, abs=1e-3)
    assert Meanings("Sit", None).place("Lamps") is None


def test_a_phrasing_is_nearest_to_the_clause_that_says_it() -> None:
    meanings = Meanings("Show me a lamp, then somewhere to seat guests", Topical(), Phrases(Topical(), BOOK))
    assert meanings.place("Returns") == 2
    assert meanings.rest("Returns", {2}) == 0.0


def test_a_name_is_also_as_near_as_what_people_call_it() -> None:
    meanings = Meanings("Somewhere to seat my guests", Topical(), Phrases(Topical(), BOOK))
    whole, nearest, phrased = meanings.of("Returns")
    assert (whole, nearest) == pytest.approx((0.0, 0.0), abs=1e-3)
    assert phrased == pytest.approx(1.0, abs=1e-3)
    assert meanings.of("Help")[2] == pytest.approx(0.0, abs=1e-3), "the phrasebook does not know it"


def test_a_phrasing_said_word_by_word_is_passed_over() -> None:
    said = Meanings("Let there be light on the Gable Hall", Topical(), Phrases(Topical(), BOOK))
    assert said.of("Illuminate")[2] == pytest.approx(0.0, abs=1e-3), "the other phrasing is about nothing here"
    other = Meanings("I want more light for the Gable Hall", Topical(), Phrases(Topical(), BOOK))
    assert other.of("Illuminate")[2] == pytest.approx(1.0, abs=1e-3)


def test_more_or_less_is_told_by_how_it_is_asked_for() -> None:
    meanings = Meanings("Which of them is a light one?", Topical(), Phrases(Topical(), BOOK))
    assert meanings.leaning("Price") == pytest.approx((0.0, 1.0), abs=1e-3)
    assert meanings.leaning("Colour") == (0.0, 0.0)
    assert meanings.of("Price")[2] == pytest.approx(0.0, abs=1e-3), "what asks for less of it is no name of it"


def test_phrasings_are_compared_with_the_instruction_without_names() -> None:
    assert nameless("Keep me posted about the Light House, and “Chair 5”.") == [
        "Keep me posted about the it, and it.",
        "Keep me posted about the it",
        "and it.",
    ]
    assert nameless("open the lamp") == []


def test_a_value_is_near_to_the_field_by_the_words_around_it() -> None:
    instruction = "I moved. The number of my lamp is now 0155 5778 and I sit in Lisbon"
    stated = Stated(instruction, Topical(), Phrases(Topical(), BOOK))
    number = next(span for span in spans(instruction) if span.text == "0155 5778")
    town = next(span for span in spans(instruction) if span.text == "Lisbon")
    assert stated.near("Phone", number) == pytest.approx((0.0, 1.0), abs=1e-3)
    assert stated.near("Phone", town) == pytest.approx((1.0, 1.0), abs=1e-3), "neither is about light or seats"
    assert stated.near("", number) == NOT_STATED
    assert Stated(instruction, None, None).near("Phone", number) == NOT_STATED


def test_without_an_embedder_nothing_is_near() -> None:
    assert Meanings("Show me a light", None).of("Lamps") == NO_MEANING


def test_a_link_is_near_in_meaning_though_no_word_is_shared() -> None:
    site = SiteIndex(site_map(), Topical())
    home = page("/", "Home", elements=(link(0, "Lamps", "/lamps"), link(1, "Chairs", "/chairs")))
    instruction = "Somewhere to seat my guests"
    _, encoded = encode(Turn(instruction, home, site), Matcher(instruction, site))
    column = {name: encoded.elements[:, i] for i, name in enumerate(ELEMENT_FEATURES)}
    assert column["name_meaning_1"].tolist() == pytest.approx([0.0, 1.0], abs=1e-2)
    assert column["name_meaning_gap"].tolist() == pytest.approx([1.0, 0.0], abs=1e-2)
    assert column["sense_gain"].tolist() == [-1.0, 1.0], "the map says which link leads to the page that is meant"
    assert site.page(SITE + "/chairs") is not None


def test_a_page_is_near_by_what_can_be_entered_there_but_not_by_the_frame() -> None:
    def page_with(i: int, *fields: str) -> Page:
        named = tuple(FormField(key=name, name=name, role="textbox") for name in ("Find a lamp", *fields))
        form = Form(index=0, method="POST", action=f"{SITE}/{i}", fields=named)
        return Page(url=f"{SITE}/{i}", title=f"Page {i}", heading=f"Page {i}", forms=(form,))

    pages = [page_with(i, *(("Number of seats",) if i == 5 else ())) for i in range(9)]
    about = PageVectors(pages, Topical())
    seats = about.sense(Meanings("We need a chair more", Topical()))
    lamps = about.sense(Meanings("Let there be light", Topical()))
    assert seats is not None
    assert lamps is not None
    assert int(np.argmax(seats.ask)) == 5
    assert seats.standing(5)[-1] == pytest.approx(1.0)
    assert not lamps.ask.any(), "a field of every page tells none of them"


def test_every_string_is_embedded_once() -> None:
    model = Topical()
    minilm = MiniLM(model)
    first = minilm.encode(["lamp", "chair", "lamp"])
    assert model.embedded == 2
    assert np.array_equal(minilm.encode(["chair", "lamp"]), first[[1, 0]])
    assert model.embedded == 2
    assert minilm.encode([]).shape == (0, DIMENSIONS)


def test_what_is_not_installed_is_said_or_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "has_embeddings", lambda: False)
    assert open_embedder("auto") is None
    assert open_embedder("off") is None
    with pytest.raises(ConfigurationError, match=r"pip install"):
        open_embedder("minilm")


async def test_the_policy_decides_alike_in_a_thread_and_outside_it() -> None:
    home = page("/", "Home", elements=(link(0, "Lamps", "/lamps"), link(1, "Chairs", "/chairs")))
    site, network = SiteIndex(site_map(), Topical()), fresh(0)
    turn = Turn("Somewhere to seat my guests", home, site, temperature=0.0)
    decision = await ElementPolicy(network, 1).decide(turn)
    _, encoded = encode(turn, Matcher(turn.instruction, site))
    batch = collate([encoded])
    expected = log_softmax(network(batch), batch.turn, 1).exp().max().item()
    assert decision.top[0].probability == pytest.approx(expected, abs=1e-5)


def test_texts_are_packed_in_order_and_none_is_lost() -> None:
    texts = [[1] * length for length in (100, 100, 100, 300, 1)]
    assert [[len(ids) for ids in pack] for pack in packs(texts)] == [[100, 100], [100], [300], [1]]
    assert list(packs([])) == []


@pytest.mark.skipif(not has_embeddings(), reason="MiniLM is not installed")
def test_a_text_is_read_alike_alone_and_among_others() -> None:
    embedder = open_embedder("minilm")
    assert embedder is not None
    texts = [f"Add the lamp number {i} to my cart, please. " * (1 + i % 5) for i in range(40)]
    alone = _published(texts)
    assert (embedder.encode(texts) * alone).sum(axis=1).min() > 0.99  # 16-bit floats round


def _published(texts: Sequence[str]) -> Vectors:
    """Return the vectors as sentence-transformers has it, with the update that comes with the package."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(minilm_folder(), device="cpu")
    adapt(model[0].auto_model, shipped())
    vectors: Vectors = model.encode([text[:160] for text in texts], normalize_embeddings=True, show_progress_bar=False)
    return vectors


def test_phrasings_are_compared_once_whoever_asks() -> None:
    embedder = Topical()
    phrases = Phrases(embedder, BOOK)
    meanings = Meanings("Somewhere to seat my guests", embedder, phrases)
    before = embedder.embedded
    assert meanings.of("Returns")[2] == pytest.approx(1.0, abs=1e-3)
    assert meanings.of("Illuminate")[2] == pytest.approx(0.0, abs=1e-3)
    assert meanings.of("Returns")[2] == pytest.approx(1.0, abs=1e-3)
    assert len(phrases.vectors) == 3
    assert embedder.embedded == before + 2 + 3, "two names and three phrasings"
