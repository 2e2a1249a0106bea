"""What people ask of a website in whole sentences, and what comes of it: for telling one sort of request by its words.

1,499 requests of some thirty kinds of website. Like the rest of the phrasebook they were written without knowledge of
any site that is practised or measured on. ``requests.tsv`` holds one a line, its intent before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class Intent(StrEnum):
    """What is wanted."""

    ANSWER = "answer"  # to be told something
    VIEW = "view"  # a page or a list on the screen, and no more
    CHANGE = "change"  # one act, without anything to be entered
    FILL = "fill"  # something with values to be entered or chosen
    DO_ANSWER = "do_answer"  # to have something done, and be told something then


@dataclass(frozen=True, slots=True)
class Request:
    """A request and its intent."""

    intent: Intent
    text: str


@lru_cache(maxsize=1)
def requests() -> tuple[Request, ...]:
    """Return the requests that come with the package.

    Raises:
        ValueError: a line is no request; the message says which.
    """
    found = []
    text = (files("infra.phrasebook") / "requests.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        try:
            intent, said = line.split("\t")
            found.append(Request(Intent(intent), said))
        except ValueError as error:
            raise ValueError(f"line {number} of the requests is none: {line[:60]!r}") from error
    return tuple(found)
