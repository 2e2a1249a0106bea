"""The phrasebook: what its entries must be, and which entry a name finds."""

from __future__ import annotations

import re

import pytest

from infra.phrasebook import EntryKind, Phrasebook, parse, phrasebook, plain

SLOTS = {
    EntryKind.FIELD: {"{v}"},
    EntryKind.ACT: {"{x}"},
    EntryKind.FACT: {"{x}"},
    EntryKind.WRITE: {"{v}", "{x}"},
}
LINES = """page\treturns | returned goods\tthe things customers want to send back | goods on their way back
act\tfollow | watch\tkeep me posted about {x} | don't let me miss anything on {x}
page\torders | order history\twhat i have bought so far
fact\tweight\thow heavy is {x}"""


@pytest.fixture
def book() -> Phrasebook:
    return Phrasebook(parse(LINES))


def test_a_name_is_found_whatever_its_number_and_its_idle_words(book: Phrasebook) -> None:
    assert book.exactly("Your Orders (3)", EntryKind.PAGE) is book.exactly("order", EntryKind.PAGE)
    assert book.exactly("Returned goods", EntryKind.PAGE) is not None
    assert book.exactly("Returned goods", EntryKind.ACT) is None
    assert book.exactly("Goods", EntryKind.PAGE) is None
    assert book.exactly("Orders12", EntryKind.PAGE) is not None, "a badge is read as part of the name"
    assert book.exactly("Order 20925", EntryKind.PAGE) is None, "one of them is not their list"


def test_a_short_name_is_like_the_longest_that_it_holds(book: Phrasebook) -> None:
    assert [entry.names[0] for entry in book.like("Order history 2024")] == ["orders"]
    assert [entry.names[0] for entry in book.like("Watch this thread")] == ["follow"]
    assert book.like("Watches made by hand in our workshop in Lisbon") == ()
    assert book.like("") == ()


def test_what_is_no_entry_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse("page\treturns\tgoods on their way back\nverb\tgo\tmove")


def test_the_phrasebook_that_comes_along_is_well_formed() -> None:
    entries = phrasebook().entries
    assert {entry.kind for entry in entries} == set(EntryKind)
    assert len(entries) > 600
    for entry in entries:
        slots = set(re.findall(r"\{[^}]*\}", " ".join(entry.phrasings)))
        allowed = SLOTS.get(entry.kind, set())
        assert slots <= allowed, entry
        assert entry.names
        assert all(name == name.strip() for name in entry.names), entry
        assert len(set(entry.phrasings)) == len(entry.phrasings) >= 6, entry
        assert all(plain(phrasing).strip() and "{" not in plain(phrasing) for phrasing in entry.phrasings), entry
