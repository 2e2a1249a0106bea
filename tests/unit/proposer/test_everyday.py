"""Tasks in everyday words: drawn from the phrasebook where it knows a name, the site's own words elsewhere."""

from __future__ import annotations

from random import Random

from infra.phrasebook import EntryKind, phrasebook
from proposer.grounded import everyday, labels, phrasing

DRAWS = 300


def _rng(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - words, no secret


def _phrasings(name: str, kind: EntryKind) -> tuple[str, ...]:
    entry = phrasebook().exactly(name, kind)
    assert entry is not None
    return entry.phrasings


def test_a_page_is_asked_for_by_its_name_and_by_what_people_call_it() -> None:
    said = [phrasing.navigate(_rng(seed), "Returns") for seed in range(DRAWS)]
    told = [text for text in said if any(words in text for words in _phrasings("returns", EntryKind.PAGE))]
    assert abs(len(told) - everyday.SHARE * DRAWS) < 0.15 * DRAWS
    assert all("Returns" in text for text in said if text not in told)


def test_a_name_that_is_in_no_phrasebook_is_said_as_it_is() -> None:
    assert all("Zebra 5" in phrasing.navigate(_rng(seed), "Zebra 5") for seed in range(50))
    assert everyday.page(_rng(0), "Zebra 5") is None


def test_a_fact_is_asked_for_with_the_thing_it_is_about() -> None:
    asked = {labels.free_question(_rng(seed), "Weight") for seed in range(DRAWS)} - {None}
    assert len(asked) > 5
    assert all("{subject}" in (text or "") and "{x}" not in (text or "") for text in asked)


def test_a_deed_names_the_thing_it_is_done_to() -> None:
    said = {everyday.act(_rng(seed), "Follow", "Bus 52") for seed in range(DRAWS)} - {None}
    assert len(said) > 4
    assert all("Bus 52" in (text or "") for text in said)


def test_a_form_is_filled_in_everyday_words_only_if_every_field_is_known() -> None:
    pairs = [("Phone", "01555 0199"), ("E-mail", "kim@post.example")]
    said = {everyday.fill(_rng(seed), "the Profile form", pairs) for seed in range(DRAWS)} - {None}
    assert len(said) > 5
    assert all("01555 0199" in (text or "") and "kim@post.example" in (text or "") for text in said)
    assert all(everyday.fill(_rng(seed), "it", [*pairs, ("Zebra", "5")]) is None for seed in range(50))


def test_what_has_more_is_told_from_what_has_less() -> None:
    more, less = everyday.leaning("Price", more=True), everyday.leaning("Price", more=False)
    assert more
    assert less
    assert not set(more) & set(less)


def test_what_is_written_is_free_text_and_the_rest_follows() -> None:
    pairs = [("Topic", "Zebra crossing and stripes"), ("Message", "It leaks badly")]
    said = {everyday.write(_rng(seed), ("Add comment",), "Oak 7", pairs, {"Message"}) for seed in range(DRAWS)} - {None}
    assert len(said) > 5
    for text in said:
        assert text is not None
        assert text.index("It leaks badly") < text.index("Zebra crossing and stripes")
    assert all(everyday.write(_rng(seed), ("Add comment",), "Oak 7", pairs, set()) is None for seed in range(50))
    assert all(everyday.write(_rng(seed), ("Zebra",), "Oak 7", pairs, {"Message"}) is None for seed in range(50))
    alone = [everyday.write(_rng(seed), ("Add comment",), "", pairs[1:], {"Message"}) for seed in range(DRAWS)]
    assert all("{" not in (text or "") and "  " not in (text or "") for text in alone)


def test_of_several_texts_the_one_that_is_named_so_is_written() -> None:
    assert everyday.free_texts(["List name"]) == {"List name"}
    assert everyday.free_texts(["Your name", "E-mail", "Your message"]) == {"Your message"}
    assert everyday.free_texts(["Title", "Description"]) == set()


def test_names_with_braces_are_only_text() -> None:
    pairs = [("Size {cm}", "4"), ("Comment", "It leaks")]
    for seed in range(100):
        text = everyday.write(_rng(seed), ("Add comment",), "Oak {7}", pairs, {"Comment"})
        assert text is None or ("It leaks" in text and "4" in text)
