"""From a chat model's proposals to tasks: every one that is refused is counted by its reason."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from infra.contracts.sitemap import Page, SiteMap
from infra.contracts.task import Origin, TaskKind
from infra.contracts.website import Safety, Website
from proposer.llm.accepting import accept
from proposer.llm.likeness import Meanings, Trigrams, jaccard, may_be_same, trigrams

SITE = "http://127.0.0.1:8123"
WEBSITE = Website(id="web_1", url=f"{SITE}/", name="shop", allowed_hosts=("127.0.0.1:8123",))
PAGES = tuple(Page(url=f"{SITE}{path}", title="t") for path in ("/", "/lamps?sort=price"))
SITEMAP = SiteMap(website_id="web_1", start_url=f"{SITE}/", pages=PAGES)


def proposal(**changes: Any) -> dict[str, Any]:
    return {
        "instruction": "What does the brass lamp cost?",
        "start_path": "/",
        "kind": "find",
        "ending": "answer",
        "rubric": ["The answer is the price that the lamp's page shows."],
        "skill": "Find a price",
        "actions": 3,
        "needs_sign_in": False,
        **changes,
    }


def accepted(*given: object, website: Website = WEBSITE, known: tuple[str, ...] = ()) -> tuple[list[Any], Counter[str]]:
    dropped: Counter[str] = Counter()
    return accept(given, website, SITEMAP, known, Trigrams(), dropped), dropped


def test_a_proposal_becomes_a_task_with_a_rubric_and_no_evidence() -> None:
    (task,), dropped = accepted(proposal(start_path="/lamps?sort=price"))
    assert (task.origin, task.kind, task.skill) == (Origin.LLM, TaskKind.FIND, "find:find-a-price")
    assert task.evidence is None
    assert task.rubric == ("The answer is the price that the lamp's page shows.",)
    assert task.metadata == {"ending": "answer"}
    assert task.start_url == f"{SITE}/lamps?sort=price"
    assert (task.depth, task.max_steps) == (3, 12)
    assert not dropped


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("a text", "malformed"),
        ({"instruction": "Go"}, "malformed"),
        (proposal(kind="hack"), "malformed"),
        (proposal(extra=1), "malformed"),
        (proposal(instruction="  "), "no instruction"),
        (proposal(instruction="x" * 700), "too long"),
        (proposal(rubric=[" "]), "no rubric"),
        (proposal(rubric=[f"{n}" for n in range(9)]), "rubric too long"),
        (proposal(rubric=["x" * 500]), "rubric too long"),
        (proposal(needs_sign_in=True), "needs signing in"),
        (proposal(actions=1000), "too many actions"),
        (proposal(start_path="/secret"), "unknown start page"),
        (proposal(start_path="http://169.254.169.254/"), "unknown start page"),
        (proposal(start_path="//other.example/"), "unknown start page"),
        (proposal(start_path="javascript:alert(1)"), "unknown start page"),
    ],
)
def test_what_is_refused_is_counted_and_costs_nothing_else(wrong: object, reason: str) -> None:
    tasks, dropped = accepted(wrong, proposal())
    assert len(tasks) == 1
    assert dropped == {f"proposed: {reason}": 1}


def test_credentials_in_the_description_allow_signing_in() -> None:
    website = WEBSITE.model_copy(update={"description": "Sign in with ada, password lovelace."})
    assert len(accepted(proposal(needs_sign_in=True), website=website)[0]) == 1


def test_where_nothing_may_be_sent_nothing_that_changes_is_proposed() -> None:
    website = WEBSITE.model_copy(update={"safety": Safety(submit_forms=False)})
    tasks, dropped = accepted(proposal(), proposal(instruction="Buy a lamp", kind="change"), website=website)
    assert len(tasks) == 1
    assert dropped == {"proposed: changes something": 1}


def test_duplicates_are_dropped_but_other_numbers_and_names_are_not() -> None:
    again = proposal(instruction="What does  the Brass Lamp cost ?")
    tasks, dropped = accepted(proposal(), again, known=())
    assert len(tasks) == 1
    assert dropped == {"proposed: duplicate": 1}
    assert accepted(proposal(), known=("what does the brass lamp cost",))[0] == []
    pair = [proposal(instruction=f"Put {count} brass lamps into the cart") for count in (2, 3)]
    assert len(accepted(*pair)[0]) == 2


def test_likeness_by_hand() -> None:
    assert trigrams("ab") == {"  a", " ab", "ab "}
    assert jaccard(trigrams("ab"), trigrams("ac")) == 1 / 5
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert may_be_same("open “Lamp”", "please open “lamp”")
    assert not may_be_same("open “Lamp”", "open “Desk”")
    assert not may_be_same("Sort lamps by price, lowest first", "Sort lamps by price, highest first")
    assert not may_be_same("Is the Oslo lamp cheap?", "Is the Bergen lamp cheap?")


class Embeds:
    """In place of MiniLM: a text is where it is told to be on the unit circle."""

    def __init__(self, angles: dict[str, float]) -> None:
        self.angles = angles
        self.asked: list[str] = []

    def encode(self, texts: list[str], **_: object) -> list[np.ndarray[Any, Any]]:
        self.asked += texts
        return [np.array([np.cos(self.angles[text]), np.sin(self.angles[text])]) for text in texts]


def test_likeness_by_meaning_embeds_every_text_once() -> None:
    model = Embeds({"buy a lamp": 0.0, "purchase a lamp": 0.1, "open the cart": 1.5})
    meanings = Meanings(model)
    assert meanings.same("purchase a lamp", ["open the cart", "buy a lamp"])
    assert not meanings.same("open the cart", ["buy a lamp", "purchase a lamp"])
    assert not meanings.same("open the cart", [])
    assert len(model.asked) == 3
