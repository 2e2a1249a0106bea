"""Old pictures of practice go; what an attempt, a learner or a person still needs stays."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from evaluator.__main__ import main
from infra.blobs import Blobs
from infra.contracts.attempt import Attempt, AttemptState, Purpose
from infra.contracts.base import utcnow
from infra.contracts.policy import PolicyVersion
from infra.contracts.task import Origin, Task, TaskKind
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.website import Website
from infra.documents import screenshot_key
from infra.retention import Retention
from infra.runtime import Stop
from infra.settings import BlobSettings, DatabaseSettings, LearnerSettings, RedisSettings, Settings
from infra.store import Store

WEBSITE = Website(id="web_1", url="http://127.0.0.1:1/", name="site", allowed_hosts=("127.0.0.1:1",))
TASK = Task(
    id="tsk_1", website_id="web_1", instruction="Do it", start_url="http://127.0.0.1:1/", kind=TaskKind.FIND,
    origin=Origin.GROUNDED, skill="find:/x",
)  # fmt: skip
#: By attempt: why it is made, and whether it ends and is labelled.
MADE = {
    "ended": (Purpose.PRACTICE, True, False),
    "again": (Purpose.RETENTION, True, False),
    "unfinished": (Purpose.PRACTICE, False, False),
    "labelled": (Purpose.PRACTICE, True, True),
    "run": (Purpose.RUN, True, False),
    "benchmark": (Purpose.EVALUATION, True, False),
}


class Pictures:
    """Attempts with a picture each, and whose pictures are left."""

    def __init__(self, store: Store, blobs: Blobs) -> None:
        self.store, self.blobs = store, blobs

    async def add(self, name: str, purpose: Purpose, *, ends: bool = True, labelled: bool = False) -> None:
        attempt = Attempt(id=name, task_id="tsk_1", website_id="web_1", group_id="grp", purpose=purpose)
        await self.store.add_attempts([attempt])
        await self.blobs.put(screenshot_key("web_1", name, 0), b"\xff\xd8")
        said = Verdict(attempt_id=name, outcome=Outcome.SUCCESS, reward=1.0, reason="so", evaluator="evidence")
        if ends:
            await self.store.end_attempt(name, AttemptState.COMPLETED, verdict=said)
        if labelled:
            await self.store.label(name, said)

    async def left(self) -> set[str]:
        names = [*MADE, "visit", "later"]
        return {name for name in names if await self.blobs.exists(screenshot_key("web_1", name, 0))}


@pytest.fixture
async def pictures(sqlite_store: Store, folder_blobs: Blobs) -> Pictures:
    await sqlite_store.add_website(WEBSITE)
    await sqlite_store.add_tasks([TASK])
    made = Pictures(sqlite_store, folder_blobs)
    for name, (purpose, ends, labelled) in MADE.items():
        await made.add(name, purpose, ends=ends, labelled=labelled)
    await folder_blobs.put(screenshot_key("web_1", "visit", 0), b"\xff\xd8")
    return made


def keeping(pictures: Pictures, settings: Settings, *, days_later: float) -> Retention:
    def now() -> datetime:
        return utcnow() + timedelta(days=days_later)

    return Retention(pictures.store, pictures.blobs, settings, now)


async def test_old_pictures_of_practice_go_and_nothing_else(pictures: Pictures) -> None:
    everything = {*MADE, "visit"}
    assert await keeping(pictures, Settings(), days_later=13).sweep() == 0
    assert await pictures.left() == everything
    assert await keeping(pictures, Settings(), days_later=14).sweep() == 2
    assert await pictures.left() == everything - {"ended", "again"}
    await pictures.add("later", Purpose.PRACTICE)
    assert await keeping(pictures, Settings(), days_later=13).sweep() == 0
    assert await keeping(pictures, Settings(), days_later=14).sweep() == 1  # what had gone is not looked at again
    assert await pictures.left() == everything - {"ended", "again"}


async def test_the_evaluator_sees_to_it(
    pictures: Pictures, tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = asyncio.Event()

    class Told(Retention):
        async def sweep(self) -> int:
            found = await super().sweep()
            swept.set()
            return found

    monkeypatch.setattr("evaluator.__main__.Retention", Told)
    settings = Settings(
        redis=RedisSettings(url=redis_url),
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{tmp_path}/pae.sqlite"),
        blobs=BlobSettings(url=str(tmp_path / "blobs"), picture_days=1e-9),
    )
    stop = Stop()
    evaluator = asyncio.create_task(main(settings, stop))
    async with asyncio.timeout(20):
        await swept.wait()
    stop.set()
    await evaluator
    assert await pictures.left() == {*MADE, "visit"} - {"ended", "again"}


async def test_a_learner_of_the_embedded_policy_reads_no_pictures(pictures: Pictures) -> None:
    await pictures.store.add_policy(PolicyVersion(version=0, weights="-"), activate=True)
    assert await keeping(pictures, Settings(), days_later=15).sweep() == 2


async def test_nothing_goes_where_pictures_are_kept_for_ever(pictures: Pictures) -> None:
    settings = Settings(blobs=BlobSettings(picture_days=0))
    assert await keeping(pictures, settings, days_later=5000).sweep() == 0
    assert await pictures.left() == {*MADE, "visit"}


async def test_what_a_learner_may_go_back_to_stays(pictures: Pictures) -> None:
    settings = Settings(learner=LearnerSettings(staleness=2))
    then = utcnow()

    async def publish(version: int, days_later: float) -> None:
        policy = PolicyVersion(
            version=version, weights="-", backend="vlm", created_at=then + timedelta(days=days_later)
        )
        await pictures.store.add_policy(policy, activate=True)

    for version, days_later in enumerate((-1.0, 1.0, 2.0)):
        await publish(version, days_later)
        assert await keeping(pictures, settings, days_later=50).sweep() == 0
    await publish(3, 3.0)  # all that may be learnt from by now ended after the second one was published
    assert await keeping(pictures, settings, days_later=50).sweep() == 2
    await pictures.store.activate_policy(0)
    await pictures.add("later", Purpose.PRACTICE)
    assert await keeping(pictures, settings, days_later=50).sweep() == 0
    assert "later" in await pictures.left()
