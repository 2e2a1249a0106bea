"""Large contracts as compressed blobs: trajectories and visit reports, and where screenshots lie."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterable
from typing import TypeVar

from pydantic import ValidationError

from infra.blobs.base import Blobs
from infra.contracts.attempt import Trajectory
from infra.contracts.base import Contract
from infra.contracts.messages import TrajectoryRelabelled
from infra.contracts.visit import VisitReport
from infra.errors import NotFound, StoreError

C = TypeVar("C", bound=Contract)


class Shown(Contract):
    """What the proposer showed the learner of a website."""

    messages: tuple[TrajectoryRelabelled, ...] = ()


#: Fast; observations repeat their keys, so even this gives a tenth of the size.
LEVEL = 1


def screenshot_key(website_id: str, attempt_id: str, index: int) -> str:
    """Return the blob key of the JPEG taken before step ``index``."""
    return f"{pictures_of(website_id, attempt_id)}{index}.jpg"


def pictures_of(website_id: str, attempt_id: str) -> str:
    """Return the prefix under which the screenshots of an attempt lie."""
    return f"screenshots/{website_id}/{attempt_id}/"


def cleared_key(website_id: str) -> str:
    """Return where it is kept until when practice must have ended for its screenshots to be gone."""
    return f"screenshots/{website_id}/cleared_until"


def demo_key(website_id: str, demo: int, index: int) -> str:
    """Return the blob key of a picture of a user's demonstration."""
    return f"demos/{website_id}/{demo}/{index}"


def folders(website_id: str) -> tuple[str, ...]:
    """Return the prefixes under which everything of a website lies."""
    return tuple(f"{kind}/{website_id}/" for kind in ("trajectories", "screenshots", "visits", "demos", "shown"))


def _pack(document: Contract) -> bytes:
    # Defaults stay in: an action's type is one, and without it nobody could tell which action it was.
    return gzip.compress(document.model_dump_json().encode(), LEVEL, mtime=0)


def _unpack(kind: type[C], key: str, data: bytes) -> C:
    try:
        return kind.model_validate_json(gzip.decompress(data))
    except (ValidationError, OSError, EOFError) as error:
        raise StoreError(f"the blob {key} is damaged: {error}") from error


async def save_trajectory(blobs: Blobs, trajectory: Trajectory) -> str:
    """Store a trajectory; return its key."""
    key = f"trajectories/{trajectory.website_id}/{trajectory.attempt_id}.json.gz"
    await blobs.put(key, _pack(trajectory))
    return key


async def load_trajectory(blobs: Blobs, key: str) -> Trajectory:
    """Raises NotFound, or StoreError for a damaged blob."""
    return _unpack(Trajectory, key, await blobs.get(key))


def report_key(website_id: str, visit_id: str) -> str:
    """Return where a visit's report lies."""
    return f"visits/{website_id}/{visit_id}.json.gz"


def visit_picture_key(website_id: str, visit_id: str, index: int) -> str:
    """Return the blob key of the picture of a visit's route; it goes with the reports when the survey ends."""
    return f"visits/{website_id}/{visit_id}/{index}.jpg"


async def save_report(blobs: Blobs, report: VisitReport) -> str:
    """Store a visit's report; return its key."""
    key = report_key(report.website_id, report.visit_id)
    await blobs.put(key, await asyncio.to_thread(_pack, report))
    return key


async def load_report(blobs: Blobs, key: str) -> VisitReport:
    """Raises NotFound, or StoreError for a damaged blob."""
    return await asyncio.to_thread(_unpack, VisitReport, key, await blobs.get(key))


async def keep_shown(blobs: Blobs, website_id: str, messages: Iterable[TrajectoryRelabelled]) -> None:
    """Keep what the learner is shown of a website beside what it was shown before, for a learner that begins anew."""
    known = {message.id: message for message in await load_shown(blobs, website_id)}
    known |= {message.id: message for message in messages}
    await blobs.put(_shown_key(website_id), await asyncio.to_thread(_pack, Shown(messages=tuple(known.values()))))


async def load_shown(blobs: Blobs, website_id: str) -> tuple[TrajectoryRelabelled, ...]:
    """Return what the learner was shown of a website. Raises StoreError for a damaged blob."""
    try:
        data = await blobs.get(_shown_key(website_id))
    except NotFound:
        return ()
    return (await asyncio.to_thread(_unpack, Shown, _shown_key(website_id), data)).messages


def _shown_key(website_id: str) -> str:
    return f"shown/{website_id}/all.json.gz"
