"""One name per page: the canonical form of a URL, shared by whoever compares pages.

Two URLs with the same canonical form show the same page; the converse is not promised. The function is idempotent
and pure: it resolves and redirects nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKING = re.compile(
    r"(?:utm_\w+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+"
    r"|phpsessid|jsessionid|aspsessionid\w*|session_?id|sess_?id|cfid|cftoken)",
    re.IGNORECASE,
)

#: Names that are a session's only where the value looks like a token: ``sid=7`` may well be a shop's number.
_MAYBE_SESSION = frozenset({"sid", "session", "token"})
_TOKEN = re.compile(r"(?=.*\d)[A-Za-z0-9_-]{16,}")

_PATH_SESSION = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/;?]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|cgi)$", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def canonical_url(url: str) -> str:
    """Return the canonical form of an absolute URL.

    Scheme and host in lower case, without default port or user; dot segments resolved and percent-encoding
    normalised; without a default index file, tracking parameters or session ids; query sorted, blank values kept;
    without fragment, except a route of a single-page application (``#/…``, ``#!/…``), which names a page. A
    trailing slash stays: servers tell ``/a`` from ``/a/``. A URL without a host (``about:blank``) only loses its
    fragment.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if not host:
        return url.strip().partition("#")[0]
    scheme = parts.scheme.lower()
    netloc = f"[{host}]" if ":" in host else host.rstrip(".")
    if port is not None and port != _DEFAULT_PORTS.get(scheme):
        netloc = f"{netloc}:{port}"
    fragment = parts.fragment if parts.fragment.startswith(("/", "!/")) and len(parts.fragment) > 1 else ""
    return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), fragment))


def _path(path: str) -> str:
    path = _PATH_SESSION.sub("", path)
    path = "/".join(_escape_segment(segment) for segment in _resolve(path or "/"))
    return _INDEX.sub("/", path)


def _resolve(path: str) -> list[str]:
    """Split at slashes and resolve ``.`` and ``..`` as RFC 3986, section 5.2.4, does; the first segment is empty."""
    segments: list[str] = []
    parts = path.split("/")
    for index, segment in enumerate(parts):
        last = index == len(parts) - 1
        if segment == "..":
            if len(segments) > 1:
                segments.pop()
        elif segment != ".":
            segments.append(segment)
            continue
        if last:
            segments.append("")
    return segments


def _query(query: str) -> str:
    pairs = []
    for part in query.split("&"):
        name, equals, value = part.partition("=")
        plain_name = _decode(name.replace("+", " "))
        plain_value = _decode(value.replace("+", " "))
        if not part or _is_noise(plain_name, plain_value):
            continue
        pairs.append((plain_name, plain_value, equals))
    # Sorted by name only, in order among equals: a repeated parameter's order may mean something.
    pairs.sort(key=lambda pair: pair[0])
    return "&".join(_escape_plain(name) + equals + _escape_plain(value) for name, value, equals in pairs)


def _is_noise(name: str, value: str) -> bool:
    if _TRACKING.fullmatch(name):
        return True
    return name.lower() in _MAYBE_SESSION and _TOKEN.fullmatch(value) is not None


def _escape_plain(text: str) -> str:
    return _encode(text, safe="!$'()*,;:@/?~ ").replace(" ", "+")


def _decode(text: str) -> str:
    """Decode percent-encoding; bytes that are no UTF-8 survive the round trip through :func:`_encode`."""
    return unquote(text, errors="surrogateescape")


def _encode(text: str, safe: str) -> str:
    return quote(text, safe=safe, errors="surrogateescape")


def _escape_segment(segment: str) -> str:
    """Normalise percent-encoding, but leave an encoded slash alone: decoded, it would split the segment."""
    pieces = re.split("(%2[fF])", segment)
    return "".join(
        piece.upper() if index % 2 else _encode(_decode(piece), safe="!$&'()*+,;=:@~")
        for index, piece in enumerate(pieces)
    )
