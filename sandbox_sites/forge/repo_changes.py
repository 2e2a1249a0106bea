"""What visitors can change about repositories as a whole."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, to
from sandbox_sites.forge.changing import NEEDED, REPO, Changing, Handler, Visitor
from sandbox_sites.forge.records import Repo
from sandbox_sites.forge.state import put

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
WATCHES = {"mentions": "Only mentions", "all": "Everything", "ignore": "Nothing"}


class RepoChanges(Changing):
    """Handlers of POST requests."""

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            f"{REPO}/star": self._in_repo(self.star, frozen=False),
            f"{REPO}/watch": self._in_repo(self.watch, frozen=False),
            f"{REPO}/fork": self._in_repo(self.fork, frozen=False),
            f"{REPO}/settings": self._in_repo(self.settings, maintain=True),
            f"{REPO}/archive": self._in_repo(self.archive, maintain=True, frozen=False),
        }

    async def star(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Star a repository, or take the star away."""
        starred = self._now(visitor).starred(repo.full)
        if (not starred) == (repo.full in self._world.starred):
            visitor.state.stars.pop(repo.full, None)
        else:
            visitor.state.stars[repo.full] = not starred
        self._tell(visitor, "Star removed from {repo}." if starred else "{repo} is starred.", repo=repo.name)
        return to(f"/{repo.full}")

    async def watch(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Choose how closely to watch a repository."""
        level = (await form_of(request)).get("level", "")
        if level in WATCHES:
            visitor.state.watching.pop(repo.full, None)
            if level != "mentions":
                visitor.state.watching[repo.full] = level
            self._tell(visitor, "Watch level of {repo} changed.", repo=repo.name)
        return to(f"/{repo.full}")

    async def fork(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Make a copy of one's own."""
        name = (await form_of(request)).get("name", "")
        taken = [own.name for own in self._now(visitor).of(self._world.me.handle)]
        if repo.forked_from or repo.full not in [known.full for known in self._world.repos]:
            self._tell(visitor, "A fork cannot be forked again.")
        elif not _NAME.fullmatch(name):
            self._tell(visitor, "A name has small letters, digits and dashes.")
        elif name in taken:
            self._tell(visitor, "You have a repository {repo} already.", repo=name)
        else:
            visitor.state.forks.append({"of": repo.full, "name": name})
            self._tell(visitor, "{repo} was forked.", repo=repo.name)
            return to(f"/{self._world.me.handle}/{name}")
        return to(f"/{repo.full}")

    async def settings(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Change description, visibility and default branch."""
        form = await form_of(request)
        errors = {} if form.get("about") else {"about": NEEDED}
        if form.get("visibility") not in ("public", "internal", "private"):
            errors["visibility"] = "Please choose one."
        if form.get("default_branch") not in [branch.name for branch in repo.branches]:
            errors["default_branch"] = "There is no such branch."
        if errors:
            return self._again(visitor, repo, "repo_settings.html", "settings", form=form, errors=errors)
        names = ("about", "visibility", "default_branch")
        self._put(visitor, repo, **{name: form[name] for name in names})
        self._tell(visitor, "Settings of {repo} saved.", repo=repo.name)
        return to(f"/{repo.full}/settings")

    def _put(self, visitor: Visitor, repo: Repo, **changed: str | bool) -> None:
        base = self._world.repo(repo.forked_from or repo.full)
        seeded = {"archived": False, **{n: getattr(base, n) for n in ("about", "visibility", "default_branch")}}
        put(visitor.state.repos, repo.full, seeded, changed)

    async def archive(self, request: Request, visitor: Visitor, repo: Repo) -> Response:
        """Archive a repository, whose name must be typed; an archived one comes back without."""
        if repo.archived:
            self._put(visitor, repo, archived=False)
            self._tell(visitor, "{repo} is active again.", repo=repo.name)
        elif (await form_of(request)).get("confirm") == repo.name:
            self._put(visitor, repo, archived=True)
            self._tell(visitor, "{repo} is archived now.", repo=repo.name)
        else:
            self._tell(visitor, "The name did not match; nothing was archived.")
        return to(f"/{repo.full}/settings")
