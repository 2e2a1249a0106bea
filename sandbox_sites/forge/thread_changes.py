"""What visitors can change of issues and merge requests that exist."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import choices_of, form_of, to
from sandbox_sites.forge.changing import REPO, Changing, Handler, RepoHandler, Visitor, plain_lines
from sandbox_sites.forge.listing import whole
from sandbox_sites.forge.records import LABELS, Issue, Merge, Repo
from sandbox_sites.forge.state import put


class ThreadChanges(Changing):
    """Handlers of POST requests."""

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        changes: dict[str, RepoHandler] = {
            "/issues/{number}/comment": self.comment, "/issues/{number}/state": self.state,
            "/issues/{number}/labels": self.labels, "/issues/{number}/assignee": self.assignee,
            "/issues/{number}/milestone": self.milestone, "/merges/{number}/comment": self.comment_merge,
            "/merges/{number}/approve": self.approve, "/merges/{number}/merge": self.merge,
            "/merges/{number}/close": self.close,
        }  # fmt: skip
        return {REPO + path: self._in_repo(change) for path, change in changes.items()}

    def _issue(self, request: Request, visitor: Visitor, repo: Repo) -> Issue | None:
        return self._now(visitor).issue(repo, whole(request.path_params["number"]) or 0)

    def _merge(self, request: Request, visitor: Visitor, repo: Repo) -> Merge | None:
        return self._now(visitor).merge(repo, whole(request.path_params["number"]) or 0)

    def _put(self, visitor: Visitor, repo: Repo, issue: Issue, **changed: Any) -> Response:
        """Lay a change over an issue and show it."""
        base = next(known for known in self._now(visitor).seeded(repo) if known.number == issue.number)
        seeded = {"state": base.state, "labels": list(base.labels), "assignee": base.assignee,
                  "milestone": base.milestone}  # fmt: skip
        put(visitor.state.issues, issue.key, seeded, changed)
        return to(issue.path)

    async def _say(self, request: Request, visitor: Visitor, thread: Issue | Merge | None) -> Response:
        if thread is None:
            return self._web.missing(visitor)
        text = plain_lines((await form_of(request)).get("text", ""))
        if text:
            visitor.state.comments.setdefault(thread.key, []).append(text)
            self._tell(visitor, "Comment added.")
        else:
            self._tell(visitor, "An empty comment was not added.")
        return to(thread.path)

    async def comment(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Comment on an issue."""
        return await self._say(request, visitor, self._issue(request, visitor, repo))

    async def comment_merge(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Comment on a merge request."""
        return await self._say(request, visitor, self._merge(request, visitor, repo))

    async def state(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Close an issue, or open it again."""
        issue = self._issue(request, visitor, repo)
        wanted = (await form_of(request)).get("state", "")
        if issue is None:
            return self._web.missing(visitor)
        if wanted not in ("open", "closed"):
            return to(issue.path)
        self._tell(visitor, "Issue closed." if wanted == "closed" else "Issue reopened.")
        return self._put(visitor, repo, issue, state=wanted)

    async def labels(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Choose an issue's labels."""
        issue = self._issue(request, visitor, repo)
        if issue is None:
            return self._web.missing(visitor)
        ticked = await choices_of(request, "labels")
        self._tell(visitor, "Labels updated.")
        return self._put(visitor, repo, issue, labels=[name for name in LABELS if name in ticked])

    async def assignee(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Give an issue to somebody, or to nobody."""
        issue = self._issue(request, visitor, repo)
        wanted = (await form_of(request)).get("assignee", "")
        if issue is None:
            return self._web.missing(visitor)
        if wanted and wanted not in self._world.by_handle:
            return to(issue.path)
        self._tell(visitor, "Assignee updated.")
        return self._put(visitor, repo, issue, assignee=wanted)

    async def milestone(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Plan an issue for a milestone, or for none."""
        issue = self._issue(request, visitor, repo)
        wanted = (await form_of(request)).get("milestone", "")
        if issue is None:
            return self._web.missing(visitor)
        if wanted not in ("", *(plan.title for plan in self._now(visitor).milestones(repo))):
            return to(issue.path)
        self._tell(visitor, "Milestone updated.")
        return self._put(visitor, repo, issue, milestone=wanted)

    def _change(self, visitor: Visitor, merge: Merge, **changed: Any) -> None:
        seeded_state = next((m.state for repo in self._world.repos for m in repo.merges if m.key == merge.key), "open")
        put(visitor.state.merges, merge.key, {"state": seeded_state, "approved": False}, changed)

    async def approve(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Approve a merge request, or take the approval back; nobody approves their own."""
        merge = self._merge(request, visitor, repo)
        me = self._world.me.handle
        if merge is None:
            return self._web.missing(visitor)
        if merge.author == me or merge.state != "open":
            self._tell(visitor, "You cannot approve this.")
        elif me in merge.approved:
            self._change(visitor, merge, approved=False)
            self._tell(visitor, "Approval taken back.")
        else:
            self._change(visitor, merge, approved=True)
            self._tell(visitor, "You approved this.")
        return to(merge.path)

    async def merge(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Merge, where nothing is in the way."""
        merge = self._merge(request, visitor, repo)
        if merge is None:
            return self._web.missing(visitor)
        if merge.state != "open" or merge.failed or len(merge.approved) < merge.needed:
            self._tell(visitor, "This cannot be merged yet.")
        else:
            self._change(visitor, merge, state="merged")
            self._tell(visitor, "Merged into {branch}.", branch=merge.target)
        return to(merge.path)

    async def close(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Close a merge request without merging, or open it again."""
        merge = self._merge(request, visitor, repo)
        if merge is None:
            return self._web.missing(visitor)
        if merge.state == "merged":
            self._tell(visitor, "What is merged stays merged.")
        else:
            closing = merge.state == "open"
            self._change(visitor, merge, state="closed" if closing else "open")
            self._tell(visitor, "Merge request closed." if closing else "Merge request reopened.")
        return to(merge.path)
