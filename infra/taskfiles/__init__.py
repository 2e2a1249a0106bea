"""Other people's task files: WebVoyager's JSON lines and WebArena's JSON list, as tasks on a website.

Pure: text in, tasks out. What a file's own evaluation says becomes evidence where evidence can say the same; a task
whose evaluation it cannot express has none, and metadata says why: its attempts are unscored. Tasks that do not start
on the website are rejected with a reason, never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from infra.contracts.base import new_id
from infra.contracts.task import Origin, Task
from infra.contracts.website import Website
from infra.egress import host_allowed, parse_url
from infra.errors import InvalidInput
from infra.taskfiles.entries import Entry, Format, entries_of
from infra.taskfiles.evaluations import PLACEHOLDER, hosts_of, judged, mapped

__all__ = ["Format", "Rejected", "TaskFile", "hosts_of", "read"]

MAX_STEPS = 30


class Rejected(NamedTuple):
    """A task that cannot be tried on the website."""

    id: str
    line: int
    reason: str


class TaskFile(NamedTuple):
    """What a file holds. A task's metadata has ``file_id``, ``file_site`` and, without evidence, ``unscored``."""

    format: Format
    tasks: tuple[Task, ...]
    rejected: tuple[Rejected, ...]


def read(content: str, website: Website, hosts: Mapping[str, str], origin: Origin) -> TaskFile:
    """Return the tasks of a file.

    ``hosts`` says which URL a placeholder such as __SHOPPING__ stands for; where the file uses a single one and
    nothing is said of it, it is the website's own.

    Raises:
        InvalidInput: the file has neither format, or is broken; the message names the line.
    """
    form, entries = entries_of(content)
    hosts = _completed(hosts, entries, website)
    tasks: list[Task] = []
    rejected: list[Rejected] = []
    for entry in entries:
        try:
            start = _start(entry, website, hosts)
        except InvalidInput as error:
            rejected.append(Rejected(entry.id, entry.line, str(error)))
            continue
        tasks.append(_task(entry, start, website, hosts, origin))
    return TaskFile(form, tuple(tasks), tuple(rejected))


def _completed(hosts: Mapping[str, str], entries: Sequence[Entry], website: Website) -> Mapping[str, str]:
    used: set[str] = set()
    for entry in entries:
        reference = entry.eval.reference_url if entry.eval is not None else None
        used |= set(PLACEHOLDER.findall(f"{entry.start} {reference or ''}"))
    if len(used) == 1 and not hosts:
        return {used.pop(): website.url.rstrip("/")}
    return hosts


def _start(entry: Entry, website: Website, hosts: Mapping[str, str]) -> str:
    if "|AND|" in entry.start:
        raise InvalidInput("it starts on several pages at once")
    parsed = parse_url(mapped(entry.start, hosts))
    if not host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts):
        raise InvalidInput(
            f"it starts on {parsed.host}:{parsed.port}, which is none of the website's hosts:"
            f" {', '.join(website.allowed_hosts)}"
        )
    return parsed.url


def _task(entry: Entry, start: str, website: Website, hosts: Mapping[str, str], origin: Origin) -> Task:
    done = judged(entry.eval, hosts)
    metadata = {"file_id": entry.id, "file_site": entry.site}
    return Task(
        id=new_id("tsk"),
        website_id=website.id,
        instruction=entry.instruction,
        start_url=start,
        kind=done.kind,
        origin=origin,
        max_steps=MAX_STEPS,
        skill=f"{done.kind}:{entry.site or 'given'}",
        evidence=done.evidence,
        metadata=metadata if done.evidence is not None else {**metadata, "unscored": done.unscored},
    )
