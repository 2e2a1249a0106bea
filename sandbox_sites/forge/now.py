"""The forge as one visitor sees it: the seed with the visitor's changes laid over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sandbox_sites.forge.records import LABELS, Comment, Issue, Key, Merge, Milestone, Repo, Snippet, User, World
from sandbox_sites.forge.state import ForgeState

FINGERPRINT = 16  # characters


def _overlaid(issue: Issue, changed: dict[str, Any]) -> Issue:
    labels = changed.get("labels", issue.labels)
    return replace(issue, **{**changed, "labels": tuple(name for name in LABELS if name in labels)})


@dataclass(frozen=True, slots=True)
class Now:
    """What there is now."""

    world: World
    state: ForgeState

    @property
    def me(self) -> User:
        """Who is signed in, or was."""
        changed: dict[str, Any] = dict(self.state.profile)
        return replace(self.world.me, **changed)

    def users(self) -> list[User]:
        """Return everybody."""
        return [self.me, *self.world.users[1:]]

    def name(self, handle: str) -> str:
        """Return what a person or group is called."""
        return next((user.name for user in self.users() if user.handle == handle), handle)

    def live(self, repo: Repo) -> Repo:
        """Return a repository of the seed as it is now."""
        changed = self.state.repos.get(repo.full, {})
        starred = self.state.stars.get(repo.full)
        stars = repo.stars + (0 if starred is None else 1 if starred else -1)
        forks = repo.forks + sum(fork["of"] == repo.full for fork in self.state.forks)
        return replace(repo, **changed, stars=stars, forks=forks)

    def repos(self) -> list[Repo]:
        """Return all repositories, the visitor's forks last."""
        return [*map(self.live, self.world.repos), *map(self._fork, self.state.forks)]

    def _fork(self, fork: dict[str, str]) -> Repo:
        return replace(
            self.world.repo(fork["of"]), owner=self.world.me.handle, name=fork["name"], forked_from=fork["of"], stars=0,
            forks=0, issues=(), merges=(), milestones=(), releases=(), created=self.world.today,
            **self.state.repos.get(f"{self.world.me.handle}/{fork['name']}", {}),
        )  # fmt: skip

    def repo(self, full: str) -> Repo | None:
        """Return a repository by owner and name."""
        return next((repo for repo in self.repos() if repo.full == full), None)

    def of(self, owner: str) -> list[Repo]:
        """Return an owner's repositories."""
        return [repo for repo in self.repos() if repo.owner == owner]

    def starred(self, full: str) -> bool:
        """Return whether the visitor has starred a repository."""
        return self.state.stars.get(full, full in self.world.starred)

    def watching(self, full: str) -> str:
        """Return how closely the visitor watches a repository."""
        return self.state.watching.get(full, "mentions")

    def _comments(self, key: str) -> tuple[Comment, ...]:
        texts = self.state.comments.get(key, [])
        return tuple(Comment(self.world.me.handle, self.world.today, text) for text in texts)

    def seeded(self, repo: Repo) -> list[Issue]:
        """Return a repository's issues without what was changed of them since they were opened."""
        issues = list(repo.issues)
        for new in (new for new in self.state.opened if new["repo"] == repo.full):
            issues.insert(
                0,
                Issue(
                    repo.full, max((issue.number for issue in issues), default=0) + 1, new["title"], new["body"],
                    self.world.me.handle, self.world.today, labels=tuple(new["labels"]), assignee=new["assignee"],
                    milestone=new["milestone"],
                ),
            )  # fmt: skip
        return issues

    def issues(self, repo: Repo) -> list[Issue]:
        """Return a repository's issues, newest first."""
        return [
            replace(
                _overlaid(issue, self.state.issues.get(issue.key, {})),
                comments=issue.comments + self._comments(issue.key),
            )
            for issue in self.seeded(repo)
        ]

    def issue(self, repo: Repo, number: int) -> Issue | None:
        """Return one issue."""
        return next((issue for issue in self.issues(repo) if issue.number == number), None)

    def all_issues(self) -> list[Issue]:
        """Return the issues of all repositories."""
        return [issue for repo in self.repos() for issue in self.issues(repo)]

    def merges(self, repo: Repo) -> list[Merge]:
        """Return a repository's merge requests, newest first."""
        found = list(repo.merges)
        for new in (new for new in self.state.proposed if new["repo"] == repo.full):
            number = max((merge.number for merge in found), default=0) + 1
            fields: dict[str, Any] = {name: new[name] for name in ("title", "body", "source", "target")}
            found.insert(
                0, Merge(repo.full, number, author=self.world.me.handle, opened=self.world.today, needed=1, **fields)
            )
        return [self._merge(merge) for merge in found]

    def _merge(self, merge: Merge) -> Merge:
        changed = self.state.merges.get(merge.key, {})
        approved = merge.approved + ((self.world.me.handle,) if changed.get("approved") else ())
        return replace(
            merge,
            state=changed.get("state", merge.state),
            approved=approved,
            comments=merge.comments + self._comments(merge.key),
        )

    def merge(self, repo: Repo, number: int) -> Merge | None:
        """Return one merge request."""
        return next((merge for merge in self.merges(repo) if merge.number == number), None)

    def milestones(self, repo: Repo) -> list[Milestone]:
        """Return a repository's milestones, those due first first."""
        new = [
            Milestone(plan["title"], date.fromisoformat(plan["due"]), plan["about"])
            for plan in self.state.milestones
            if plan["repo"] == repo.full
        ]
        return sorted([*repo.milestones, *new], key=lambda plan: (plan.due, plan.title))

    def progress(self, repo: Repo, milestone: str) -> tuple[int, int]:
        """Return how many issues of a milestone are closed, and how many there are."""
        issues = [issue for issue in self.issues(repo) if issue.milestone == milestone]
        return sum(issue.state == "closed" for issue in issues), len(issues)

    def ssh_keys(self) -> list[Key]:
        """Return the visitor's SSH keys."""
        kept = [key for key in self.world.keys if key.title not in self.state.keys_removed]
        new = [
            Key(key["title"], f"SHA256:{key['key'].split()[1][-FINGERPRINT:]}", self.world.today)
            for key in self.state.keys_added
        ]
        return [*new, *kept]

    def notified(self, name: str) -> bool:
        """Return whether the visitor gets mails about something."""
        return self.state.notifications.get(name, self.world.notifications[name])

    def snippets(self) -> list[Snippet]:
        """Return all snippets, newest first."""
        new = [
            Snippet(f"new-{n}", made["title"], made["file"], made["language"], made["text"], self.world.me.handle,
                    self.world.today, made["visibility"])
            for n, made in enumerate(self.state.snippets, start=1)
        ]  # fmt: skip
        return [*reversed(new), *self.world.snippets]
