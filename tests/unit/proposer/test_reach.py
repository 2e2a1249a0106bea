"""Counts per page template, and the bonus of what is seldom reached, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from infra.contracts.sitemap import Page, SiteMap
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from proposer.atlas import Atlas
from proposer.reach import Reach, bonus

B = "http://a.test"
PAGES = (
    Page(url=f"{B}/", title="", heading="Welcome", template="/"),
    Page(url=f"{B}/product/1", title="", heading="Oslo lamp", template="/product/*"),
    Page(url=f"{B}/product/2", title="", heading="Narvik lamp", template="/product/*"),
    Page(url=f"{B}/help", title="", heading="Help", template="/help"),
    Page(url=f"{B}/a", title="", heading="News", template="/a"),
    Page(url=f"{B}/b", title="", heading="News", template="/b"),
)


def task(**evidence: object) -> Task:
    return Task(
        id=str(evidence),
        website_id="web",
        instruction="x",
        start_url=f"{B}/",
        kind=TaskKind.NAVIGATE,
        origin=Origin.GROUNDED,
        evidence=Evidence.model_validate(evidence),
    )


@pytest.fixture
def reach() -> Reach:
    return Reach(Atlas(SiteMap(website_id="web", start_url=f"{B}/", pages=PAGES)))


@pytest.mark.parametrize(("visits", "expected"), [(0, 2.0), (3, 1.5), (8, 4 / 3), (99, 1.1)])
def test_the_bonus_falls_with_the_root_of_the_visits(visits: int, expected: float) -> None:
    assert bonus(visits) == pytest.approx(expected)


def test_an_attempt_counts_each_template_once(reach: Reach) -> None:
    reach.passed([f"{B}/", f"{B}/product/1", f"{B}/product/2?utm_source=x", f"{B}/nowhere"])
    reach.passed([f"{B}/"])
    assert reach.visits == {"/": 2, "/product/*": 1}


def test_a_task_counts_by_its_least_reached_page(reach: Reach) -> None:
    for _ in range(3):
        reach.passed([f"{B}/product/1"])
    assert reach.bonus(task(url=f"{B}/product/1")) == pytest.approx(1.5)
    assert reach.bonus(task(answer="5", visited=["Oslo lamp"])) == pytest.approx(1.5)
    assert reach.bonus(task(heading="Help", visited=["Oslo lamp"])) == pytest.approx(2.0)
    assert reach.bonus(task(lines=["saved"])) == 1.0
    assert reach.bonus(task(heading="News")) == 1.0, "two templates bear this heading"


def test_of_a_success_no_more_is_known_than_its_target(reach: Reach) -> None:
    reach.succeeded(task(answer="5", visited=["Oslo lamp", "Help"]))
    assert reach.visits == {"/product/*": 1, "/help": 1}
