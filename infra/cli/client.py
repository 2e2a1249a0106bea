"""The API as the commands see it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from infra.errors import ConfigurationError, PaeError
from infra.supervisor.stack import CARD

DEFAULT_API = "http://127.0.0.1:8080"
DEFAULT_FOLDER = Path("runs/pae")


class Api:
    """Use as a context manager. Every call raises PaeError with the API's own words where it refuses."""

    def __init__(self, url: str, key: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.url = url.rstrip("/")
        self._client = httpx.Client(base_url=self.url, headers=headers, timeout=30.0, trust_env=False)

    def __enter__(self) -> Api:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._client.close()

    def call(self, method: str, path: str, **options: Any) -> Any:
        """Return the answer's JSON; None where it is empty."""
        try:
            answer = self._client.request(method, path, **options)
        except httpx.ReadTimeout as error:
            raise PaeError(
                f"the API at {self.url} has not answered {method} {path} yet: it may still be at it; look again soon"
            ) from error
        except httpx.HTTPError as error:
            raise PaeError(
                f"no API answers at {self.url} ({error}): start one with 'pae up', or say where it is with PAE_API"
            ) from error
        if answer.is_error:
            try:
                detail = answer.json()["detail"]
            except (ValueError, KeyError, TypeError):
                detail = f"the API answered {answer.status_code}"
            raise PaeError(str(detail))
        return answer.json() if answer.content else None

    def get(self, path: str, **parameters: Any) -> Any:
        """Return what a GET gives."""
        return self.call("GET", path, params=parameters)

    def post(self, path: str, body: object = None) -> Any:
        """Return what a POST gives."""
        return self.call("POST", path, json=body)

    def pages(self, path: str, **parameters: Any) -> list[Any]:
        """Return every item of a paged list."""
        found: list[Any] = []
        offset: int | None = 0
        while offset is not None:
            page = self.get(path, limit=200, offset=offset, **parameters)
            found += page["items"]
            offset = page["next_offset"]
        return found


def card(folder: Path) -> dict[str, Any]:
    """Return what a running stack says of itself.

    Raises:
        ConfigurationError: none runs on this folder.
    """
    path = folder / CARD
    try:
        known: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"nothing runs on {folder}: start it with 'pae up --folder {folder}'") from error
    return known


def connect() -> Api:
    """Return the API that PAE_API names, else that of the stack in the default folder, else the default address."""
    url = os.environ.get("PAE_API")
    if url is None:
        try:
            url = str(card(DEFAULT_FOLDER)["api"])
        except ConfigurationError:
            url = DEFAULT_API
    keys = os.environ.get("PAE_API_KEY") or os.environ.get("PAE_API_KEYS", "").split(",")[0]
    return Api(url, keys or None)
