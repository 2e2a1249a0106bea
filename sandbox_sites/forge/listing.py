"""Lists: filter and sort. Wrong values of parameters count as not given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox_sites.forge.now import Now
from sandbox_sites.forge.records import LABELS, Issue, Repo

STATES = {"": "Open", "closed": "Closed", "all": "All states"}
SORTS = {"": "Newest", "oldest": "Oldest", "comments": "Most discussed", "title": "By title"}
_SORT_KEYS: dict[str, Callable[[Issue], Any]] = {
    "": lambda issue: (-issue.opened.toordinal(), issue.title),
    "oldest": lambda issue: (issue.opened, issue.title),
    "comments": lambda issue: (-len(issue.comments), issue.title),
    "title": lambda issue: issue.title,
}
REPO_SORTS = {"": "Name", "stars": "Most stars", "forks": "Most forks", "newest": "Youngest"}
_REPO_KEYS: dict[str, Callable[[Repo], Any]] = {
    "": lambda repo: repo.name,
    "stars": lambda repo: (-repo.stars, repo.name),
    "forks": lambda repo: (-repo.forks, repo.name),
    "newest": lambda repo: (-repo.created.toordinal(), repo.name),
}


def whole(text: str) -> int | None:
    """Read a whole number of at most six digits; None for anything else."""
    # isdigit would let superscripts through, which int refuses.
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def matches(query: str, *texts: str) -> bool:
    """Return whether the texts hold every word of a query."""
    held = " ".join(texts).lower()
    return all(word in held for word in query.lower().split())


@dataclass(frozen=True, slots=True)
class IssueList:
    """A repository's issues, with what was chosen."""

    issues: Sequence[Issue]
    chosen: Mapping[str, str]
    closed_lately: Sequence[Issue] = field(default_factory=tuple)

    @property
    def states(self) -> Mapping[str, str]:
        """Choices of state."""
        return STATES

    @property
    def sorts(self) -> Mapping[str, str]:
        """Choices of order."""
        return SORTS

    @classmethod
    def of(cls, now: Now, repo: Repo, query: Mapping[str, str]) -> IssueList:
        """Filter and sort."""
        people = {user.handle for user in now.users()}
        plans = {plan.title for plan in now.milestones(repo)}
        allowed: dict[str, Iterable[str]] = {
            "state": STATES, "label": LABELS, "assignee": people, "milestone": plans, "sort": SORTS,
        }  # fmt: skip
        chosen = {name: query[name] for name, values in allowed.items() if query.get(name) and query[name] in values}
        if query.get("q", "").strip():
            chosen["q"] = query["q"].strip()
        found = now.issues(repo)
        shown = [issue for issue in found if _wanted(issue, chosen)]
        shown.sort(key=_SORT_KEYS[chosen.get("sort", "")])
        lately = () if chosen else tuple(issue for issue in found if issue.state == "closed")
        return cls(shown, chosen, lately)


def _wanted(issue: Issue, chosen: Mapping[str, str]) -> bool:
    state = chosen.get("state", "open")
    return (
        state in ("all", issue.state)
        and chosen.get("label", "") in ("", *issue.labels)
        and chosen.get("assignee", "") in ("", issue.assignee)
        and chosen.get("milestone", "") in ("", issue.milestone)
        and matches(chosen.get("q", ""), issue.title, issue.body)
    )


@dataclass(frozen=True, slots=True)
class RepoList:
    """Repositories, with what was chosen."""

    repos: Sequence[Repo]
    chosen: Mapping[str, str]
    languages: Sequence[str]
    topics: Sequence[str]

    @property
    def sorts(self) -> Mapping[str, str]:
        """Choices of order."""
        return REPO_SORTS

    @classmethod
    def of(cls, now: Now, query: Mapping[str, str]) -> RepoList:
        """Filter and sort."""
        found = now.repos()
        languages = sorted({repo.language for repo in found})
        topics = sorted({topic for repo in found for topic in repo.topics})
        allowed: dict[str, Iterable[str]] = {"language": languages, "topic": topics, "sort": REPO_SORTS}
        chosen = {name: query[name] for name, values in allowed.items() if query.get(name) and query[name] in values}
        shown = [
            repo
            for repo in found
            if chosen.get("language", repo.language) == repo.language and chosen.get("topic", "") in ("", *repo.topics)
        ]
        shown.sort(key=_REPO_KEYS[chosen.get("sort", "")])
        return cls(shown, chosen, languages, topics)
