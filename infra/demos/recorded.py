"""What is kept of a demonstration, and its bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from infra.errors import InvalidInput

T = TypeVar("T")
MIB = 1024 * 1024
#: Bytes of an upload, of everything read out of it, and of one picture.
MOST_UPLOAD, MOST_READ, MOST_PICTURE = 30 * MIB, 100 * MIB, 2 * MIB
MOST_STEPS, MOST_PICTURES, LONGEST_STEP = 200, 8, 300
HIDDEN = "•••"
_SECRET = re.compile(
    r"pass(word|wd|wort|phrase|code)?|pwd?|pw|kennwort|secret|credentials?|token|jwt|o?auth|authorization|session|sess|sid"
    r"|csrf|xsrf|otp|mfa|tan|pin|api[-_ ]?key|(credit|debit)?card|cc|cvc|cvv|cvn|iban|ssn",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"passw|passcode|kennwort|secret|token|api[-_ ]?key|session[-_ ]?id|sessid|creditcard", re.IGNORECASE
)
#: Between the words of cardNumber and of APIKey.
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Steps in words, in order, and pictures of what was seen on the way."""

    steps: tuple[str, ...]
    pictures: tuple[bytes, ...] = ()


def checked_picture(data: bytes) -> bytes:
    """Return the picture. Raises InvalidInput where it is too large, or neither JPEG nor PNG."""
    if len(data) > MOST_PICTURE:
        raise InvalidInput(f"a picture has {len(data):,} bytes; at most {MOST_PICTURE:,} are allowed")
    if not data.startswith(_MAGIC):
        raise InvalidInput("a picture is neither JPEG nor PNG")
    return data


def secret(name: str) -> bool:
    """Return whether what a field or a parameter is called says that its value is a secret."""
    spelt = (*re.split(r"[^A-Za-z]+", name), *re.split(r"[^A-Za-z]+", _HUMP.sub(" ", name)))
    return any(map(_SECRET.fullmatch, spelt)) or _WITHIN.search(name) is not None


def place(url: str, home: str | None = None) -> str:
    """Return a URL without its host, and without the values of secret parameters; ``home``: unless it is another."""
    parts = urlsplit(url)
    query = [
        (name, HIDDEN if secret(name) else value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if home is not None and parts.netloc != home else ""
    route = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!/")) else ""  # of a single-page application
    asked = ("?" if query else "") + "&".join(f"{name}={value}" for name, value in query)
    return host + (parts.path or "/") + asked + route


def words(text: str) -> str:
    """Return one line of bounded length, of characters that can be stored: no NUL, no half of a surrogate pair."""
    plain = " ".join(text[: 10 * LONGEST_STEP].replace("\0", " ").encode(errors="replace").decode().split())
    return plain if len(plain) <= LONGEST_STEP else plain[: LONGEST_STEP - 1] + "…"


def spread(items: list[T], most: int) -> tuple[T, ...]:
    """Return at most ``most`` items, evenly spread, the first and the last among them."""
    if len(items) <= most:
        return tuple(items)
    return tuple(items[round(i * (len(items) - 1) / (most - 1))] for i in range(most))
