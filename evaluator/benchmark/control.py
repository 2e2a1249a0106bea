"""Client of the sandbox sites' control server: which tasks there are, and a fresh browser session for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeVar

import httpx
from pydantic import BaseModel, SecretStr, TypeAdapter, ValidationError

from evaluator.hidden_state import SECRET_HEADER
from infra.contracts.task import TaskKind
from infra.errors import ConfigurationError, JudgeUnavailable

Split = Literal["development", "final"]
Wording = Literal["people", "plain"]
T = TypeVar("T")


class SiteInfo(BaseModel):
    """A site that the control server knows."""

    site: str
    url: str
    title: str = ""
    group: str = ""


class BenchmarkTask(BaseModel):
    """A held-out task, as it may be known to the agent, and what to file it under."""

    id: str
    instruction: str
    kind: TaskKind
    depth: int
    start: str
    split: Split
    answerable: bool = True
    ends_itself: bool = False


class Session(BaseModel):
    """A fresh state of a site; ``entry`` is a one-time URL that opens it in a browser and leads to the start page."""

    session: str
    entry: str


class HiddenState(BaseModel):
    """What a session has seen and changed."""

    visited: list[str]
    state: dict[str, Any]

    @property
    def last(self) -> str | None:
        """Return the path with query of the page shown last."""
        return self.visited[-1] if self.visited else None


class Solution(BaseModel):
    """What the site's own solution of a task led to."""

    answer: str | None = None
    impossible: bool = False
    final_url: str
    passed: bool
    reason: str = ""


class ControlClient:
    """Raises ConfigurationError where the secret or the address is wrong, JudgeUnavailable where it is down."""

    def __init__(self, client: httpx.AsyncClient, url: str, secret: SecretStr) -> None:
        self._client = client
        self._headers = {SECRET_HEADER: secret.get_secret_value()}
        self.url = url.rstrip("/")

    async def sites(self) -> list[SiteInfo]:
        """Return all sites."""
        return await self._request(TypeAdapter(list[SiteInfo]), "GET", "/sites")

    async def tasks(self, site: str, split: Split, wording: Wording = "people") -> list[BenchmarkTask]:
        """Return a site's tasks of one split, as people would say them or, where it knows them, in its own words."""
        path = f"/sites/{site}/tasks?split={split}&wording={wording}"
        return await self._request(TypeAdapter(list[BenchmarkTask]), "GET", path)

    async def open_session(self, site: str, start: str, perturbed: Sequence[str] = ()) -> Session:
        """Make a fresh session, perturbed as named, whose entry leads to the path ``start``."""
        body: dict[str, object] = {"next": start}
        if perturbed:
            body["perturbed"] = list(perturbed)
        return await self._request(TypeAdapter(Session), "POST", f"/sites/{site}/sessions", body)

    async def hidden_state(self, site: str, session: str) -> HiddenState:
        """Return what a session has left behind."""
        return await self._request(TypeAdapter(HiddenState), "GET", f"/sites/{site}/sessions/{session}")

    async def solve(self, site: str, task: str, perturbed: Sequence[str] = ()) -> Solution:
        """Have the site's own solution solve a task in a fresh session, and its judge judge it."""
        body: dict[str, object] = {"task": task, "perturbed": list(perturbed)}
        return await self._request(TypeAdapter(Solution), "POST", f"/sites/{site}/solve", body)

    async def _request(self, shape: TypeAdapter[T], method: str, path: str, body: dict[str, object] | None = None) -> T:
        try:
            response = await self._client.request(method, self.url + path, json=body, headers=self._headers)
        except httpx.TransportError as error:
            raise JudgeUnavailable(f"the control server at {self.url} cannot be reached: {error!r}") from error
        if response.is_client_error:
            raise ConfigurationError(
                f"{method} {self.url}{path} was refused ({response.status_code}): {response.text[:200]}"
            )
        if not response.is_success:
            raise JudgeUnavailable(f"{method} {self.url}{path} answered {response.status_code}")
        try:
            return shape.validate_json(response.content)
        except ValidationError as error:
            raise ConfigurationError(f"{self.url}{path} does not answer as a control server: {error}") from error
