"""From proposals to tasks. What cannot be one is counted by its reason, never dropped in silence. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

from pydantic import ValidationError

from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Origin, Task, TaskKind
from infra.contracts.website import Website
from infra.egress import host_allowed, parse_url
from infra.errors import InvalidInput
from infra.urls import canonical_url
from proposer.grounded.tasks import MAX_INSTRUCTION, task_id
from proposer.llm.likeness import Likeness
from proposer.llm.proposals import Proposal
from proposer.reading import fold

MOST_CRITERIA, LONGEST_CRITERION = 6, 400
MOST_ACTIONS = 40
#: Kinds that cannot be done without sending something.
CHANGING = frozenset({TaskKind.CHANGE, TaskKind.FILL})
#: How a description gives credentials.
_CREDENTIALS = re.compile(r"\b(password|passwort|credentials?|log ?in with|sign ?in with)\b", re.IGNORECASE)
_NO_WORD = re.compile(r"[^a-z0-9]+")


def accept(
    given: Iterable[object],
    website: Website,
    sitemap: SiteMap | None,
    known: Sequence[str],
    likeness: Likeness,
    dropped: Counter[str],
) -> list[Task]:
    """Return the proposals that are tasks; ``dropped`` counts the others. ``known``: instructions there are already."""
    tasks: list[Task] = []
    instructions = list(known)
    pages = {page.url for page in sitemap.pages} if sitemap is not None else None
    for one in given:
        try:
            proposal = Proposal.model_validate(one)
        except ValidationError:
            dropped["proposed: malformed"] += 1
            continue
        instruction = " ".join(proposal.instruction.split())
        start = _start(proposal.start_path, website, pages)
        reason = _wrong(proposal, instruction, start, website)
        if reason is None and likeness.same(instruction, instructions):
            reason = "duplicate"
        if reason is not None or start is None:
            dropped[f"proposed: {reason}"] += 1
            continue
        instructions.append(instruction)
        tasks.append(_task(proposal, instruction, start, website))
    return tasks


def _wrong(proposal: Proposal, instruction: str, start: str | None, website: Website) -> str | None:
    """Return why a proposal cannot be a task; None where it can."""
    criteria = _criteria(proposal)
    if not instruction:
        return "no instruction"
    if len(instruction) > MAX_INSTRUCTION:
        return "too long"
    if not criteria:
        return "no rubric"
    if len(criteria) > MOST_CRITERIA or any(len(text) > LONGEST_CRITERION for text in criteria):
        return "rubric too long"
    if proposal.needs_sign_in and not _CREDENTIALS.search(website.description):
        return "needs signing in"
    if not website.safety.submit_forms and TaskKind(proposal.kind) in CHANGING:
        return "changes something"
    if not 0 <= proposal.actions <= MOST_ACTIONS:
        return "too many actions"
    return "unknown start page" if start is None else None


def _criteria(proposal: Proposal) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for one in proposal.rubric if (text := " ".join(one.split()))))


def _start(path: str, website: Website, pages: set[str] | None) -> str | None:
    """Return the start page's URL; None where it is not on the map, or not on the website."""
    if path.strip() in ("", "/"):
        return website.url
    try:
        url = urljoin(website.url, path.strip())
        parsed = parse_url(url)
    except (InvalidInput, ValueError):
        return None
    if not host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts):
        return None
    if canonical_url(url) == canonical_url(website.url):
        return website.url
    return url if pages is None or canonical_url(url) in pages else None


def _task(proposal: Proposal, instruction: str, start: str, website: Website) -> Task:
    family = _NO_WORD.sub("-", fold(proposal.skill)).strip("-")[:40] or "other"
    return Task(
        id=task_id(website.id, instruction, start),
        website_id=website.id,
        instruction=instruction,
        start_url=start,
        kind=TaskKind(proposal.kind),
        origin=Origin.LLM,
        depth=proposal.actions,
        max_steps=min(60, 2 * proposal.actions + 6),
        skill=f"{proposal.kind}:{family}",
        rubric=_criteria(proposal),
        metadata={"ending": proposal.ending},
    )
