"""HAR (HTTP Archive 1.2): the pages that were opened and what was sent, without cookies, headers and answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl

from infra.demos.recorded import HIDDEN, MOST_STEPS, MOST_UPLOAD, Recorded, place, secret, words
from infra.egress import host_allowed, parse_url
from infra.errors import InvalidInput

_FIELDS = 20


def read_har(content: str | bytes, hosts: Sequence[str]) -> Recorded:
    """Return the steps that a HAR shows on these hosts.

    Raises:
        InvalidInput: it is too large, no HAR, or shows nothing of the website; the message says which.
    """
    if len(content) > MOST_UPLOAD:
        raise InvalidInput(f"the HAR is too large: at most {MOST_UPLOAD:,} bytes are read")
    text = content.removeprefix("\ufeff") if isinstance(content, str) else content  # some recorders write a mark first
    try:
        entries = json.loads(text)["log"]["entries"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidInput("the HAR cannot be read: it is no JSON with log.entries") from error
    if not isinstance(entries, list):
        raise InvalidInput("the HAR cannot be read: log.entries is no list")
    steps = [step for entry in entries for step in _steps(entry, hosts)]
    if not steps:
        raise InvalidInput(f"the HAR shows no page of {', '.join(hosts)}")
    return Recorded(tuple(steps[:MOST_STEPS]))


def _steps(entry: Any, hosts: Sequence[str]) -> Iterator[str]:
    try:
        request, response = entry["request"], entry["response"]
        method, url = str(request["method"]).upper(), str(request["url"])
        mime = str(response.get("content", {}).get("mimeType", ""))
        data = request.get("postData") or {}
        parsed = parse_url(url)
        allowed = host_allowed(parsed.host, parsed.port, parsed.scheme, hosts)
        where = place(url)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidInput):
        return
    if not allowed:
        return
    if method == "GET":
        if entry.get("_resourceType") == "document" or ("_resourceType" not in entry and mime.startswith("text/html")):
            yield words(f"open {where}")
    elif method not in ("OPTIONS", "HEAD"):
        fields = ", ".join(f"{name} = {HIDDEN if secret(name) else value}" for name, value in _fields(data))
        yield words(f"send {method} {where}" + (f" with {fields}" if fields else ""))


def _fields(data: Any) -> list[tuple[str, str]]:
    """Return the fields of what was sent, as far as they can be told apart."""
    if not isinstance(data, dict):
        return []
    given = data.get("params")
    if isinstance(given, list) and given:
        pairs = [(str(one.get("name", "")), str(one.get("value", ""))) for one in given if isinstance(one, dict)]
        return pairs[:_FIELDS]
    text, mime = str(data.get("text", "")), str(data.get("mimeType", ""))
    if "json" in mime:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return []
        flat = found.items() if isinstance(found, dict) else ()
        return [(name, str(value)) for name, value in flat if not isinstance(value, dict | list)][:_FIELDS]
    return parse_qsl(text)[:_FIELDS] if "urlencoded" in mime else []
