"""One run, from surveyed websites to its result. Practice is paused while anything is measured."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from infra.bench.attempts import difference
from infra.cli.client import Api
from infra.contracts.messages import TrajectoryRelabelled
from infra.control import Control
from infra.errors import PaeError
from infra.experiment.heldout import HeldOut, try_held_out
from infra.experiment.plan import Job, Leg, Plan, Role, revisited, settings_of
from infra.experiment.results import Measure, Point, RunResult, TaskEnding, measure
from infra.experiment.surveying import Show, Surveyed, check_addresses, copy, folder_for, services, surveyed
from infra.experiment.websites import LOOK_SECONDS, Rest, Websites
from infra.settings import RedisSettings, Settings
from infra.streams import open_bus
from infra.supervisor import Stack
from infra.telemetry.clock import PARTS, shares

#: Longest wait for what the learner makes of the surveys' demonstrations, before any practice.
WARM_START_SECONDS = 1800.0
LEARNER = "learner"  # its group on the streams
SHOWN_SETTINGS = ("policy", "proposer", "evaluator", "learner", "agent", "browser")


async def run(job: Job, plan: Plan, root: Path, folder: Path, show: Show, *, port: int = 0) -> RunResult:
    """Make one run in a folder, which is emptied before; ``stack`` in it is the services' own.

    ``root``: the experiment's folder, where the surveys are that it shares.

    Raises:
        ConfigurationError: the port is in use, or something is not installed.
        PaeError: it could not be completed; the message says why.
    """
    surveys = folder_for(root, job)
    found = await surveyed(job, plan, surveys, show, port=port)
    await copy(surveys, folder)
    environment = {**job.configuration.environment, "PAE_POLICY__SEED": str(job.seed)}
    settings = settings_of({**environment, "PAE_AGENT__CONTEXTS": str(plan.contexts)})
    options = services(plan, folder, port=port, environment=environment)
    show("starting the services", None)
    async with Stack(options) as stack:
        check_addresses(found, stack)
        await stack.ready()
        with Api(stack.api) as api:
            return await _Run(job, plan, settings, stack, api, found, show).complete()


class _Run:
    """The steps of a run on its stack."""

    def __init__(
        self, job: Job, plan: Plan, settings: Settings, stack: Stack, api: Api, found: Surveyed, show: Show
    ) -> None:
        self._job = job
        self._plan = plan
        self._settings = settings
        self._stack = stack
        self._show = show
        self._found = found
        self._websites = Websites(
            api, ids=found.websites, proposed=found.proposed, publish_seconds=settings.learner.publish_seconds
        )
        self._practised = 0.0  # seconds
        self._rested = 0.0  # seconds in which the learner may have gone on
        self._spent: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(PARTS, 0.0))
        self._points: list[Point] = []

    async def complete(self) -> RunResult:
        """Practise and measure."""
        begun = time.monotonic()
        await self._warm_start()
        warm = time.monotonic() - begun
        legs = self._plan.legs()
        await self._point(legs[0], Rest(0.0, settled=True), last=False)
        for leg in legs:
            before = await self._times()
            await self._practise(leg)
            rest = await self._rest()
            self._add(difference(before, await self._times()))
            await self._point(leg, rest, last=leg is legs[-1])
        return RunResult(
            configuration=self._job.configuration.name,
            sort=self._job.configuration.sort,
            seed=self._job.seed,
            plan=self._plan,
            environment=self._job.configuration.environment,
            settings=self._settings.model_dump(mode="json", include=set(SHOWN_SETTINGS)),
            survey=self._found.id,
            survey_minutes=self._found.minutes,
            warm_start_minutes=warm / 60,
            points=tuple(self._points),
            parts=shares(self._spent),
            part_seconds={kind: dict(parts) for kind, parts in self._spent.items()},
            seconds=time.monotonic() - begun,
        )

    async def _warm_start(self) -> None:
        """Let the learner make use of what the surveys show, before any practice.

        Raises:
            PaeError: it does not come to an end of it.
        """
        self._show("learning from the surveys' demonstrations", None)
        bus = open_bus(RedisSettings(url=self._stack.redis_url), self._settings.streams, consumer="experiment")
        try:
            async with asyncio.timeout(WARM_START_SECONDS):
                while True:
                    left = await bus.backlog(TrajectoryRelabelled, LEARNER)
                    if not any(left) and await self._websites.has_policy():
                        break
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError as error:
            raise PaeError(
                f"the learner was not done with the surveys' demonstrations after {WARM_START_SECONDS / 60:.0f} "
                f"minutes; see {self._stack.folder / 'logs' / 'learner.log'}"
            ) from error
        finally:
            await bus.stop()
        await self._websites.rest(self._plan.sites, longest=WARM_START_SECONDS)

    async def _practise(self, leg: Leg) -> None:
        """Practise until so much of the budget is used up, then pause everything."""
        sites = (*leg.former, *leg.practised)
        begun, practised = time.monotonic(), self._practised
        await self._websites.resume(leg.practised)
        attempts, guest = self._points[-1].attempts, None
        while (left := self._left(leg, attempts)) > 0:
            await asyncio.sleep(min(LOOK_SECONDS, left) if self._plan.unit == "minutes" else LOOK_SECONDS)
            self._practised = practised + time.monotonic() - begun
            guest = await self._invite(guest, leg)
            attempts, recent = await self._websites.look(sites)
            self._tell(leg, attempts, recent, await self._websites.version())
        await self._websites.pause()
        self._practised = practised + time.monotonic() - begun

    async def _invite(self, guest: str | None, leg: Leg) -> str | None:
        """Have the former site whose moment it is practise beside the present one; return it."""
        wanted = revisited(self._practised, leg.former, self._job.configuration.revisits)
        if wanted != guest:
            await self._websites.pause([guest] if guest else [])
            await self._websites.resume([wanted] if wanted else [])
        return wanted

    def _left(self, leg: Leg, attempts: int) -> float:
        """Return what the leg has left: seconds, or attempts."""
        if self._plan.unit == "minutes":
            return leg.until * 60 - self._practised
        return leg.until - attempts

    def _tell(self, leg: Leg, attempts: int, recent: float | None, version: int) -> None:
        done = self._practised / 60 if self._plan.unit == "minutes" else attempts
        words = f"practising {', '.join(leg.practised)}: {attempts} attempts, version {version}"
        if recent is not None:
            words += f", {recent:.0%} of the latest succeed"
        self._show(words, min(1.0, done / self._plan.total))

    async def _rest(self) -> Rest:
        self._show("waiting for the learner to come to rest", None)
        rest = await self._websites.rest(self._plan.sites)
        self._rested += rest.seconds
        return rest

    async def _point(self, leg: Leg, rest: Rest, *, last: bool) -> None:
        """Measure what is to be measured after a leg; before the first one, what practice begins with."""
        first = not self._points
        practice = await self._websites.counted(self._plan.sites)
        version = await self._websites.version()
        self._points.append(
            Point(
                index=len(self._points),
                minutes=self._practised / 60,
                learning_minutes=(self._practised + self._rested) / 60,
                rest_seconds=rest.seconds,
                settled=rest.settled,
                attempts=sum(site.attempts for site in practice.values()),
                version=version,
                after=leg.practised[0] if self._plan.sequence and not first else None,
                practice=dict(practice),
                measures=tuple(await self._measures(leg, version, last=last)),
            )
        )

    async def _measures(self, leg: Leg, version: int, *, last: bool) -> list[Measure]:
        conditions = [(Role.PRACTISE, leg.measured, "")]
        if self._plan.unseen:
            conditions += [(role, self._plan.unseen, "") for role in (Role.UNSEEN, Role.UNSURVEYED)]
        if last:
            mapped = [(role, sites) for role, sites, _ in conditions if role is not Role.UNSURVEYED]
            conditions += [(*one, perturbed) for perturbed in self._plan.perturbations for one in mapped]
        return [
            await self._measure(role, sites, version, perturbed, last=last) for role, sites, perturbed in conditions
        ]

    async def _measure(
        self, role: Role, sites: tuple[str, ...], version: int, perturbed: str, *, last: bool
    ) -> Measure:
        """Try the held-out tasks of these sites, each with its own map unless the role is to have none."""
        begun = time.monotonic()
        parts = [(sites, None)] if role is Role.UNSURVEYED else [((site,), self._websites.ids[site]) for site in sites]
        endings: list[TaskEnding] = []
        for names, website in parts:
            under = f", under {perturbed}" if perturbed else ""
            self._show(f"measuring version {version} on {', '.join(names)} ({role}{under})", None)
            what = HeldOut(
                sites=names,
                split=self._plan.split,
                wording=self._plan.wording,
                website=website,
                version=version,
                perturbed=perturbed,
                limit=self._plan.last_limit if last else self._plan.limit,
                concurrency=self._plan.contexts,
            )
            found = await try_held_out(self._stack, what, self._stack.folder.parent / "heldout.json")
            endings += found.results
        return measure(role, endings, seconds=time.monotonic() - begun, perturbed=perturbed)

    async def _times(self) -> Mapping[str, Mapping[str, float]]:
        control = Control(self._stack.redis_url, self._settings.streams.prefix)
        try:
            return await control.times()
        finally:
            await control.close()

    def _add(self, spent: Mapping[str, Mapping[str, float]]) -> None:
        for worker, parts in spent.items():
            for part, seconds in parts.items():
                self._spent[worker.partition("-")[0]][part] += seconds
