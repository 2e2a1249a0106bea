"""A trajectory that several messages name is fetched once, as long as it is among the latest."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.learner.trajectories import KEPT, Trajectories
from infra.blobs.files import FileBlobs
from infra.documents import save_trajectory
from infra.errors import NotFound
from infra.telemetry.clock import PartClock
from tests.unit.agent.learner.walks import WALK


async def test_it_is_fetched_once_and_counted_as_the_stores_part(tmp_path: Path) -> None:
    clock = PartClock()
    blobs = FileBlobs(str(tmp_path))
    key = await save_trajectory(blobs, WALK)
    reading = Trajectories(blobs, clock)
    assert await reading.get(key) == WALK
    spent = clock.seconds["store"]
    assert spent > 0
    await blobs.delete_prefix("trajectories/web_1/")
    assert await reading.get(key) == WALK
    assert clock.seconds["store"] == spent


async def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    blobs = FileBlobs(str(tmp_path))
    reading = Trajectories(blobs, PartClock())
    keys = [
        await save_trajectory(blobs, WALK.model_copy(update={"attempt_id": f"att_{number}"}))
        for number in range(KEPT + 1)
    ]
    for key in (*keys[:-1], keys[0], keys[-1]):  # the first is used again before the last comes
        await reading.get(key)
    await blobs.delete_prefix("trajectories/web_1/")
    assert (await reading.get(keys[0])).attempt_id == "att_0"
    with pytest.raises(NotFound):
        await reading.get(keys[1])
