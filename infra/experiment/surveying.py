"""Surveys that runs share: made once per seed, and copied into every run that begins with the same.

Runs that differ in learning alone begin with the same maps and tasks, and with the same demonstrations: no learner
runs meanwhile, so their messages wait on their stream for each run's own. So runs are compared from one start, and
each is spared the minutes of the survey.

Unseen sites are surveyed first, by a proposer that shows no demonstrations; then the proposer is replaced by one that
surveys what will be practised.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from infra.cli.client import Api
from infra.contracts.base import Contract, new_id
from infra.errors import PaeError
from infra.experiment.files import write_whole
from infra.experiment.plan import Job, Plan, settings_of
from infra.experiment.websites import Websites
from infra.supervisor import Stack, StackOptions
from infra.supervisor.child import Child

#: What is done, and the share of it that is done in [0, 1] (None: nobody knows).
Show = Callable[[str, float | None], None]

FOLDER, STACK, CARD = "surveys", "stack", "surveyed.json"
DEMONSTRATIONS = "PAE_PROPOSER__DEMONSTRATIONS"
#: Settings that a survey heeds, of those that configurations change.
HEEDED = (DEMONSTRATIONS, "PAE_PROPOSER__CURRICULUM")
#: A queue that is always full: no attempt may slip in before a surveyed site is paused.
NOTHING_TRIED = {"PAE_PROPOSER__QUEUE_FACTOR": "0.001"}
STOP_SECONDS = 10.0


class Surveyed(Contract):
    """What surveys left in their folder, beside the stack's files."""

    id: str = Field(default_factory=lambda: new_id("svy"))
    made_for: dict[str, Any] = Field(description="what they depend on, of plan and settings")
    sites: dict[str, str] = Field(description="address by name")
    websites: dict[str, str] = Field(description="id by name")
    proposed: dict[str, int] = Field(description="tasks by name")
    minutes: float


def folder_for(root: Path, job: Job) -> Path:
    """Return where the surveys lie with which this run begins: the same for all that differ in learning alone."""
    pages = job.configuration.survey_pages
    parts = [f"seed-{job.seed}"] if pages is None else [f"seed-{job.seed}", f"{pages}-pages"]
    parts += [f"{name.rpartition('__')[2].lower()}-{value}" for name, value in _environment(job).items()]
    return root / FOLDER / "-".join(parts)


def _environment(job: Job) -> dict[str, str]:
    """Return what of a configuration's environment its surveys heed."""
    return {name: value for name, value in job.configuration.environment.items() if name in HEEDED}


def _depends(job: Job, plan: Plan) -> dict[str, Any]:
    heeded = plan.model_dump(mode="json", include={"sites", "unseen", "contexts", "survey"})
    return {**heeded, "proposer": settings_of(_environment(job)).proposer.model_dump(mode="json")}


async def surveyed(job: Job, plan: Plan, folder: Path, show: Show, *, port: int = 0) -> Surveyed:
    """Return what the surveys in this folder found; they are made now unless they were before.

    Raises:
        ConfigurationError: the port is in use, or something is not installed.
        PaeError: a site could not be surveyed; the message says why.
    """
    card = folder / CARD
    found = await asyncio.to_thread(_read, card)
    if found is None or found.made_for != _depends(job, plan):
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        found = await _survey(job, plan, folder, show, port)
        await asyncio.to_thread(write_whole, card, found.model_dump_json(indent=1))
    return found


def _read(card: Path) -> Surveyed | None:
    """Return what was surveyed; None where that was cut short, or otherwise cannot be read."""
    try:
        return Surveyed.model_validate_json(card.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def services(plan: Plan, folder: Path, *, port: int, environment: dict[str, str], learner: bool = True) -> StackOptions:
    """Return how the services of a run, or of its surveys, are started."""
    return StackOptions(
        folder=folder / STACK,
        contexts=plan.contexts,
        port=port,
        sandbox=True,
        sandbox_sites=",".join(plan.named),
        environment=environment,
        learner=learner,
    )


async def _survey(job: Job, plan: Plan, folder: Path, show: Show, port: int) -> Surveyed:
    """Survey everything on services of its own, among them no learner."""
    show("starting the services that survey", None)
    shown = settings_of(_environment(job)).proposer.demonstrations
    environment = {**_environment(job), **_showing(shown and not plan.unseen), **NOTHING_TRIED}
    options = services(plan, folder, port=port, environment=environment, learner=False)
    async with Stack(options) as stack:
        await stack.ready()
        with Api(stack.api) as api:
            websites = Websites(api)
            begun = time.monotonic()
            await _survey_all(plan.unseen, job, plan, stack, websites, show)
            if plan.unseen:
                show("replacing the proposer", None)
                await _replace_proposer(stack, shown=shown)
            await _survey_all(plan.sites, job, plan, stack, websites, show)
    return Surveyed(
        made_for=_depends(job, plan),
        sites=stack.sandbox_sites,
        websites=websites.ids,
        proposed=websites.proposed,
        minutes=(time.monotonic() - begun) / 60,
    )


async def _survey_all(sites: Sequence[str], job: Job, plan: Plan, stack: Stack, websites: Websites, show: Show) -> None:
    bounds = plan.bounds(job.configuration)
    for site in sites:

        def note(words: str, site: str = site) -> None:
            show(f"surveying {site}: {words}" if words else f"surveying {site}", None)

        await websites.survey(site, stack.sandbox_sites[site], bounds, note, practised=site in plan.sites)


def _showing(shown: bool) -> dict[str, str]:
    return {DEMONSTRATIONS: str(shown).lower()}


async def _replace_proposer(stack: Stack, *, shown: bool) -> None:
    """Have a proposer go on that shows what it is to show, after one that showed nothing."""
    await stack.children["proposer"].stop(STOP_SECONDS)
    environment = {**stack.environment(), **_showing(shown)}
    log = stack.folder / "logs" / "proposer.log"
    child = stack.children["proposer"] = Child("proposer", [sys.executable, "-m", "proposer"], environment, log)
    await child.start()


async def copy(surveys: Path, folder: Path) -> None:
    """Begin a run's folder, which is emptied before, with what the surveys left."""
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    await asyncio.to_thread(shutil.copytree, surveys / STACK, folder / STACK)


def check_addresses(found: Surveyed, stack: Stack) -> None:
    """Raises PaeError where the sandbox sites are served elsewhere than when they were surveyed."""
    if found.sites != stack.sandbox_sites:
        raise PaeError(
            "the sandbox sites could not be served where they were surveyed, because something else uses their ports: "
            "end it, and go on with --resume"
        )
