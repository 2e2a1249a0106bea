"""What all handlers of POST requests share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.convertors import CONVERTOR_TYPES, Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.forge.now import Now
from sandbox_sites.forge.records import Repo, World
from sandbox_sites.forge.state import ForgeState

Visitor = Session[ForgeState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
RepoHandler = Callable[[Request, Visitor, Repo], Awaitable[Response]]
NEEDED = "This field is needed."


class _Owner(Convertor[str]):
    """A first part of a path that names an owner: anything but the folder of static files."""

    regex = r"(?!static(?:/|$))[^/]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


if "forge_owner" not in CONVERTOR_TYPES:
    register_url_convertor("forge_owner", _Owner())
OWNER = "/{owner:forge_owner}"
REPO = f"{OWNER}/{{name}}"


class Changing:
    """Knows the world, renders forms again, and tells visitors what happened."""

    def __init__(self, world: World, web: Web[ForgeState]) -> None:
        self._world = world
        self._web = web

    def _now(self, visitor: Visitor) -> Now:
        return Now(self._world, visitor.state)

    def _tell(self, visitor: Visitor, text: str, **names: str) -> None:
        """Show a message once; the pattern is translated, the names are filled in."""
        visitor.messages.append(self._web.say(visitor, text).format(**names))

    def _again(self, visitor: Visitor, repo: Repo, template: str, tab: str, **values: Any) -> Response:
        """Return a repository's form with what is wrong with it."""
        mine = self._world.mine(repo.owner)
        return self._web.render(visitor, template, status=422, repo=repo, tab=tab, mine=mine, **values)

    def _in_repo(self, change: RepoHandler, *, maintain: bool = False, frozen: bool = True) -> Handler:
        """Give a change its repository; an archived one does not change, and some only for its maintainers."""

        async def handle(request: Request, visitor: Visitor) -> Response:
            full = f"{request.path_params['owner']}/{request.path_params['name']}"
            repo = self._now(visitor).repo(full)
            if repo is None or (maintain and not self._world.mine(repo.owner)):
                return self._web.missing(visitor)
            if frozen and repo.archived:
                self._tell(visitor, "{repo} is archived and cannot be changed.", repo=repo.name)
                return to(f"/{full}")
            return await change(request, visitor, repo)

        return handle


def plain_lines(text: str) -> str:
    """Return a text of several lines with line ends as Python has them."""
    return text.replace("\r\n", "\n").strip()
