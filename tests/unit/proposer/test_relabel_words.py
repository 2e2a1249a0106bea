"""Hindsight says what was done, and no more: searches, results, narrowed lists, names of links."""

from __future__ import annotations

from random import Random

import pytest

from infra.contracts.action import Click, Type
from infra.contracts.sitemap import Edge, Page, SiteMap
from infra.contracts.task import TaskKind
from proposer.atlas import Atlas
from proposer.grounded import wording
from proposer.reading import fold
from proposer.relabel import relabels
from tests.unit.proposer import observed as o
from tests.unit.proposer.test_relabel import FRAME, GET, HELP, HOME, LAMP, RESULTS, B, atlas, every, mark, walk

__all__ = ["atlas"]


def said(trajectory: object, known: Atlas) -> set[tuple[TaskKind, int, str]]:
    return {
        (one.kind, one.steps, fold(one.instruction))
        for seed in range(120)
        for one in relabels(trajectory, known, Random(seed))  # type: ignore[arg-type]  # noqa: S311
    }


def test_one_search_is_never_said_twice(atlas: Atlas) -> None:
    trajectory = walk(
        (HOME, Type(mark=mark(HOME, "q"), text="zulu", submit=True)),
        (RESULTS, Click(mark=mark(RESULTS, "Lamp"))),
        final=LAMP,
    )
    composed = [words for kind, _, words in said(trajectory, atlas) if kind is TaskKind.COMPOSE]
    assert composed
    assert all(words.count("zulu") <= 1 for words in composed)


def test_what_was_there_before_a_search_is_not_called_a_result(atlas: Atlas) -> None:
    trajectory = walk(
        (HOME, Type(mark=mark(HOME, "q"), text="zulu", submit=True)),
        (RESULTS, Click(mark=mark(RESULTS, "Help"))),
        final=HELP,
    )
    words = [text for kind, steps, text in said(trajectory, atlas) if kind is TaskKind.SEARCH and steps == 2]
    assert words
    picking = [fold(template.format(page="Help")) for template in wording.OPEN_RESULT]
    assert not [text for text in words if any(picked in text for picked in picking)]


def test_a_list_narrowed_down_is_not_the_list(atlas: Atlas) -> None:
    narrowed = o.page(f"{B}/help?most=20", [o.heading("Help")], FRAME, [GET])
    trajectory = walk((HOME, Click(mark=mark(HOME, "Help"))), final=narrowed)
    assert not [r for r in every(trajectory, atlas) if r.kind is TaskKind.NAVIGATE]


@pytest.mark.parametrize(("names", "used"), [(("Shop now", "Shop now"), False), (("Our lamp", "Our chair"), True)])
def test_a_page_goes_by_a_links_name_where_that_names_no_other(names: tuple[str, str], used: bool) -> None:
    lamp, chair = (
        Page(url=LAMP.url, title="", heading="Oslo lamp"),
        Page(url=f"{B}/chair", title="", heading="Porto chair"),
    )
    home = Page(url=HOME.url, title="", heading="Welcome")
    edges = tuple(
        Edge(source=HOME.url, target=page.url, key=name + page.url, name=name)
        for name, page in zip(names, (lamp, chair), strict=True)
    )
    known = Atlas(SiteMap(website_id="web", start_url=HOME.url, pages=(home, lamp, chair), edges=edges))
    trajectory = walk((HOME, Click(mark=mark(HOME, "Lamp"))), final=LAMP)
    words = [text for kind, _, text in said(trajectory, known) if kind is TaskKind.NAVIGATE]
    assert any(fold(names[0]) in text for text in words) is used
