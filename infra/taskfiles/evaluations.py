"""A file's evaluations as evidence, and its addresses as URLs: what can be said in our terms, and why not otherwise.

Evidence is stricter in two ways: an answer that nobody asked for fails, and a page's URL must be the one named, not
one that begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from infra.contracts.task import Evidence, TaskKind
from infra.egress import parse_url
from infra.errors import InvalidInput
from infra.taskfiles.entries import Evaluation

#: Such evaluations do not ask how many forms were sent on the way.
ANY_SUBMITS = 1000

PLACEHOLDER = re.compile(r"__([A-Z][A-Z0-9_]*?)__")
_NOT_EXPRESSED = "the file's evaluation cannot be expressed as evidence"


class Judged(NamedTuple):
    """A file's evaluation: evidence, or why there is none."""

    kind: TaskKind
    evidence: Evidence | None = None
    unscored: str = ""


def hosts_of(options: Iterable[str]) -> dict[str, str]:
    """Return URLs by placeholder from options such as SHOPPING=http://127.0.0.1:7770. Raises InvalidInput."""
    found: dict[str, str] = {}
    for option in options:
        name, separator, url = option.partition("=")
        if not separator or not PLACEHOLDER.fullmatch(f"__{name.strip('_')}__"):
            raise InvalidInput(f"{option!r} maps no placeholder: write it as SHOPPING=http://127.0.0.1:7770")
        found[name.strip("_")] = parse_url(url).url.rstrip("/")
    return found


def mapped(url: str, hosts: Mapping[str, str]) -> str:
    """Return a URL with its placeholder replaced. Raises InvalidInput where nothing is known of it."""
    for name in PLACEHOLDER.findall(url):
        if name not in hosts:
            raise InvalidInput(f"nothing says where __{name}__ is: map it with host {name}=URL")
        url = url.replace(f"__{name}__", hosts[name])
    return url


def judged(given: Evaluation | None, hosts: Mapping[str, str]) -> Judged:
    """Return a file's evaluation as evidence, or why it cannot be."""
    if given is None:
        return Judged(TaskKind.FIND, unscored="the file brings no evaluation")
    types = set(given.eval_types)
    kind = _kind(types)
    if not types:
        return Judged(kind, unscored="the file brings no evaluation")
    if not types <= {"string_match", "url_match"}:
        others = ", ".join(sorted(types - {"string_match", "url_match"}))
        return Judged(kind, unscored=f"{_NOT_EXPRESSED}: {others}")
    answer = url = None
    if "string_match" in types:
        references = {name: value for name, value in (given.reference_answers or {}).items() if value}
        exact = references.get("exact_match")
        if set(references) != {"exact_match"} or not isinstance(exact, str) or exact.strip().upper() == "N/A":
            return Judged(kind, unscored=f"{_NOT_EXPRESSED}: {', '.join(sorted(references)) or 'no answer'}")
        answer = exact
    if "url_match" in types:
        try:
            url = _reference(given.reference_url or "", hosts)
        except InvalidInput as error:
            return Judged(kind, unscored=f"{_NOT_EXPRESSED}: {error}")
    return Judged(kind, Evidence(answer=answer, url=url, max_submits=ANY_SUBMITS))


def _reference(url: str, hosts: Mapping[str, str]) -> str:
    if not url.strip() or "|OR|" in url or "|AND|" in url:
        raise InvalidInput("its reference URL is not a single one")
    return parse_url(mapped(url, hosts)).url


def _kind(types: set[str]) -> TaskKind:
    if "program_html" in types:
        return TaskKind.CHANGE
    if types == {"url_match"}:
        return TaskKind.NAVIGATE
    return TaskKind.FIND if types <= {"string_match"} else TaskKind.COMPOSE
