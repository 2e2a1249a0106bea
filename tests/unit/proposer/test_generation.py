"""Tasks from a shop in memory: enough, distinct, feasible, and with evidence that says what was done."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

import pytest

from infra.contracts.sitemap import Fact, Page, SiteMap
from infra.contracts.task import Evidence, Task, TaskKind
from infra.contracts.visit import Route
from infra.contracts.website import Safety, Website
from infra.demonstration import decode
from proposer import verify
from proposer.atlas import Atlas
from proposer.demonstrations import shown as marked_as_shown
from proposer.generation import Generated, generate
from proposer.grounded.impossible import FOREIGN
from proposer.grounded.searched import SEARCHED
from proposer.grounded.tasks import SHARES, share_out
from proposer.reading import fold
from proposer.verify import holds
from tests.unit.proposer.little_shop import HOST, LittleShop, website


async def make(
    site: Website | None = None,
    max_tasks: int = 1500,
    notes: list[str] | None = None,
    *,
    shop: LittleShop | None = None,
    demonstrate: bool = True,
) -> Generated:
    async def halted() -> bool:
        return False

    async def progress(note: str) -> None:
        if notes is not None:
            notes.append(note)

    return await generate(
        site or website(),
        shop or LittleShop(),
        own=True,
        max_tasks=max_tasks,
        halted=halted,
        progress=progress,
        demonstrate=demonstrate,
    )


@pytest.fixture(scope="module")
def generated() -> Generated:
    return asyncio.run(make())


async def test_people_are_told_what_is_being_done() -> None:
    notes: list[str] = []
    generated = await make(notes=notes)
    assert len(generated.tasks) > 200
    phases = list(dict.fromkeys(note.partition("pages seen")[2].partition(" through")[0] for note in notes))
    assert phases == [
        "",
        "; trying the site's searches",
        "; trying what their controls do",
        "; following the ways",
    ]


async def test_every_kind_is_there_and_nothing_is_doubled(generated: Generated) -> None:
    kinds = Counter(task.kind for task in generated.tasks)
    assert set(kinds) == set(SHARES)
    assert len(generated.tasks) > 200
    assert len({task.id for task in generated.tasks}) == len(generated.tasks)
    assert len({fold(task.instruction) for task in generated.tasks}) == len(generated.tasks)
    assert generated.dropped["holds at start"] >= 1
    assert generated.dropped["not a question"] == 9  # the listings' two-cell rows


async def test_following_any_demonstration_bears_the_evidence_out(generated: Generated) -> None:
    site, shop = website(), LittleShop()
    wrong: list[Task] = []
    for task in generated.tasks:
        assert task.evidence is not None
        steps = decode(task.demonstration)
        assert task.depth == len(steps)
        assert task.max_steps >= 2 * task.depth
        (report,) = await shop.visit(site, [Route(url=task.start_url, steps=steps, fresh=True)])
        submits = sum(len(requests) for requests in report.requests)
        if report.error or not holds(task.evidence, report.observations, submits):
            wrong.append(task)
    assert not wrong


async def test_no_task_is_done_before_it_begins(generated: Generated) -> None:
    site, shop = website(), LittleShop()
    for task in generated.tasks:
        assert task.evidence is not None
        (report,) = await shop.visit(site, [Route(url=task.start_url)])
        asked = task.evidence.answer is not None or task.evidence.fields or task.evidence.impossible
        assert asked or not holds(task.evidence, report.observations, 0), task.instruction


async def test_evidence_is_strict(generated: Generated) -> None:
    for task in generated.tasks:
        evidence = task.evidence
        assert evidence is not None
        if evidence.impossible:
            assert evidence == Evidence(impossible=True, visited=evidence.visited)
            nowhere = ("impossible:navigate", "impossible:change", "impossible:find-of")
            assert bool(evidence.visited) is (task.skill not in nowhere)
        elif task.kind is TaskKind.NAVIGATE:
            assert evidence.url
            assert evidence.heading
            assert (evidence.answer, evidence.max_submits) == (None, 0)
        elif task.kind is TaskKind.FIND:
            assert evidence.answer
            assert evidence.visited
            assert evidence.max_submits == 0
        elif task.kind is TaskKind.CHANGE:
            assert evidence.lines
            assert evidence.max_submits == 1
        elif task.kind is TaskKind.FILL:
            assert len(evidence.fields) == 3
            assert all(value in task.instruction for _, value in evidence.fields)
        if task.kind is TaskKind.SEARCH and evidence.fields:
            assert fold(evidence.fields[0][1]) in fold(task.instruction)


async def test_what_cannot_be_done_is_really_not_there(generated: Generated) -> None:
    impossible = [task for task in generated.tasks if task.evidence is not None and task.evidence.impossible]
    sorts = {task.skill.partition(":")[2] for task in impossible}
    assert sorts == {"navigate", "change", "find", "find-of", "button", "field"}
    said = " ".join(
        fold(text) for page in generated.sitemap.pages for text in (page.title, *page.headings, *page.texts)
    )
    for task in impossible:
        if not (task.evidence and task.evidence.visited):
            name = next((word for word in FOREIGN if fold(word) in fold(task.instruction)), None)
            # Otherwise its words are the website's own, put together as nothing there is called.
            assert name is None or fold(name) not in said
            assert name or not any(fold(page.heading) in fold(task.instruction) for page in generated.sitemap.pages)


async def test_the_changed_state_was_looked_at_again(generated: Generated) -> None:
    checkouts = [task for task in generated.tasks if "place order" in task.skill]
    assert checkouts
    evidence = checkouts[0].evidence
    assert evidence is not None
    assert evidence.max_submits == 2
    assert any("We ship to" in line for line in evidence.lines)
    pages = {page.url: page for page in generated.sitemap.pages}
    assert f"{HOST}/checkout" in pages
    assert any(edge.target == f"{HOST}/cart" and edge.role == "button" for edge in generated.sitemap.edges)


async def test_what_has_a_name_is_also_reached_through_the_search_without_saying_so(generated: Generated) -> None:
    found = [task for task in generated.tasks if task.skill.endswith(SEARCHED)]
    assert {task.kind for task in found} >= {TaskKind.NAVIGATE, TaskKind.FIND, TaskKind.CHANGE}
    for task in found:
        typed, *_ = decode(task.demonstration)
        assert typed.value
        assert fold(typed.value) in fold(task.instruction)
        assert "search" not in fold(task.instruction)


async def test_after_a_change_something_else_is_asked_for(generated: Generated) -> None:
    composed = [task for task in generated.tasks if task.skill.startswith(("compose:change:", "compose:fill:"))]
    told = [task for task in composed if task.skill.endswith("+find")]
    assert told
    for task in told:
        assert task.evidence is not None
        assert task.evidence.answer
        assert task.evidence.said, "the change must have been made on the way"
        assert task.evidence.max_submits >= 1


async def test_some_of_every_sort_is_followed(generated: Generated) -> None:
    shown = {one.trajectory.task_id for one in generated.demonstrations}
    sorts = {verify.sort_of(task) for task in generated.tasks if task.id in shown}
    assert sorts == {*TaskKind, "impossible", SEARCHED}
    assert {task.id for task in generated.tasks if marked_as_shown(task)} == shown & {
        task.id for task in generated.tasks
    }


async def test_without_demonstrations_only_what_may_be_unsound_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "SOUND", 10)
    plain, showing = LittleShop(), LittleShop()
    generated = await make(shop=plain, demonstrate=False)
    assert not generated.demonstrations
    assert len(generated.tasks) > 200
    await make(shop=showing)
    assert len(plain.loads) < len(showing.loads)


async def test_words_vary(generated: Generated) -> None:
    for kind in (TaskKind.NAVIGATE, TaskKind.FIND, TaskKind.SEARCH, TaskKind.FILL, TaskKind.CHANGE, TaskKind.COMPOSE):
        openings = {task.instruction.split()[0].lower() for task in generated.tasks if task.kind is kind}
        assert len(openings) >= 6, kind


async def test_the_same_site_gives_the_same_tasks(generated: Generated) -> None:
    again = await make()
    assert [task.id for task in again.tasks] == [task.id for task in generated.tasks]


async def test_without_permission_no_form_is_sent() -> None:
    careful = await make(website(safety=Safety(submit_forms=False, pages_per_second=1000)))
    assert not any(task.evidence and task.evidence.max_submits for task in careful.tasks)
    assert {task.kind for task in careful.tasks} == {
        TaskKind.NAVIGATE,
        TaskKind.FIND,
        TaskKind.SEARCH,
        TaskKind.COMPARE,
        TaskKind.COMPOSE,
    }


async def test_the_number_of_tasks_is_bounded_and_shared_out(generated: Generated) -> None:
    few = await make(max_tasks=60)
    assert len(few.tasks) <= 60
    assert {task.kind for task in few.tasks} == set(SHARES)
    assert few.dropped["beyond the number of tasks kept"] > 100


def test_two_pages_with_one_heading_are_ambiguous() -> None:
    def page(path: str, value: str) -> Page:
        return Page(
            url=f"{HOST}/{path}", title="", heading="Lamp", facts=(Fact(label="Price", value=value, subject="Lamp"),)
        )

    atlas = Atlas(SiteMap(website_id="w", start_url=f"{HOST}/", pages=(page("a", "$1"), page("b", "$2"))))
    assert not atlas.unique(atlas.pages[f"{HOST}/a"])
    assert atlas.ambiguous_fact(atlas.pages[f"{HOST}/a"], atlas.pages[f"{HOST}/a"].facts[0])


def test_sharing_out_is_by_kind(generated_tasks: list[Task]) -> None:
    dropped: Counter[str] = Counter()
    chosen = share_out(generated_tasks, 50, Random(1), dropped)  # noqa: S311
    assert len(chosen) == 50
    assert dropped["beyond the number of tasks kept"] == len(generated_tasks) - 50


@pytest.fixture
def generated_tasks(generated: Generated) -> list[Task]:
    return list(generated.tasks)
