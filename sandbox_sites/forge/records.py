"""What the forge holds: people, repositories and all that hangs on them. Nothing here ever changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

#: Labels of all repositories with the colours of their badges.
LABELS = {
    "bug": "#b3261e",
    "feature": "#1f6f43",
    "docs": "#2b5fa8",
    "performance": "#8a5a00",
    "security": "#7a1f5c",
    "needs-info": "#5b5f66",
    "help-wanted": "#0f6f78",
    "quick-win": "#5a4fb0",
}


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account."""

    handle: str
    name: str
    bio: str
    location: str
    joined: date
    website: str


@dataclass(frozen=True, slots=True)
class Group:
    """Several people who own repositories together."""

    handle: str
    name: str
    about: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote below an issue or a merge request."""

    author: str
    when: date
    text: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to be done. ``assignee`` and ``milestone`` may be empty."""

    repo: str
    number: int
    title: str
    body: str
    author: str
    opened: date
    state: str = "open"
    labels: tuple[str, ...] = ()
    assignee: str = ""
    milestone: str = ""
    comments: tuple[Comment, ...] = ()

    @property
    def key(self) -> str:
        """What the state calls it."""
        return f"{self.repo}#{self.number}"

    @property
    def path(self) -> str:
        """Where it is shown."""
        return f"/{self.repo}/issues/{self.number}"


@dataclass(frozen=True, slots=True)
class Check:
    """What an automatic check of a merge request came to."""

    name: str
    result: str  # passed, failed or running
    seconds: int


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge request. ``needed`` approvals allow it to be merged."""

    repo: str
    number: int
    title: str
    body: str
    source: str
    target: str
    author: str
    opened: date
    state: str = "open"
    checks: tuple[Check, ...] = ()
    needed: int = 1
    approved: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0
    comments: tuple[Comment, ...] = ()

    @property
    def key(self) -> str:
        """What the state calls it."""
        return f"{self.repo}!{self.number}"

    @property
    def path(self) -> str:
        """Where it is shown."""
        return f"/{self.repo}/merges/{self.number}"

    @property
    def failed(self) -> str:
        """The name of the first check that failed, or nothing."""
        return next((check.name for check in self.checks if check.result == "failed"), "")


@dataclass(frozen=True, slots=True)
class Milestone:
    """What issues are planned for."""

    title: str
    due: date
    about: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a release."""

    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Release:
    """A published version."""

    version: str
    when: date
    notes: tuple[str, ...]
    assets: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """A change of the code."""

    sha: str
    message: str
    author: str
    when: date
    files: tuple[tuple[str, int, int], ...]  # path, lines added, lines removed


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of work."""

    name: str
    author: str
    when: date
    ahead: int
    behind: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the default branch."""

    path: str
    text: str
    commit: Commit


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository."""

    owner: str
    name: str
    about: str
    language: str
    licence: str
    stars: int
    forks: int
    topics: tuple[str, ...]
    default_branch: str
    created: date
    visibility: str = "public"
    archived: bool = False
    forked_from: str = ""
    features: tuple[str, ...] = ()
    install: str = ""
    files: tuple[SourceFile, ...] = ()
    commits: tuple[Commit, ...] = ()
    branches: tuple[Branch, ...] = ()
    releases: tuple[Release, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    issues: tuple[Issue, ...] = ()
    merges: tuple[Merge, ...] = ()

    @property
    def full(self) -> str:
        """Owner and name."""
        return f"{self.owner}/{self.name}"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A small piece of code that somebody shares."""

    id: str
    title: str
    file: str
    language: str
    text: str
    author: str
    when: date
    visibility: str = "public"


@dataclass(frozen=True, slots=True)
class Key:
    """An SSH key."""

    title: str
    fingerprint: str
    added: date


@dataclass(frozen=True, slots=True)
class World:
    """All that an instance of the forge holds; ``me`` is who is signed in."""

    me: User
    today: date
    users: tuple[User, ...]
    groups: tuple[Group, ...]
    repos: tuple[Repo, ...]
    snippets: tuple[Snippet, ...]
    keys: tuple[Key, ...]
    starred: tuple[str, ...]
    notifications: dict[str, bool]
    limits: dict[str, str]
    by_handle: dict[str, User] = field(default_factory=dict)

    def repo(self, full: str) -> Repo:
        """Return a repository that exists."""
        return next(repo for repo in self.repos if repo.full == full)

    def name(self, handle: str) -> str:
        """Return what a person is called."""
        user = self.by_handle.get(handle)
        return user.name if user else handle

    def mine(self, owner: str) -> bool:
        """Return whether the signed-in person looks after this owner's repositories."""
        return owner == self.me.handle or any(g.handle == owner and self.me.handle in g.members for g in self.groups)
