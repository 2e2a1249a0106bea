"""Ways made of pieces that were gone before come out as if they had been followed."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from infra.contracts.task import Task, TaskKind
from infra.contracts.visit import Route, RouteReport, ScriptStep
from infra.demonstration import decode, encode
from proposer.atlas import Atlas
from proposer.demonstrations import demonstration
from proposer.generation import Generated
from proposer.reading import lines
from proposer.recalling import Memory, pieces
from proposer.sitemap import build_sitemap
from proposer.survey import Seen, Survey, Surveyor
from proposer.verify import follow, recollect
from tests.unit.proposer.little_shop import LittleShop, website
from tests.unit.proposer.test_generation import make
from tests.unit.proposer.test_widgets import SITE, Board, opener, option, page


async def quiet(_: str) -> None: ...


async def never() -> bool:
    return False


@pytest.fixture(scope="module")
def survey() -> Survey:
    return asyncio.run(Surveyor(website(), LittleShop(), own=True, halted=never, progress=quiet).run())


@pytest.fixture(scope="module")
def generated() -> Generated:
    return asyncio.run(make())


def memory_of(survey: Survey) -> Memory:
    return Memory(LittleShop(), survey, Atlas(build_sitemap(survey)))


def chance() -> Random:
    return Random(0)  # noqa: S311


def changing(generated: Generated, *kinds: TaskKind) -> list[Task]:
    """Return the tasks of these kinds that change something."""
    return [one for one in generated.tasks if one.kind in kinds and one.evidence and one.evidence.max_submits]


def assert_alike(task: Task, mine: RouteReport, theirs: RouteReport | None) -> None:
    """What is shown of the task's way is the same, whether it was recalled or followed."""
    assert theirs is not None, task.instruction
    own, other = demonstration(task, mine), demonstration(task, theirs)
    assert own is not None
    assert other is not None
    assert own.relabel == other.relabel
    assert [step.action for step in own.trajectory.steps] == [step.action for step in other.trajectory.steps]
    paths = [[seen.url.partition("?")[0] for seen in report.observations] for report in (mine, theirs)]
    assert paths[0] == paths[1]  # what was entered may stand in the last page's address


async def test_what_follows_links_is_recalled_as_following_shows_it(survey: Survey, generated: Generated) -> None:
    memory = memory_of(survey)
    tasks = [task for task in generated.tasks if task.kind in (TaskKind.NAVIGATE, TaskKind.FIND)][:120]
    told = [(task, report) for task in tasks if (report := memory.recall(task)) is not None]
    assert len(told) > len(tasks) / 2
    followed = await follow([task for task, _ in told], website(), LittleShop())
    for (task, mine), theirs in zip(told, followed, strict=True):
        assert_alike(task, mine, theirs)


async def test_what_was_never_done_is_not_recalled(survey: Survey, generated: Generated) -> None:
    memory = memory_of(survey)
    entering = [task for task in generated.tasks if any(step.value is not None for step in decode(task.demonstration))]
    changes = changing(generated, TaskKind.CHANGE, TaskKind.FILL)
    assert entering
    assert changes
    assert not any(memory.recall(task) for task in (*entering, *changes))


@pytest.mark.parametrize("kind", [TaskKind.CHANGE, TaskKind.FILL])
async def test_what_was_done_once_is_recalled_on_other_pages_and_with_other_values(
    survey: Survey, generated: Generated, kind: TaskKind
) -> None:
    memory, tasks = memory_of(survey), changing(generated, kind)
    await follow(tasks[::2], website(), memory)
    told = [(task, report) for task in tasks[1::2] if (report := memory.recall(task)) is not None]
    assert len(told) > len(tasks) / 4
    followed = await follow([task for task, _ in told], website(), LittleShop())
    for (task, mine), theirs in zip(told, followed, strict=True):
        assert_alike(task, mine, theirs)
        assert theirs is not None
        for own, other in zip(mine.observations[:-1], theirs.observations[:-1], strict=True):
            assert [(one.key, one.value) for one in own.elements] == [(one.key, one.value) for one in other.elements]


async def test_demonstrations_are_made_of_what_is_recalled_where_its_evidence_holds(
    survey: Survey, generated: Generated
) -> None:
    memory, tasks = memory_of(survey), changing(generated, TaskKind.CHANGE, TaskKind.FILL)
    await follow(tasks[::2], website(), memory)
    shown = recollect(tasks, tasks, (), memory, chance())
    assert len(shown) > len(tasks) / 2
    by_id = {task.id: task for task in tasks}
    followed = await follow([by_id[one.trajectory.task_id] for one in shown], website(), LittleShop())
    for one, report in zip(shown, followed, strict=True):
        assert report is not None
        assert one.trajectory.final is not None
        assert lines(one.trajectory.final)[:2] == lines(report.observations[-1])[:2]
    known = {one.trajectory.task_id for one in shown}
    assert not {one.trajectory.task_id for one in recollect(tasks, tasks, shown, memory, chance())} & known
    assert recollect(tasks, (), (), memory, chance()) == ()  # no family of theirs was found sound


async def test_a_search_is_recalled_with_its_own_words_alone(survey: Survey, generated: Generated) -> None:
    memory = memory_of(survey)
    tasks = [task for task in generated.tasks if task.skill.startswith("search:")]
    words = {task.evidence.fields for task in tasks if task.evidence}
    assert len(words) > 1
    asked = tasks[0]
    await follow([asked], website(), memory)
    for task in tasks:
        assert task.evidence is not None
        assert asked.evidence is not None
        same = task.evidence.fields == asked.evidence.fields and task.start_url == asked.start_url
        assert (memory.recall(task) is not None) == same


async def test_a_way_is_cut_where_links_lead_and_again_at_every_change(survey: Survey, generated: Generated) -> None:
    several = [
        task for task in changing(generated, TaskKind.COMPOSE) if task.evidence and task.evidence.max_submits > 1
    ]
    report = next(one for one in await follow(several, website(), LittleShop()) if one is not None)
    first, *more = pieces(report)
    assert [len(one.steps) for one in more] == sorted(len(one.steps) for one in more)
    assert all(one.url == first.url and one.steps[: len(first.steps)] == first.steps for one in more)
    assert sum(map(bool, (first.requests[-1], *(one.requests[-1] for one in more)))) == 1 + len(more)


async def test_an_unknown_page_is_not_recalled(survey: Survey, generated: Generated) -> None:
    memory = memory_of(survey)
    task = next(task for task in generated.tasks if memory.recall(task) is not None)
    assert memory.recall(task.model_copy(update={"start_url": "http://elsewhere.test/"})) is None


async def test_what_was_entered_stays_while_a_list_is_opened(generated: Generated) -> None:
    seen = page()
    survey = Survey(SITE, seen.url, pages={seen.url: Seen(seen.url, 0, seen)})
    memory = Memory(Board(), survey, Atlas(build_sitemap(survey)))

    def steps(title: str) -> tuple[ScriptStep, ...]:
        keys = (opener().key, option("Soil").key, seen.elements[-1].key)
        return (ScriptStep(key=seen.elements[0].key, value=title), *(ScriptStep(key=key) for key in keys))

    done, asked = (Route(url=seen.url, steps=steps(title), fresh=True) for title in ("Worms", "Old spades"))
    await memory.visit(SITE, [done])
    (followed,) = await Board().visit(SITE, [asked])
    task = generated.tasks[0].model_copy(update={"start_url": seen.url, "demonstration": encode(asked.steps)})
    recalled = memory.recall(task)
    assert recalled is not None
    assert recalled.requests == followed.requests
    for mine, theirs in zip(recalled.observations[:-1], followed.observations[:-1], strict=True):
        fields = [[(one.key, one.value) for one in every.elements if one.value] for every in (mine, theirs)]
        assert fields[0] == fields[1]
