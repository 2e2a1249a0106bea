"""What people may ask for, whether by the API or on the dashboard: the store first, then the mirror, then the news."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infra.attempts import finish
from infra.blobs.base import Blobs
from infra.contracts.attempt import TERMINAL, AttemptState
from infra.contracts.base import new_id
from infra.contracts.messages import WebsiteSubmitted
from infra.contracts.policy import PolicyVersion
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.website import HALTED, Website, WebsiteStatus
from infra.control import Control
from infra.documents import folders
from infra.egress import check_url, host_allowed, parse_url
from infra.errors import Conflict, InvalidInput, StoreError
from infra.store.base import Store
from infra.streams.base import Bus

#: Times that blobs are tried to be removed, and seconds between them.
REMOVALS, REMOVAL_SECONDS = 4, 0.5
_OVER = frozenset({WebsiteStatus.STOPPED, WebsiteStatus.FINISHED, WebsiteStatus.FAILED})


def own_host(url: str) -> str:
    """Return what ``allowed_hosts`` calls a URL's host: ``host``, or ``host:port`` for a port of its own."""
    parsed = parse_url(url)
    bare = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
    return bare if host_allowed(parsed.host, parsed.port, parsed.scheme, (bare,)) else f"{bare}:{parsed.port}"


def _check_host(host: str) -> None:
    """Raise InvalidInput where this is neither ``host`` nor ``host:port``."""
    try:
        parsed = parse_url(f"http://{host}/")
        same = host.lower().rstrip(".").removesuffix(f":{parsed.port}").strip("[]") == parsed.host
    except InvalidInput:
        same = False
    if not same or re.search(r"[\s*]", host):
        raise InvalidInput(f"allowed_hosts: “{host}” is neither a host nor host:port; give one entry for each host")


@dataclass(frozen=True, slots=True)
class Operations:
    """Every method raises NotFound for an unknown id, StoreError and StreamError where these are down."""

    store: Store
    blobs: Blobs
    bus: Bus
    control: Control
    allow_private: Sequence[str] = ()

    async def submit(self, website: Website, pictures: Mapping[str, bytes] | None = None) -> Website:
        """Take a website up: check its addresses, store it, have it surveyed. ``pictures``: its demos', by blob key.

        Raises:
            InvalidInput: its URL is none, its host does not resolve, or is not among the allowed ones.
            ForbiddenAddress: its URL or one of its hosts is not public, and the operator does not allow it.
        """
        parsed = parse_url(website.url)
        if not host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts):
            raise InvalidInput(f"allowed_hosts must name the website's own host, {own_host(website.url)}")
        for host in website.allowed_hosts:
            _check_host(host)
        await check_url(website.url, allow_private=self.allow_private)
        for key, picture in (pictures or {}).items():
            await self.blobs.put(key, picture)
        await self.store.add_website(website)
        await self._announce(website.id)
        return website

    async def _announce(self, website_id: str) -> None:
        await self.bus.publish(WebsiteSubmitted(id=new_id("sub"), website_id=website_id))

    async def pause(self, website_id: str) -> Website:
        """Halt practice until resumed. Raises Conflict where practice is over."""
        return await self._set(website_id, WebsiteStatus.PAUSED, "paused by a user", _OVER)

    async def stop(self, website_id: str) -> Website:
        """End practice; running attempts end before their next action. Raises Conflict where it has failed."""
        return await self._set(website_id, WebsiteStatus.STOPPED, "stopped by a user", frozenset())

    async def resume(self, website_id: str) -> Website:
        """Practise on, or survey again what failed. Raises Conflict where nothing halts it."""
        website = await self.store.website(website_id)
        if website.status not in HALTED:
            raise Conflict(f"the website is {website.status} already: there is nothing to resume")
        known = await self.store.count_tasks(website_id)
        if known and website.practice_started_at is not None:
            return await self._set(website_id, WebsiteStatus.PRACTISING, "", frozenset())
        resumed = await self._set(website_id, WebsiteStatus.SUBMITTED, "", frozenset())
        await self._announce(website_id)
        return resumed

    async def _set(
        self, website_id: str, status: WebsiteStatus, reason: str, unless: frozenset[WebsiteStatus]
    ) -> Website:
        if not await self.store.set_website_status(website_id, status, reason, unless=unless):
            present = await self.store.website(website_id)
            raise Conflict(f"the website is {present.status}: it cannot become {status}")
        await self.control.set_website(website_id, status)
        return await self.store.website(website_id)

    async def delete(self, website_id: str) -> None:
        """Forget a website and everything recorded for it; policy versions stay."""
        await self.stop(website_id)
        await self.store.delete_website(website_id)
        for prefix in folders(website_id):
            await self._remove(prefix)

    async def _remove(self, prefix: str) -> None:
        """Delete blobs; what is written meanwhile by an attempt that ends just now is no obstacle."""
        for left in reversed(range(REMOVALS)):
            try:
                await self.blobs.delete_prefix(prefix)
                return
            except StoreError:
                if not left:
                    raise
                await asyncio.sleep(REMOVAL_SECONDS)

    async def stop_attempt(self, attempt_id: str) -> None:
        """End one attempt before its next action. Raises Conflict where it has ended."""
        attempt = await self.store.attempt(attempt_id)
        if attempt.state in TERMINAL:
            raise Conflict(f"the attempt has ended already: {attempt.state}")
        await self.control.stop_attempt(attempt_id)
        if attempt.state is AttemptState.RECORDED:
            return  # nothing acts any more; its verdict is on the way
        verdict = Verdict(
            attempt_id=attempt_id,
            outcome=Outcome.STOPPED,
            reward=None,
            reason="Stopped by a user.",
            evaluator="user",
        )
        await finish(self.store, self.bus, attempt_id, verdict, cause="stopped by a user")

    async def set_stopped(self, stopped: bool) -> None:
        """Stop everything, or let everything go on."""
        await self.store.set_stopped(stopped)
        await self.control.set_all(stopped)

    async def activate_policy(self, version: int) -> PolicyVersion:
        """Have every agent act with this version from its next attempt on.

        Raises:
            NotFound: there is no such version.
            Conflict: it is of another network than the one that is active, or its weights are not kept any more.
        """
        wanted, active = await self.store.policy(version), await self.store.active_policy()
        if active is not None and (wanted.backend, wanted.shape) != (active.backend, active.shape):
            raise Conflict(
                f"policy version {version} was made by another version of this program, or for another policy.backend; "
                "its weights do not fit: activate a newer one"
            )
        if wanted.backend == "element" and not await self.blobs.exists(wanted.weights):
            raise Conflict(
                f"the weights of policy version {version} are not kept any more: activate a newer one "
                "(learner.keep_versions says how many are)"
            )
        await self.store.activate_policy(version)
        return wanted
