"""Pages that belong to no repository: the start page, lists of everything, people, settings, help."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.forge.changing import OWNER
from sandbox_sites.forge.listing import RepoList, matches
from sandbox_sites.forge.now import Now
from sandbox_sites.forge.records import World
from sandbox_sites.forge.state import ForgeState

Visitor = Session[ForgeState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
SUGGESTIONS = 6
LATELY = 8


class Pages:
    """Renders pages."""

    def __init__(self, world: World, web: Web[ForgeState]) -> None:
        self._world = world
        self.render, self.missing = web.render, web.missing

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            "/": self.home, "/explore": self.explore, "/people": self.people, "/search": self.search,
            "/work": self.work, "/stars": self.stars, "/snippets": self.snippets, "/snippets/new": self.new_snippet,
            "/snippets/{ident}": self.snippet, "/settings/profile": self.profile, "/settings/keys": self.keys,
            "/settings/notifications": self.notifications, "/help": self.help, "/help/{name}": self.help_page,
            OWNER: self.owner,
        }  # fmt: skip

    def data(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Any]]]:
        """Return the handlers of scripts' questions by path."""
        return {"/data/suggest": self.suggest}

    def _now(self, visitor: Visitor) -> Now:
        return Now(self._world, visitor.state)

    async def home(self, request: Request, visitor: Visitor) -> Response:
        """The start page: what is the visitor's own, and what went on lately."""
        now = self._now(visitor)
        own = [repo for repo in now.repos() if self._world.mine(repo.owner)]
        events = sorted(
            (issue.opened, issue.author, issue.repo, issue.title) for issue in now.all_issues() if issue.author
        )
        return self.render(visitor, "home.html", own=own, events=events[: -LATELY - 1 : -1])

    async def explore(self, request: Request, visitor: Visitor) -> Response:
        """All repositories."""
        return self.render(visitor, "explore.html", listing=RepoList.of(self._now(visitor), request.query_params))

    async def people(self, request: Request, visitor: Visitor) -> Response:
        """All people and groups."""
        return self.render(visitor, "people.html")

    async def search(self, request: Request, visitor: Visitor) -> Response:
        """What holds all the words, by kind."""
        now, query = self._now(visitor), request.query_params.get("q", "").strip()[:200]
        kind = request.query_params.get("kind", "")
        kind = kind if kind in ("issues", "people") else "repos"
        repos, issues, people = [], [], []
        if query:
            repos = [
                repo
                for repo in now.repos()
                if matches(query, repo.full, repo.about, repo.language, " ".join(repo.topics))
            ]
            issues = [issue for issue in now.all_issues() if matches(query, issue.title, issue.repo)]
            people = [user for user in now.users() if matches(query, user.handle, user.name, user.location)]
        return self.render(visitor, "search.html", query=query, kind=kind, repos=repos, issues=issues, people=people)

    async def suggest(self, request: Request, visitor: Visitor) -> list[dict[str, str]]:
        """Repositories and people for the search box."""
        query = request.query_params.get("q", "").strip()[:200]
        if not query or not visitor.state.signed_in:
            return []
        now = self._now(visitor)
        found = [
            {"text": repo.full, "kind": repo.language, "path": f"/{repo.full}"}
            for repo in now.repos()
            if matches(query, repo.full)
        ]
        found += [
            {"text": user.name, "kind": f"@{user.handle}", "path": f"/{user.handle}"}
            for user in now.users()
            if matches(query, user.handle, user.name)
        ]
        return found[:SUGGESTIONS]

    async def work(self, request: Request, visitor: Visitor) -> Response:
        """Issues that are assigned to the visitor."""
        state = "closed" if request.query_params.get("state") == "closed" else "open"
        mine = [issue for issue in self._now(visitor).all_issues() if issue.assignee == self._world.me.handle]
        shown = [issue for issue in mine if issue.state == state]
        return self.render(visitor, "work.html", issues=shown, chosen=state, total=len(mine))

    async def stars(self, request: Request, visitor: Visitor) -> Response:
        """Repositories that the visitor has starred."""
        now = self._now(visitor)
        return self.render(visitor, "stars.html", repos=[repo for repo in now.repos() if now.starred(repo.full)])

    async def snippets(self, request: Request, visitor: Visitor) -> Response:
        """All snippets."""
        snippets = self._now(visitor).snippets()
        languages = sorted({snippet.language for snippet in snippets})
        language = request.query_params.get("language", "")
        language = language if language in languages else ""
        shown = [snippet for snippet in snippets if language in ("", snippet.language)]
        return self.render(visitor, "snippets.html", snippets=shown, languages=languages, language=language)

    async def new_snippet(self, request: Request, visitor: Visitor) -> Response:
        """The form for a snippet."""
        return self.render(visitor, "snippet_new.html", form={}, errors={})

    async def snippet(self, request: Request, visitor: Visitor) -> Response:
        """One snippet."""
        ident = request.path_params["ident"]
        found = next((snippet for snippet in self._now(visitor).snippets() if snippet.id == ident), None)
        return self.missing(visitor) if found is None else self.render(visitor, "snippet.html", snippet=found)

    async def owner(self, request: Request, visitor: Visitor) -> Response:
        """A person's or a group's profile."""
        now, handle = self._now(visitor), request.path_params["owner"]
        user = next((user for user in now.users() if user.handle == handle), None)
        if user is not None:
            opened = [issue for issue in now.all_issues() if issue.author == handle]
            return self.render(visitor, "user.html", user=user, repos=now.of(handle), opened=opened)
        group = next((group for group in self._world.groups if group.handle == handle), None)
        if group is None:
            return self.missing(visitor)
        return self.render(visitor, "group.html", group=group, repos=now.of(handle))

    async def profile(self, request: Request, visitor: Visitor) -> Response:
        """The visitor's profile, to be changed."""
        me = self._now(visitor).me
        form = {"name": me.name, "bio": me.bio, "location": me.location, "website": me.website}
        return self.render(visitor, "settings_profile.html", form=form, errors={})

    async def keys(self, request: Request, visitor: Visitor) -> Response:
        """The visitor's SSH keys."""
        return self.render(visitor, "settings_keys.html", form={}, errors={})

    async def notifications(self, request: Request, visitor: Visitor) -> Response:
        """What mails the visitor gets."""
        return self.render(visitor, "settings_notifications.html")

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """The list of help pages."""
        return self.render(visitor, "help.html")

    async def help_page(self, request: Request, visitor: Visitor) -> Response:
        """One help page."""
        name = request.path_params["name"]
        if name not in ("limits", "shortcuts", "roles", "ssh"):
            return self.missing(visitor)
        return self.render(visitor, f"help_{name}.html")
