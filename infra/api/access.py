"""Who may ask: API keys, and a check of the Host header against pages that point a name of theirs at us.

Without keys the API may be bound to loopback only, and then answers only to names of this machine: a website opened
in somebody's browser cannot reach it by DNS rebinding.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

from infra.api.problems import problem
from infra.errors import ConfigurationError
from infra.settings import Settings

#: Anybody may see whether we live; everything else under the API wants a key where there are keys.
OPEN = ("/healthz", "/readyz")
PROTECTED = ("/v1", "/metrics")
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def read_keys(settings: Settings) -> tuple[str, ...]:
    """Return the API keys.

    Raises:
        ConfigurationError: there are none, yet the API would listen on more than loopback; or one is too short.
    """
    text = settings.api_keys.get_secret_value() if settings.api_keys is not None else ""
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if any(len(key) < 16 for key in keys):
        raise ConfigurationError("an API key in PAE_API_KEYS is shorter than 16 characters: choose a longer one")
    if not keys and not is_loopback(settings.api.host):
        raise ConfigurationError(
            f"the API would listen on {settings.api.host} without a key: set PAE_API_KEYS, or api.host to 127.0.0.1"
        )
    return keys


def is_loopback(host: str) -> bool:
    """Return whether a host to listen on can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def known(key: str, keys: tuple[str, ...]) -> bool:
    """Return whether a key is one of ours, in constant time."""
    given = key.encode()
    matches = [hmac.compare_digest(given, ours.encode()) for ours in keys]  # all of them: no early way out to time
    return any(matches)


def _given(request: Request) -> str:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    return request.headers.get("x-api-key", "")


def _local(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]")
    return name in LOCAL_NAMES or is_loopback(name)


def install(app: FastAPI, keys: tuple[str, ...]) -> None:
    """Check every request. With keys any Host is fine: a page elsewhere does not know them."""

    @app.middleware("http")
    async def check(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        path = request.url.path
        if not keys and not _local(request.headers.get("host", "")):
            return problem(421, "without API keys only names of this machine are answered: set PAE_API_KEYS")
        guarded = any(path == prefix or path.startswith(prefix + "/") for prefix in PROTECTED)
        if keys and guarded and path not in OPEN and not known(_given(request), keys):
            return problem(
                401,
                "an API key is needed: send it as 'Authorization: Bearer KEY'",
                headers={"WWW-Authenticate": "Bearer"},
            )
        return await call_next(request)
