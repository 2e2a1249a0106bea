"""Pages of a repository."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.forge.changing import REPO
from sandbox_sites.forge.listing import IssueList, whole
from sandbox_sites.forge.now import Now
from sandbox_sites.forge.records import Repo, World
from sandbox_sites.forge.seed import day
from sandbox_sites.forge.state import ForgeState

Visitor = Session[ForgeState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
RepoHandler = Callable[[Request, Visitor, Repo], Awaitable[Response]]
COMMITS = 7  # of the first page


class RepoPages:
    """Renders pages."""

    def __init__(self, world: World, web: Web[ForgeState]) -> None:
        self._world = world
        self._web = web

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        pages: dict[str, RepoHandler] = {
            "": self.overview, "/files/{path:path}": self.file, "/issues": self.issues, "/issues/new": self.new_issue,
            "/issues/{number}": self.issue, "/merges": self.merges, "/merges/new": self.new_merge,
            "/merges/{number}": self.merge, "/commits": self.commits, "/refs": self.refs,
            "/releases": self.releases, "/milestones": self.milestones, "/milestones/new": self.new_milestone,
            "/settings": self.settings,
        }  # fmt: skip
        return {REPO + path: self._found(page) for path, page in pages.items()}

    def data(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Any]]]:
        """Return the handlers of scripts' questions by path."""
        return {"/data/commits/{owner}/{name}": self.more_commits, "/data/commit/{owner}/{name}/{sha}": self.commit}

    def _found(self, page: RepoHandler) -> Handler:
        """Give a page its repository."""

        async def handle(request: Request, visitor: Visitor) -> Response:
            repo = self._repo(request, visitor)
            return self._web.missing(visitor) if repo is None else await page(request, visitor, repo)

        return handle

    def _repo(self, request: Request, visitor: Visitor) -> Repo | None:
        return Now(self._world, visitor.state).repo(f"{request.path_params['owner']}/{request.path_params['name']}")

    def _show(self, visitor: Visitor, repo: Repo, template: str, tab: str, **values: Any) -> Response:
        return self._web.render(visitor, template, repo=repo, tab=tab, mine=self._world.mine(repo.owner), **values)

    async def overview(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """What it is, its files, its README."""
        return self._show(visitor, repo, "overview.html", "code")

    async def file(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """One file."""
        file = next((file for file in repo.files if file.path == request.path_params["path"]), None)
        if file is None:
            return self._web.missing(visitor)
        return self._show(visitor, repo, "file.html", "code", file=file)

    async def issues(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """The issues."""
        listing = IssueList.of(Now(self._world, visitor.state), repo, request.query_params)
        return self._show(visitor, repo, "issues.html", "issues", listing=listing)

    async def new_issue(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """The form for an issue."""
        return self._show(visitor, repo, "issue_new.html", "issues", form={}, chosen=[], errors={})

    async def issue(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """One issue."""
        issue = Now(self._world, visitor.state).issue(repo, whole(request.path_params["number"]) or 0)
        if issue is None:
            return self._web.missing(visitor)
        return self._show(visitor, repo, "issue.html", "issues", issue=issue)

    async def merges(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """The merge requests: open ones first."""
        merges = Now(self._world, visitor.state).merges(repo)
        shown = [merge for merge in merges if merge.state == "open"]
        return self._show(
            visitor, repo, "merges.html", "merges", shown=shown, rest=[m for m in merges if m not in shown]
        )

    async def new_merge(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """The form for a merge request, in two steps."""
        if not self._world.mine(repo.owner):
            return self._web.missing(visitor)
        return self._show(visitor, repo, "merge_new.html", "merges", form={}, errors={})

    async def merge(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """One merge request."""
        merge = Now(self._world, visitor.state).merge(repo, whole(request.path_params["number"]) or 0)
        if merge is None:
            return self._web.missing(visitor)
        return self._show(visitor, repo, "merge.html", "merges", merge=merge)

    async def commits(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """The commits; a script brings older ones, or a link."""
        every = request.query_params.get("all") == "1"
        shown = repo.commits if every else repo.commits[:COMMITS]
        return self._show(visitor, repo, "commits.html", "commits", shown=shown)

    async def more_commits(self, request: Request, visitor: Visitor) -> Any:
        """Commits that come after the first ones."""
        repo = self._repo(request, visitor) if visitor.state.signed_in else None
        now, start = Now(self._world, visitor.state), whole(request.query_params.get("from", "")) or 0
        return [
            {"sha": c.sha, "message": c.message, "author": now.name(c.author), "handle": c.author, "when": day(c.when)}
            for c in (repo.commits[start : start + COMMITS] if repo else ())
        ]

    async def commit(self, request: Request, visitor: Visitor) -> Any:
        """The files that a commit touches."""
        repo = self._repo(request, visitor) if visitor.state.signed_in else None
        sha = request.path_params["sha"]
        return [
            {"path": path, "added": added, "removed": removed}
            for commit in (repo.commits if repo else ())
            if commit.sha == sha
            for path, added, removed in commit.files
        ]

    async def refs(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Branches and tags."""
        return self._show(visitor, repo, "refs.html", "refs")

    async def releases(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """What was published."""
        return self._show(visitor, repo, "releases.html", "releases")

    async def milestones(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """What is planned."""
        return self._show(visitor, repo, "milestones.html", "milestones")

    async def new_milestone(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """The form for a milestone."""
        if not self._world.mine(repo.owner):
            return self._web.missing(visitor)
        return self._show(visitor, repo, "milestone_new.html", "milestones", form={}, errors={})

    async def settings(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """What its maintainers can change."""
        if not self._world.mine(repo.owner):
            return self._web.missing(visitor)
        form = {"about": repo.about, "visibility": repo.visibility, "default_branch": repo.default_branch}
        return self._show(visitor, repo, "repo_settings.html", "settings", form=form, errors={})
