"""Instructions in other words: what is said otherwise, and what must stay."""

from __future__ import annotations

from random import Random

import pytest

from agent.learner import paraphrase, varying
from agent.learner.examples import from_hindsight, from_success
from agent.learner.paraphrase import thesaurus
from agent.policy.site import SiteIndex
from agent.policy.text import stem
from infra.contracts.action import Answer, Click, Select, Type
from infra.contracts.messages import Relabel
from infra.contracts.task import TaskKind
from tests.unit.agent.learner.walks import HOME, LAMPS, WALK, trajectory
from tests.unit.agent.making import field, page, site_map

ASK = 'Change the address to 12 Mill Road, and write "Great price" as the title for Alpine Basket.'


def several(instruction: str, *, kept: tuple[str, ...] = (), count: int = 200) -> list[str]:
    return [paraphrase.paraphrase(instruction, Random(i), kept=kept) for i in range(count)]  # noqa: S311


def test_the_thesaurus_relates_common_words() -> None:
    assert len(thesaurus()) > 5000
    assert "cost" in thesaurus()[stem("price")]
    assert all(0 < len(others) <= 6 for others in thesaurus().values())


@pytest.mark.parametrize(
    ("word", "opposite"),
    [("open", "close"), ("close", "open"), ("approve", "reject"), ("buy", "sell"), ("small", "large")],
)
def test_opposites_are_not_related(word: str, opposite: str) -> None:
    assert opposite not in thesaurus().get(stem(word), ())


def test_what_says_which_or_how_many_stays() -> None:
    said = several("Which of the two has the lower price on Monday, the first or the last?")
    for word in ("two", "lower", "Monday", "first", "last"):
        assert all(word in one for one in said), word
    assert any("price" not in one for one in said)


def test_ordinary_words_are_often_said_otherwise() -> None:
    said = several("Please tell me the price of it")
    assert 0.35 < sum("price" not in one for one in said) / len(said) < 0.65


def test_names_are_mostly_kept_numbers_and_quotations_always() -> None:
    said = several(ASK)
    assert all("12" in one and '"Great price"' in one for one in said)
    assert sum("Basket" in one for one in said) / len(said) > 0.7
    assert any("Basket" not in one for one in said)


def test_addresses_and_single_quotes_stay() -> None:
    said = several("Write 'Great price for all' to bob.price@shop.example, see https://shop.example/price/list")
    for text in ("'Great price for all'", "bob.price@shop.example", "https://shop.example/price/list"):
        assert all(text in one for one in said), text


def test_what_is_entered_stays() -> None:
    said = several(ASK, kept=("12 Mill Road",))
    assert all("12 Mill Road" in one for one in said)
    assert len(set(said)) > 20


def test_spaces_and_marks_stay_where_they_were() -> None:
    said = several("Price, please:  the   lamp's!", count=30)
    assert all(one.count(",") == 1 and ":  the   " in one and one.endswith("!") for one in said)


def test_the_same_draw_gives_the_same_words() -> None:
    assert several(ASK, count=5) == several(ASK, count=5)


def test_paraphrased_episodes_still_find_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "PARAPHRASED", 1.0)
    monkeypatch.setattr(paraphrase, "REPLACED", 1.0)
    relabel = Relabel(instruction="Tell me the warranty of the lamp", kind=TaskKind.FIND, steps=2, answer="2 years")
    site = SiteIndex(site_map())
    episode = from_hindsight(WALK, relabel, site, max_steps=9)
    monkeypatch.setattr(varying, "PARAPHRASED", 0.0)
    monkeypatch.setattr(varying, "OVERLOOKING", 0.0)
    plain = from_hindsight(WALK, relabel, site, max_steps=9)
    assert len(episode.examples) == len(plain.examples) == 3
    assert episode.examples[0].encoded.instruction.tolist() != plain.examples[0].encoded.instruction.tolist()
    assert [one.right for one in episode.examples] == [one.right for one in plain.examples]


def test_attempts_of_one_group_are_varied_each_in_its_own_way() -> None:
    site = SiteIndex(site_map())
    group = [WALK.model_copy(update={"attempt_id": f"att_{i}"}) for i in range(12)]  # of one version, equally long
    heard, again = (
        [from_success(one, site, max_steps=9).examples[0].encoded.instruction.tolist() for one in group]
        for _ in range(2)
    )
    assert len({tuple(one) for one in heard}) > 2
    assert heard == again


def test_shares_of_episodes_are_learnt_without_the_map_in_other_words_and_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(varying, "MAPLESS", 0.15)
    monkeypatch.setattr(varying, "PARAPHRASED", 0.35)
    site, ask = SiteIndex(site_map()), "Tell me the price of the lamp"
    drawn = [varying.varied(ask, [], site, seed=str(i)) for i in range(1000)]
    assert 0.1 < sum(one.site.size == 0 for one in drawn) / 1000 < 0.2
    assert 0.25 < sum(one.instruction != ask for one in drawn) / 1000 < 0.4
    assert not any(one.overlooked and one.instruction != ask for one in drawn)
    assert 0.2 < sum(one.site is site and one.instruction == ask and not one.overlooked for one in drawn) / 1000 < 0.5


def test_what_is_impossible_is_learnt_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for share in ("MAPLESS", "PARAPHRASED", "OVERLOOKING"):
        monkeypatch.setattr(varying, share, 1.0)
    site, ask = SiteIndex(site_map()), "Tell me the weight of the lamp"
    said = [varying.varied(ask, [Click(mark=0), Answer(impossible=True)], site, seed=str(i)) for i in range(20)]
    assert {(one.instruction, one.site, one.overlooked) for one in said} == {(ask, site, frozenset())}


def test_what_is_chosen_or_answered_is_still_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REPLACED", "REPLACED_NAMES"):
        monkeypatch.setattr(paraphrase, name, 1.0)
    monkeypatch.setattr(varying, "PARAPHRASED", 1.0)
    ask = "Set the price to value, then say which lamp costs more, Light Lamp or Basket Lamp"
    actions = [Select(mark=0, option="value"), Answer(text="Basket Lamp")]
    said = [varying.varied(ask, actions, SiteIndex(None), seed=str(i)).instruction for i in range(50)]
    assert all("to value" in one and "Basket Lamp" in one for one in said)
    assert not any("the price" in one for one in said)


def test_an_episode_whose_paraphrase_lacks_something_is_learnt_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "PARAPHRASED", 1.0)
    monkeypatch.setattr(varying, "paraphrase", lambda instruction, rng, kept: "Do it")
    search = page("/", "Home", elements=(field(9, "Search", role="searchbox"), *HOME.elements))
    walk = trajectory([(search, Type(mark=9, text="amber", submit=True)), (LAMPS, Answer())], LAMPS)
    asked = walk.model_copy(update={"instruction": "Search for amber"})
    assert len(from_success(asked, SiteIndex(site_map()), max_steps=9).examples) == 2
