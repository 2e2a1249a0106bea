"""What a benchmark run is to do: which policy version, which tasks, and on which website's account."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from evaluator.benchmark.control import BenchmarkTask, ControlClient, SiteInfo, Split, Wording
from infra.contracts.base import Contract
from infra.contracts.website import Website, WebsiteStatus
from infra.egress import host_allowed, parse_url
from infra.errors import Conflict, InvalidInput
from infra.store.base import Store


class BenchmarkOptions(Contract):
    """What to measure."""

    control: str = Field(description="base URL of the control server")
    secret: SecretStr
    sites: tuple[str, ...] = Field(
        default=(), description="sites, or groups of them such as unseen; empty: all that the control server has"
    )
    split: Literal["development", "final", "all"] = "development"
    wording: Wording = Field(default="people", description="plain: in the site's own words, where it knows them")
    version: int | Literal["active", "random", "oracle"] = "active"
    perturbed: tuple[str, ...] = Field(default=(), description="perturbations of every session, as the sites name them")
    limit: int | None = Field(default=None, ge=1, description="most tasks per site, spread over its list")
    website_id: str | None = Field(default=None, description="attach to this website where it covers the site's host")
    concurrency: int = Field(default=4, ge=1, le=64)
    attempt_seconds: float = Field(
        default=300.0, gt=0, description="wait for one attempt's terminal record, queue included"
    )
    dashboard: str = Field(default="", description="base URL of the dashboard, for links to attempts")
    retries: int = Field(default=2, ge=0, le=10)


class Job(NamedTuple):
    """One held-out task to be done."""

    site: SiteInfo
    website_id: str
    task: BenchmarkTask


async def pinned_version(store: Store, wanted: int | Literal["active", "random", "oracle"]) -> int | None:
    """Pin the version once, so that a policy published meanwhile does not blur the figure; None: no policy acts."""
    if wanted == "oracle":
        return None
    if wanted == "random":
        return 0
    if wanted == "active":
        active = await store.active_policy()
        return active.version if active is not None else 0
    await store.policy(wanted)
    return wanted


async def plan(store: Store, control: ControlClient, options: BenchmarkOptions) -> list[Job]:
    known = {site.site: site for site in await control.sites()}
    chosen = _chosen(known, options.sites)
    given = await store.website(options.website_id) if options.website_id is not None else None
    if given is not None and not any(covers(given, site) for site in chosen):
        raise InvalidInput(f"{given.name} ({', '.join(given.allowed_hosts)}) covers none of the benchmark's sites")
    jobs: list[Job] = []
    splits: tuple[Split, ...] = ("development", "final") if options.split == "all" else (options.split,)
    for site in chosen:
        own = given if given is not None and covers(given, site) else await _own_website(store, site)
        tasks = [task for split in splits for task in await control.tasks(site.site, split, options.wording)]
        jobs += [Job(site, own.id, task) for task in _spread(tasks, options.limit)]
    return jobs


def _chosen(known: Mapping[str, SiteInfo], wanted: Sequence[str]) -> list[SiteInfo]:
    """Return the sites that are named, by themselves or by their group."""
    groups = {site.group for site in known.values() if site.group}
    unknown = set(wanted) - set(known) - groups
    if unknown:
        there = ", ".join([*sorted(known), *sorted(groups)])
        raise InvalidInput(f"no such site: {', '.join(sorted(unknown))}; there are: {there}")
    return [site for name, site in sorted(known.items()) if not wanted or name in wanted or site.group in wanted]


def covers(website: Website, site: SiteInfo) -> bool:
    """Return whether the site is one of the website's hosts."""
    parsed = parse_url(site.url)
    return host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts)


def _spread(tasks: Sequence[BenchmarkTask], limit: int | None) -> list[BenchmarkTask]:
    """Return at most ``limit`` tasks, evenly over the list: neighbours in it are often of one kind."""
    if limit is None or limit >= len(tasks):
        return list(tasks)
    return [tasks[index * len(tasks) // limit] for index in range(limit)]


async def _own_website(store: Store, site: SiteInfo) -> Website:
    """Return the record that attempts on an unpractised site belong to: finished, so that nothing practises it."""
    netloc = urlsplit(site.url).netloc
    website = Website(
        id=f"web_bench_{hashlib.sha256(site.url.encode()).hexdigest()[:12]}",
        url=site.url,
        name=f"benchmark: {site.title or site.site}",
        allowed_hosts=(netloc,),
        status=WebsiteStatus.FINISHED,
        status_reason="measured only, never practised",
        metadata={"hidden": True, "benchmark": site.site},
    )
    try:
        await store.add_website(website)
    except Conflict:
        return await store.website(website.id)
    return website
