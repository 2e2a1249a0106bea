"""What visitors can begin in a repository: issues, merge requests, milestones."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import choices_of, form_of, to
from sandbox_sites.forge.changing import NEEDED, REPO, Changing, Handler, Visitor, plain_lines
from sandbox_sites.forge.records import LABELS, Repo

SHORTEST_TITLE = 5


def when(text: str) -> date | None:
    """Read a date as the date picker writes it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class PlanChanges(Changing):
    """Handlers of POST requests."""

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            f"{REPO}/issues/new": self._in_repo(self.issue),
            f"{REPO}/merges/new": self._in_repo(self.merge, maintain=True),
            f"{REPO}/milestones/new": self._in_repo(self.milestone, maintain=True),
        }

    async def issue(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Open an issue."""
        form = await form_of(request)
        ticked = await choices_of(request, "labels")
        labels = [name for name in LABELS if name in ticked]
        now = self._now(visitor)
        errors = {name: NEEDED for name in ("title", "body") if not form.get(name)}
        if "title" not in errors and len(form["title"]) < SHORTEST_TITLE:
            errors["title"] = "A title has five characters at least."
        if form.get("assignee", "") not in ("", *(user.handle for user in now.users())):
            errors["assignee"] = "There is no such person."
        if form.get("milestone", "") not in ("", *(plan.title for plan in now.milestones(repo))):
            errors["milestone"] = "There is no such milestone."
        if errors:
            return self._again(visitor, repo, "issue_new.html", "issues", form=form, chosen=labels, errors=errors)
        visitor.state.opened.append(
            {
                "repo": repo.full, "title": form["title"], "body": plain_lines(form["body"]), "labels": labels,
                "assignee": form.get("assignee", ""), "milestone": form.get("milestone", ""),
            }
        )  # fmt: skip
        self._tell(visitor, "Issue opened.")
        return to(self._now(visitor).issues(repo)[0].path)

    async def merge(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Propose to merge a branch."""
        form = await form_of(request)
        names = [branch.name for branch in repo.branches]
        errors = {name: "Please choose a branch." for name in ("source", "target") if form.get(name) not in names}
        if not errors and form["source"] == form["target"]:
            errors["source"] = "Source and target must differ."
        if len(form.get("title", "")) < SHORTEST_TITLE:
            errors["title"] = "A title has five characters at least."
        if errors:
            return self._again(visitor, repo, "merge_new.html", "merges", form=form, errors=errors)
        visitor.state.proposed.append(
            {
                "repo": repo.full, "title": form["title"], "body": plain_lines(form.get("body", "")),
                "source": form["source"], "target": form["target"],
            }
        )  # fmt: skip
        self._tell(visitor, "Merge request opened.")
        return to(self._now(visitor).merges(repo)[0].path)

    async def milestone(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Plan a milestone."""
        form = await form_of(request)
        errors = {} if form.get("title") else {"title": NEEDED}
        if form.get("title") in [plan.title for plan in self._now(visitor).milestones(repo)]:
            errors["title"] = "There is a milestone of this title."
        due = when(form.get("due", ""))
        if due is None or due < self._world.today:
            errors["due"] = "Please choose a day that is yet to come."
        if errors or due is None:
            return self._again(visitor, repo, "milestone_new.html", "milestones", form=form, errors=errors)
        visitor.state.milestones.append(
            {
                "repo": repo.full, "title": form["title"], "due": due.isoformat(),
                "about": plain_lines(form.get("about", "")),
            }
        )  # fmt: skip
        self._tell(visitor, "Milestone “{title}” was created.", title=form["title"])
        return to(f"/{repo.full}/milestones")
