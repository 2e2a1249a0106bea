"""Growth in the running service: what is mastered is built upon, within the number of tasks kept; and it can be off."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from infra.blobs import Blobs
from infra.contracts.base import utcnow
from infra.contracts.messages import TrajectoryRelabelled
from infra.contracts.task import Task, TaskKind
from infra.contracts.website import WebsiteStatus
from infra.control import Control
from infra.settings import ProposerSettings, Settings
from infra.store import Store
from infra.streams import Bus
from proposer import service
from proposer.atlas import Atlas
from proposer.curriculum import Curriculum
from proposer.generation import Generated
from proposer.growing import BATCH, Growing, room_for_survey
from proposer.growth import grown
from proposer.practice import Practice
from proposer.reading import fold
from tests.integration.proposer.running import proposer, submit, until
from tests.integration.proposer.stand_in import StandIn
from tests.unit.proposer.little_shop import LittleShop, website
from tests.unit.proposer.test_generation import make


async def all_tasks(store: Store, website_id: str) -> list[Task]:
    return list(await store.tasks(website_id, limit=1000))


async def test_mastered_tasks_are_composed_and_practised(
    settings: Settings,
    sqlite_store: Store,
    folder_blobs: Blobs,
    control: Control,
    bus: Bus,
    others: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(service, "GROWTH_SECONDS", 0.3)
    monkeypatch.setattr(service, "REREAD_SECONDS", 0.3)
    others.fail_every = 1_000_000
    site = await submit(sqlite_store, bus)

    async def practised() -> bool:
        made = {task.id for task in await all_tasks(sqlite_store, site.id) if grown(task)}
        return any(attempt.task_id in made for attempt in others.attempts)

    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(practised, seconds=60)
    tasks = await all_tasks(sqlite_store, site.id)
    made = [task for task in tasks if grown(task)]
    first = [task for task in tasks if not grown(task)]
    assert len(first) <= room_for_survey(settings.proposer)
    assert len(tasks) <= settings.proposer.max_tasks
    assert {task.kind for task in made} == {TaskKind.COMPOSE}
    assert len({fold(task.instruction) for task in tasks}) == len(tasks)
    taught = {
        relabel.instruction
        for message in others.relabelled
        if isinstance(message, TrajectoryRelabelled) and message.id.startswith("demo_")
        for relabel in message.relabels
    }
    assert taught & {task.instruction for task in made}, "its ways were shown to the learner"
    assert not left_over(tmp_path, site.id), "reports of visits are left"


def left_over(folder: Path, website_id: str) -> list[Path]:
    return [path for path in folder.rglob(f"visits/{website_id}/*") if path.is_file()]


def mastered(generated: Generated, settings: ProposerSettings) -> Practice:
    """Return a practice in which every attempt has succeeded so far."""
    website_id = generated.sitemap.website_id
    curriculum = Curriculum(website_id, generated.tasks, settings, Random(0))  # noqa: S311
    for task in generated.tasks:
        for i in range(6):
            curriculum.score(f"{task.id}{i}", task.id, 1.0, utcnow())
    return Practice(website_id, curriculum, Atlas(generated.sitemap), dispatched=0)


@pytest.mark.parametrize("curriculum", [True, False])
async def test_without_curriculum_nothing_grows(
    curriculum: bool, settings: Settings, sqlite_store: Store, folder_blobs: Blobs, bus: Bus
) -> None:
    site, generated = website(status=WebsiteStatus.PRACTISING), await make(max_tasks=60)
    own = settings.proposer.model_copy(update={"curriculum": curriculum, "demonstrations": False})
    practice = mastered(generated, own)
    await sqlite_store.add_website(site)
    await sqlite_store.add_tasks(generated.tasks)
    growing = Growing(sqlite_store, folder_blobs, bus, LittleShop(), own)
    count = await growing.sweep(site, practice)
    assert (count > 0) is curriculum
    assert sum(map(grown, await all_tasks(sqlite_store, site.id))) == count <= BATCH


async def test_a_halted_website_is_left_alone(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, bus: Bus
) -> None:
    site, generated = website(status=WebsiteStatus.PAUSED), await make(max_tasks=60)
    practice = mastered(generated, settings.proposer)
    await sqlite_store.add_website(site)
    shop = LittleShop()
    assert await Growing(sqlite_store, folder_blobs, bus, shop, settings.proposer).sweep(site, practice) == 0
    assert not shop.loads
