"""Which URL the survey visits next, and which it leaves alone."""

from __future__ import annotations

import pytest

from proposer.frontier import FOLDER_CAP, PAGING_CAP, SAMPLES, Frontier
from proposer.links import refusal, shape

BASE = "http://a.test"


def drain(frontier: Frontier, learn: bool = True) -> list[str]:
    taken: list[str] = []
    while targets := frontier.take(4):
        for target in targets:
            taken.append(target.url)
            if learn:
                frontier.learn(target.url, "the same heading")
    return taken


def test_plain_pages_come_before_variants_and_near_before_far() -> None:
    frontier = Frontier(max_depth=5)
    frontier.offer(f"{BASE}/list?sort=price", 1)
    frontier.offer(f"{BASE}/deep/page", 3)
    frontier.offer(f"{BASE}/near", 1)
    assert drain(frontier) == [f"{BASE}/near", f"{BASE}/deep/page", f"{BASE}/list?sort=price"]


def test_a_facet_explosion_is_bounded_and_counted() -> None:
    frontier = Frontier(max_depth=5)
    for path in range(10):
        for value in range(50):
            frontier.offer(f"{BASE}/list/{path}?colour={value}", 2)
    taken = drain(frontier)
    assert len(taken) == FOLDER_CAP
    assert max(sum(url.startswith(f"{BASE}/list/{path}?") for url in taken) for path in range(10)) == SAMPLES
    frontier.close("pages")
    assert frontier.skipped == {"variant": 500 - FOLDER_CAP}


def test_paging_goes_farther_than_other_variants() -> None:
    frontier = Frontier(max_depth=5)
    for number in range(50):
        frontier.offer(f"{BASE}/list?page={number}", 2)
    assert len(drain(frontier)) == PAGING_CAP


def test_a_parameter_that_names_pages_is_not_bounded() -> None:
    frontier = Frontier(max_depth=5)
    for number in range(60):
        frontier.offer(f"{BASE}/item?id={number}", 2)
    taken = []
    while targets := frontier.take(2):
        for target in targets:
            taken.append(target.url)
            frontier.learn(target.url, f"Item {target.url[-2:]}")
    assert len(taken) == 60


def test_each_url_is_taken_once_and_depth_is_bounded() -> None:
    frontier = Frontier(max_depth=2)
    frontier.offer(f"{BASE}/a", 1)
    frontier.offer(f"{BASE}/a", 1)
    frontier.offer(f"{BASE}/too-deep", 3)
    assert drain(frontier) == [f"{BASE}/a"]
    assert frontier.skipped == {"depth": 1}


def test_familiar_folders_wait_for_others() -> None:
    frontier = Frontier(max_depth=5)
    for number in range(40):
        frontier.offer(f"{BASE}/product/{number}", 1)
    frontier.offer(f"{BASE}/help/shipping", 4)
    assert f"{BASE}/help/shipping" in drain(frontier)[:25]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"{BASE}/a", None),
        (f"{BASE}/terms.html", None),
        (f"{BASE}/catalogue.PDF", "file"),
        ("mailto:a@b.test", "scheme"),
        ("javascript:void(0)", "scheme"),
        (f"{BASE}/account/logout", "action"),
        (f"{BASE}/cart?action=delete&id=3", "action"),
        (f"{BASE}/deleted-scenes", None),
    ],
)
def test_links_that_are_left_alone(url: str, reason: str | None) -> None:
    assert refusal(url) == reason


def test_shape_names_the_folder_and_paging() -> None:
    assert shape(f"{BASE}/a/b?page=2").group == "/a/"
    assert shape(f"{BASE}/a/b?page=2").paging
    assert not shape(f"{BASE}/a/b?page=2&sort=x").paging
