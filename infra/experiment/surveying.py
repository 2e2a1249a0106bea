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

from infra.cli.client import Api
from infra.contracts.base import Contract
from infra.errors import PaeError
from infra.experiment.plan import Job, Plan, settings_of
from infra.experiment.websites import Websites
from infra.supervisor import Stack, StackOptions
from infra.supervisor.child import Child

#: What is done, and the share of it that is done in [0, 1] (None: nobody knows).
Show = Callable[[str, float | None], None]

FOLDER, STACK, CARD = "surveys", "stack", "surveyed.json"
DEMONSTRATIONS = "PAE_PROPOSER__DEMONSTRATIONS"
STOP_SECONDS = 6.0


class Surveyed(Contract):
    """What surveys left in their folder, beside the stack's files."""

    sites: dict[str, str]  # address by name
    websites: dict[str, str]  # id by name
    proposed: dict[str, int]  # tasks by name
    minutes: float


def folder_for(root: Path, job: Job) -> Path:
    """Return where the surveys lie with which this run begins: the same for all that differ in learning alone."""
    pages = job.configuration.survey_pages
    parts = [f"seed-{job.seed}", "" if pages is None else f"{pages}-pages", "" if _shows(job) else "nothing-shown"]
    return root / FOLDER / "-".join(filter(None, parts))


def _shows(job: Job) -> bool:
    return settings_of(job.configuration.environment).proposer.demonstrations


async def surveyed(job: Job, plan: Plan, folder: Path, show: Show, *, port: int = 0) -> Surveyed:
    """Return what the surveys in this folder found; they are made now unless they were before.

    Raises:
        ConfigurationError: the port is in use, or something is not installed.
        PaeError: a site could not be surveyed; the message says why.
    """
    card = folder / CARD
    if not card.exists():
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)  # cut short
        found = await _survey(job, plan, folder, show, port)
        card.write_text(found.model_dump_json(indent=1))
    return Surveyed.model_validate_json(card.read_bytes())


async def _survey(job: Job, plan: Plan, folder: Path, show: Show, port: int) -> Surveyed:
    """Survey everything on services of its own, among them no learner."""
    show("starting the services that survey", None)
    shown = str(_shows(job)).lower()
    options = StackOptions(
        folder=folder / STACK,
        contexts=plan.contexts,
        port=port,
        sandbox=True,
        sandbox_sites=",".join(plan.named),
        environment={DEMONSTRATIONS: "false" if plan.unseen else shown},
        learner=False,
    )
    async with Stack(options) as stack:
        await stack.ready()
        with Api(stack.api) as api:
            websites = Websites(api)
            begun = time.monotonic()
            await _survey_all(plan.unseen, job, plan, stack, websites, show)
            if plan.unseen:
                show("replacing the proposer", None)
                await _replace_proposer(stack, shown)
            await _survey_all(plan.sites, job, plan, stack, websites, show)
    return Surveyed(
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


async def _replace_proposer(stack: Stack, shown: str) -> None:
    """Have a proposer go on that shows what it is to show, after one that showed nothing."""
    await stack.children["proposer"].stop(STOP_SECONDS)
    environment = {**stack.environment(), DEMONSTRATIONS: shown}
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
        raise PaeError("the sandbox sites' ports are in use by something else: end it, and go on with --resume")
