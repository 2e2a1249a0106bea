"""A run's websites as a client of the API sees them: survey, practice, and rest after it.

A website that is to stay unseen is surveyed by a proposer that shows no demonstrations, and its budget is spent
before its first attempt: nothing of it is ever learnt.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from infra.cli.client import Api
from infra.contracts.website import SurveyBounds
from infra.errors import PaeError
from infra.experiment.results import SitePractice

SURVEY_SECONDS = 900.0
#: Between two looks at a survey: a website is paused so soon after its survey that no attempt ends before.
SOON_SECONDS = 0.25
LOOK_SECONDS = 1.0
#: Longest wait for the attempts under way when practice is paused.
ENDING_SECONDS = 60.0
#: The policy stands still when nothing was published for so many publishing intervals; and the longest wait for it.
INTERVALS, STANDSTILL_SECONDS = 2.0, 30.0
#: A budget that is spent before the first attempt.
NO_MINUTES = 1e-6
GET_TRIES = 3

Note = Callable[[str], None]


class Rest(NamedTuple):
    """How learning came to rest after a pause."""

    seconds: float
    settled: bool


class Websites:
    """Submitted sites by name."""

    def __init__(
        self,
        api: Api,
        *,
        ids: Mapping[str, str] | None = None,
        proposed: Mapping[str, int] | None = None,
        publish_seconds: float = 0.0,
    ) -> None:
        """``ids`` and ``proposed`` (tasks): of websites surveyed before; ``publish_seconds``: the learner's."""
        self._api = api
        self._standstill = INTERVALS * publish_seconds
        self.ids = dict(ids or {})
        self.proposed = dict(proposed or {})  # counted before any held-out task was recorded beside them
        self._practising: set[str] = set()
        self._uncounted: dict[str, int] = {}  # ended attempts that were not scored, when it was last counted

    async def get(self, path: str) -> Any:
        """Return what a GET gives; a single failure is not the end of a run."""
        for _ in range(GET_TRIES - 1):
            with suppress(PaeError):
                return await asyncio.to_thread(self._api.get, path)
            await asyncio.sleep(LOOK_SECONDS)
        return await asyncio.to_thread(self._api.get, path)

    async def _post(self, path: str, body: object = None) -> Any:
        return await asyncio.to_thread(self._api.post, path, body)

    async def survey(self, site: str, url: str, bounds: SurveyBounds, note: Note, *, practised: bool) -> None:
        """Have a site surveyed; it is left paused, or where it is never to be practised, finished.

        Raises:
            PaeError: it cannot be surveyed, or an unseen one was practised.
        """
        body: dict[str, Any] = {
            "url": url,
            "name": site,
            "safety": {"pages_per_second": 500, "third_party_resources": False},
            "survey": bounds.model_dump(),
        }
        if not practised:
            body["budget"] = {"minutes": NO_MINUTES}
        website = self.ids[site] = str((await self._post("/v1/websites", body))["id"])
        wanted = "practising" if practised else "finished"
        deadline = time.monotonic() + SURVEY_SECONDS
        while True:
            known = (await self.get(f"/v1/websites/{website}"))["website"]
            note(known["status_reason"])
            if known["status"] == wanted:
                break
            if known["status"] not in ("submitted", "surveying", "practising") or time.monotonic() > deadline:
                raise PaeError(f"{site} is {known['status']}: {known['status_reason'] or 'no reason given'}")
            await asyncio.sleep(SOON_SECONDS)
        if practised:
            await self._post(f"/v1/websites/{website}/pause")
        view = await self.get(f"/v1/websites/{website}")
        self.proposed[site] = view["tasks"]
        if not practised and view["attempts"]:
            raise PaeError(f"{site} was practised, though it is to stay unseen")

    async def resume(self, sites: Iterable[str]) -> None:
        """Have sites practised."""
        for site in sites:
            await self._post(f"/v1/websites/{self.ids[site]}/resume")
            self._practising.add(site)

    async def pause(self, sites: Iterable[str] | None = None) -> None:
        """Halt practice, on all sites by default; a site that does not practise is left alone."""
        for site in sorted(self._practising if sites is None else self._practising & set(sites)):
            await self._post(f"/v1/websites/{self.ids[site]}/pause")
            self._practising.discard(site)

    async def look(self, sites: Sequence[str]) -> tuple[int, float | None]:
        """Return how many scored attempts there are on these sites, and the share of successes in the latest.

        Raises:
            PaeError: a site that is to practise does so no more.
        """
        attempts, recent = 0, []
        for site in sites:
            view = await self.get(f"/v1/websites/{self.ids[site]}")
            known = view["website"]
            if site in self._practising and known["status"] != "practising":
                raise PaeError(f"practice on {site} ended, it is {known['status']}: {known['status_reason']}")
            attempts += view["attempts"] - self._uncounted.get(site, 0)
            recent += [view["recent_success"]] if view["recent_success"] is not None else []
        return attempts, sum(recent) / len(recent) if recent else None

    async def rest(self, sites: Sequence[str], *, longest: float | None = None) -> Rest:
        """Wait, within bounds, until no attempt is under way on these sites and no new policy version appears.

        ``longest``: seconds to wait for the learner, where these are not the usual.
        """
        longest = STANDSTILL_SECONDS if longest is None else longest
        begun = time.monotonic()
        while time.monotonic() - begun < ENDING_SECONDS:
            views = [await self.get(f"/v1/websites/{self.ids[site]}") for site in sites]
            if not any(view["running"] for view in views):
                break
            await asyncio.sleep(LOOK_SECONDS)
        ended = since = time.monotonic()
        version = await self.version()
        while (now := time.monotonic()) - ended < longest:
            if now - since >= self._standstill:
                return Rest(now - begun, settled=True)
            await asyncio.sleep(min(LOOK_SECONDS, self._standstill / 4))
            if (newest := await self.version()) != version:
                version, since = newest, time.monotonic()
        return Rest(time.monotonic() - begun, settled=False)

    async def has_policy(self) -> bool:
        """Return whether the learner has published anything, if only random weights."""
        return bool((await self.get("/v1/policies?limit=1"))["items"])

    async def version(self) -> int:
        """Return the active policy version."""
        for view in (await self.get("/v1/policies?limit=1"))["items"]:
            return int(view["policy"]["version"])
        return 0

    async def counted(self, sites: Sequence[str]) -> Mapping[str, SitePractice]:
        """Return what was practised so far, counted anew; call it while practice is paused."""
        found = {}
        for site in sites:
            view = await self.get(f"/v1/websites/{self.ids[site]}")
            curve = (await self.get(f"/v1/websites/{self.ids[site]}/curriculum"))["curve"]
            attempts = sum(window["attempts"] for window in curve)
            self._uncounted[site] = view["attempts"] - attempts
            found[site] = SitePractice(
                tasks=self.proposed[site],
                attempts=attempts,
                successes=sum(window["successes"] for window in curve),
                recent=view["recent_success"],
            )
        return found
