"""Playwright traces: what was done, as its recorder wrote it down, and pictures of what was seen."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from infra.demos.recorded import (
    HIDDEN,
    MOST_PICTURE,
    MOST_PICTURES,
    MOST_READ,
    MOST_STEPS,
    MOST_UPLOAD,
    Recorded,
    checked_picture,
    place,
    secret,
    spread,
    words,
)
from infra.errors import InvalidInput

#: Files of an archive, calls and frames of a trace, and characters of a line of Playwright's log that are looked at.
MOST_FILES, MOST_CALLS, LONGEST_LOG = 20_000, 20_000, 2_000
#: Only of these can it be bounded how much is unpacked at a time; recorders use no other.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: What Python raises for archives that are damaged, or made to look like one.
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_TEXT = r'"((?:[^"\\]|\\.)*)"'
_NAME = re.compile(rf"internal:(?:label|text|attr=\[\w+)={_TEXT}")
_ROLE = re.compile(rf"internal:role=(\w+)(?:\[name={_TEXT})?")
#: What the row or card shows that an element was looked for in.
_WITHIN = re.compile(rf"internal:has-text={_TEXT}")
#: Calls that do something on the page which has no words of its own here, and what is said of them.
_OTHERS = {
    "setInputFiles": "upload a file", "dragAndDrop": "drag something", "dragTo": "drag something",
    "keyboardType": "use the keyboard", "keyboardInsertText": "use the keyboard", "mouseDown": "use the mouse",
    "mouseClick": "use the mouse", "touchscreenTap": "use the touch screen", "setChecked": "tick or untick something",
}  # fmt: skip
#: Calls that do something on the page.
_TOLD = frozenset(
    (
        *("goto", "goBack", "reload", "click", "dblclick", "tap", "fill", "type", "pressSequentially"),
        *("press", "keyboardPress", "selectOption", "check", "uncheck", *_OTHERS),
    )
)
_PASSWORD = re.compile(r'resolved to <input[^>]*type="password"')


@dataclass(slots=True)
class _Call:
    """One call of the recorder."""

    method: str
    params: dict[str, Any]
    start: float
    failed: bool = False
    password: bool = False


@dataclass(slots=True)
class _Events:
    """What the event files hold."""

    calls: dict[str, _Call] = field(default_factory=dict)
    frames: list[tuple[float, str]] = field(default_factory=list)  # when, file in the archive


def read_trace(data: bytes) -> Recorded:
    """Return the steps and some pictures of a trace (``trace.zip``).

    Raises:
        InvalidInput: it is too large, damaged, no trace, or nothing was done in it; the message says which.
    """
    if len(data) > MOST_UPLOAD:
        raise InvalidInput(f"the trace is too large: at most {MOST_UPLOAD:,} bytes are read")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except _DAMAGED as error:
        raise InvalidInput(f"the trace is no readable ZIP archive: {error}") from error


def _read(archive: zipfile.ZipFile) -> Recorded:
    names = archive.namelist()
    if len(names) > MOST_FILES:
        raise InvalidInput(f"the trace holds {len(names):,} files; at most {MOST_FILES:,} are read")
    sources = [name for name in names if name.endswith(".trace")]
    if not sources:
        raise InvalidInput("the archive is no Playwright trace: no file in it ends with .trace")
    events, left = _Events(), MOST_READ
    for name in sources:
        text = _member(archive, name, left)
        left -= len(text)
        for line in text.splitlines():
            _take(line, events)
    done = sorted((call for call in events.calls.values() if not call.failed), key=lambda call: call.start)
    home = next((_host(call) for call in done if call.method == "goto"), "")
    told = [(call, step) for call in done if (step := _step(call, home))]
    if not told:
        raise InvalidInput("nothing is done in the trace: no page is opened, nothing is clicked or entered")
    steps = tuple(words(step) for _, step in told[:MOST_STEPS])
    return Recorded(steps, _pictures(archive, events, [call.start for call, _ in told[:MOST_STEPS]]))


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return a file of the archive, whatever it claims to be long.

    Raises:
        InvalidInput: it has more than ``most`` bytes, or is packed in an unusual way.
        KeyError: there is no such file.
    """
    if archive.getinfo(name).compress_type not in _PACKED:
        raise InvalidInput(f"the trace is no archive of Playwright's: {name} is neither stored nor deflated")
    with archive.open(name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise InvalidInput(f"the trace is too large when unpacked: {name} alone goes beyond {most:,} bytes")
    return data


def _take(line: bytes, events: _Events) -> None:
    """Take one event; what cannot be read, or is of a kind that says nothing here, is passed over."""
    if b"frame-snapshot" in line[:60]:
        return
    try:
        event = json.loads(line)
        match event["type"]:
            case "before":
                params = event["params"]
                if isinstance(params, dict) and event["method"] in _TOLD and len(events.calls) < MOST_CALLS:
                    call = _Call(str(event["method"]), params, float(event["startTime"]))
                    events.calls[str(event["callId"])] = call
            case "log" if _PASSWORD.search(str(event["message"])[:LONGEST_LOG]):
                events.calls[str(event["callId"])].password = True
            case "after" if event.get("error"):
                events.calls[str(event["callId"])].failed = True
            case "screencast-frame" if len(events.frames) < MOST_FILES:
                file = event.get("file") or f"resources/{event['sha1']}"
                events.frames.append((float(event["timestamp"]), str(file)))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return


def _step(call: _Call, home: str) -> str:
    """Return a call in words; empty where it does nothing on the page. ``home``: host of the first page opened."""
    params = call.params
    target = _named(str(params.get("selector", "")))
    hidden = call.password or secret(target)
    match call.method:
        case "goto":
            return _opened(str(params.get("url", "")), home)
        case "click" | "dblclick" | "tap":
            return f"click {target}"
        case "fill" | "type" | "pressSequentially":
            value = params.get("value", params.get("text", ""))
            return f"enter “{HIDDEN if hidden else value}” into {target}"
        case "press":
            key = str(params.get("key", ""))
            return f"press {HIDDEN if hidden and len(key) == 1 else key} in {target}"
        case "keyboardPress" if len(key := str(params.get("key", ""))) > 1:  # of a letter it is not known where it went
            return f"press {key}"
        case "selectOption":
            return f"choose {', '.join(_options(params)) or 'an option'} in {target}"
        case "check" | "uncheck":
            return f"{call.method} {target}"
        case "goBack" | "reload":
            return {"goBack": "go back", "reload": "load the page again"}[call.method]
    return _OTHERS.get(call.method, "")


def _host(call: _Call) -> str:
    try:
        return urlsplit(str(call.params.get("url", ""))).netloc
    except ValueError:
        return ""


def _opened(url: str, home: str) -> str:
    try:
        return f"open {place(url, home)}"
    except ValueError:
        return ""  # it is no URL


def _named(selector: str) -> str:
    """Return what a selector is for, as people would say it: the button “Add” of “Oslo lamp”.

    Of a chain the last part that names something counts, and the text that those before it were filtered by.
    """
    parts = selector.split(" >> ")
    told = [index for index, part in enumerate(parts) if _ROLE.search(part) or _NAME.search(part)]
    if not told:
        return selector
    part, last = parts[told[-1]], told[-1]
    shown = {index: found.group(1) for index, one in enumerate(parts) if (found := _WITHIN.search(one)) is not None}
    own, outer = [shown[index] for index in shown if index > last], [shown[index] for index in shown if index < last]
    role, name = _ROLE.search(part), _NAME.search(part)
    called = (role.group(2) if role is not None else name.group(1) if name is not None else "") or "".join(own[:1])
    said = [f"the {role.group(1)}" if role is not None else "", f"“{called}”" if called else ""]
    if outer:
        said.append(f"of “{outer[-1]}”")
    return re.sub(r"\\(.)", r"\1", " ".join(filter(None, said)))


def _options(params: dict[str, Any]) -> Iterator[str]:
    options = params.get("options")
    for option in options if isinstance(options, list) else ():
        if isinstance(option, dict):
            yield f"“{option.get('valueOrLabel') or option.get('label') or option.get('value') or ''}”"


def _pictures(archive: zipfile.ZipFile, events: _Events, starts: list[float]) -> tuple[bytes, ...]:
    """Return the pictures seen last before each step but the first, and at the end; at most MOST_PICTURES of them."""
    frames = sorted(events.frames)
    chosen: dict[str, None] = {}
    for moment in (*starts[1:], float("inf")):
        before = [file for when, file in frames if when <= moment]
        if before:
            chosen[before[-1]] = None
    found: list[bytes] = []
    for name in spread(list(chosen), MOST_PICTURES):
        try:
            found.append(checked_picture(_member(archive, name, MOST_PICTURE)))
        except (KeyError, InvalidInput, *_DAMAGED):
            continue  # the steps are what counts
    return tuple(found)
