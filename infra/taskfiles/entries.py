"""The entries of a task file, in either format, before anything is asked of a website."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, Field, ValidationError

from infra.errors import InvalidInput

Format = Literal["webvoyager", "webarena"]

MOST_TASKS = 10_000


class _Voyager(BaseModel):
    web_name: str
    id: str = Field(min_length=1, max_length=200)
    ques: str = Field(min_length=1, max_length=2000)
    web: str = Field(min_length=1)


class Evaluation(BaseModel):
    """What WebArena says of when a task is done, as far as it is understood here."""

    eval_types: list[str] = []
    reference_answers: dict[str, Any] | None = None
    reference_url: str | None = None


class _Arena(BaseModel):
    task_id: int | str
    sites: list[str] = []
    start_url: str = Field(min_length=1)
    intent: str = Field(min_length=1, max_length=2000)
    eval: Evaluation = Evaluation()


class Entry(NamedTuple):
    """One task of either format, its URLs still with placeholders."""

    line: int
    id: str
    site: str
    instruction: str
    start: str
    eval: Evaluation | None


def entries_of(content: str) -> tuple[Format, list[Entry]]:
    """Return the file's format and its entries, in order.

    Raises:
        InvalidInput: it has neither format, or is broken; the message names the line.
    """
    forms: list[Format] = []
    entries: list[Entry] = []
    for line, item in _items(content.removeprefix("\ufeff")):
        form = _form(line, item)
        if forms and form != forms[0]:
            raise InvalidInput(f"line {line}: a task of {form} in a file of {forms[0]}")
        if len(entries) == MOST_TASKS:
            raise InvalidInput(f"line {line}: more than {MOST_TASKS} tasks in one file")
        forms.append(form)
        entries.append(_entry(line, form, item))
    if not entries:
        raise InvalidInput("line 1: the file holds no tasks")
    twice = {name for name, count in Counter(entry.id for entry in entries).items() if count > 1}
    for entry in reversed(entries):
        if entry.id in twice:
            raise InvalidInput(f"line {entry.line}: there are several tasks with the id {entry.id}")
    return forms[0], entries


def _items(content: str) -> Iterator[tuple[int, object]]:
    """Yield the values of a JSON list, or of JSON lines, each with the line that it begins in."""
    decoder, at = json.JSONDecoder(), _skip(content, 0)
    line, counted = 1, 0
    listed = content[at : at + 1] == "["
    if listed:
        at = _skip(content, at + 1)
    while at < len(content) and not (listed and content[at] == "]"):
        line, counted = line + content.count("\n", counted, at), at
        try:
            item, at = decoder.raw_decode(content, at)
        except json.JSONDecodeError as error:
            raise InvalidInput(f"line {error.lineno}: this is no JSON: {error.msg}") from error
        except RecursionError as error:
            raise InvalidInput(f"line {line}: this is nested too deeply") from error
        yield line, item
        at = _skip(content, at)
        if listed and content[at : at + 1] == ",":
            at = _skip(content, at + 1)
        elif listed and content[at : at + 1] != "]":
            raise InvalidInput(f"line {_line(content, at)}: the list goes on without a comma, or does not end")
    if listed and at >= len(content):
        raise InvalidInput(f"line {_line(content, at)}: the list does not end")
    if listed and _skip(content, at + 1) < len(content):
        raise InvalidInput(f"line {_line(content, _skip(content, at + 1))}: there is more after the list's end")


def _skip(content: str, at: int) -> int:
    while at < len(content) and content[at].isspace():
        at += 1
    return at


def _line(content: str, at: int) -> int:
    return content.count("\n", 0, at) + 1


def _form(line: int, item: object) -> Format:
    if isinstance(item, dict):
        if {"ques", "web"} & set(item):
            return "webvoyager"
        if {"intent", "start_url"} & set(item):
            return "webarena"
    raise InvalidInput(
        f"line {line}: this is neither a task of WebVoyager (web_name, id, ques, web)"
        " nor one of WebArena (task_id, sites, start_url, intent, eval)"
    )


def _entry(line: int, form: Format, item: object) -> Entry:
    try:
        if form == "webvoyager":
            one = _Voyager.model_validate(item)
            return Entry(line, one.id, one.web_name, one.ques, one.web, None)
        other = _Arena.model_validate(item)
        return Entry(line, str(other.task_id), "+".join(other.sites), other.intent, other.start_url.strip(), other.eval)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidInput(f"line {line}: {where}: {first['msg']}") from error
