"""The learner's parts where the policy is a vision-language model: called by ``__main__`` alone.

Kept apart so that a learner of the embedded policy needs neither transformers nor PEFT.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from agent.learner.vlm.learner import VlmLearner, open_learner
from agent.learner.vlm.publishing import VlmPublisher
from agent.learner.vlm.team import Alone, Launched, Team, TeamBroken, open_team
from infra.contracts.policy import PolicyVersion
from infra.errors import ConfigurationError, PolicyUnavailable, ProcessLost
from infra.runtime import Stop
from infra.settings import Settings
from infra.settings_vlm import VlmLearnerSettings
from infra.store.base import Store

log = structlog.get_logger()

T = TypeVar("T")
#: Seconds between two looks for replicas that are not up yet.
PAUSE = 2.0


class Stopped(Exception):
    """The learner was told to stop before there were replicas."""


def join(own: VlmLearnerSettings) -> Alone | Launched:
    """Join the other processes of this learner, where there are some.

    Raises:
        ConfigurationError: they do not go with the device.
        ProcessLost: they do not come.
    """
    try:
        return open_team(own.device, patience=own.patience_seconds)
    except TeamBroken as error:
        raise ProcessLost(str(error)) from error
    except (ImportError, ValueError) as error:
        raise ConfigurationError(f"the learner's processes cannot work together: {error}") from error


def help_out(settings: Settings, team: Team) -> None:
    """Take part in the first process's optimiser steps until it ends.

    Raises:
        ConfigurationError: the model cannot be loaded.
        ProcessLost: another process is gone.
    """
    learner = open_learner(settings.learner, settings.policy.vlm, None, team)
    try:
        learner.trainer.help()
    except TeamBroken as error:
        raise ProcessLost(str(error)) from error
    team.close()


async def start(
    settings: Settings, store: Store, publisher: VlmPublisher, stop: Stop, team: Team
) -> tuple[VlmLearner, PolicyVersion]:
    """Load model and adapters, and have the replicas serve the active version; the first one is made where none is.

    Waits for replicas that are not up yet: a big model takes minutes to load.

    Raises:
        Stopped: told to stop meanwhile.
        AdapterRefused: a replica will not serve the version.
        ConfigurationError: the model cannot be loaded.
        PolicyError: the active version is of another kind, or its adapter is gone.
    """
    vlm, temperature = settings.policy.vlm, settings.learner.temperature
    await publisher.tidy()
    if await store.active_policy() is None:
        learner = await asyncio.to_thread(open_learner, settings.learner, vlm, None, team)
        version = await _patiently(lambda: publisher.first(learner.trainer, temperature=temperature), stop)
        return learner, version
    version, folder = await publisher.active()
    learner = await asyncio.to_thread(open_learner, settings.learner, vlm, folder, team)
    await asyncio.to_thread(publisher.resume, learner.trainer, version)
    await _patiently(lambda: publisher.serve(version), stop)
    return learner, version


async def _patiently(attempt: Callable[[], Awaitable[T]], stop: Stop) -> T:
    while True:
        try:
            return await attempt()
        except PolicyUnavailable as error:
            log.warning("no replica serves the policy yet", cause=str(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)
            raise Stopped
