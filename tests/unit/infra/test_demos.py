"""Demonstrations of users: what is read out of traces and HARs, what is kept secret, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from infra.cli.demos import demo_of
from infra.demos import checked_picture, read_har, read_trace
from infra.demos.recorded import MOST_PICTURE, MOST_PICTURES, MOST_STEPS, place, secret, spread
from infra.errors import InvalidInput

JPEG = b"\xff\xd8\xff a picture"
HOSTS = ("shop.test",)


def trace(*events: dict[str, Any] | str, **files: bytes) -> bytes:
    """Return a trace with these events and files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = [event if isinstance(event, str) else json.dumps(event) for event in events]
        archive.writestr("trace.trace", "\n".join(lines))
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def call(number: int, method: str, selector: str = "", **params: Any) -> dict[str, Any]:
    given = {"selector": selector, **params} if selector else params
    return {"type": "before", "callId": f"c{number}", "startTime": number, "method": method, "params": given}


def test_a_traces_calls_are_told_in_words() -> None:
    recorded = read_trace(
        trace(
            call(1, "goto", url="https://shop.test/find?q=lamp&session=abc"),
            call(2, "newPage"),
            call(5, "click", "internal:role=button[name=\"Go\"i]"),  # order is by time, not by line
            call(3, "fill", "internal:label=\"Search\"i", value="lamp"),
            call(4, "selectOption", "#sort", options=[{"valueOrLabel": "Price"}]),
            call(6, "click", "#gone"),
            {"type": "after", "callId": "c6", "error": {"message": "timeout"}},
            call(7, "fill", "#x", value="hush"),
            {"type": "log", "callId": "c7", "message": 'locator resolved to <input id="x" type="password"/>'},
            call(9, "click", 'li >> internal:has-text="Oslo lamp"i >> internal:role=button[name="Add"i]'),
            call(10, "click", 'internal:role=main >> internal:role=link >> internal:has-text="Oslo"i >> nth=0'),
            call(11, "click", 'internal:role=button[name="Men\'s \\"best\\" shirt"i]'),
            call(12, "setInputFiles", "#file"),
            call(13, "goto", url="https://pay.shop.test/#/orders?x"),
            call(8, "fill", "internal:label=\"API key\"i", value="hush"),
            "not json",
            {"type": "before"},
        )
    )  # fmt: skip
    assert recorded.steps == (
        "open /find?q=lamp&session=•••",
        "enter “lamp” into “Search”",
        "choose “Price” in #sort",
        "click the button “Go”",
        "enter “•••” into #x",
        "enter “•••” into “API key”",
        "click the button “Add” of “Oslo lamp”",
        "click the link “Oslo”",
        'click the button “Men\'s "best" shirt”',
        "upload a file",
        "open https://pay.shop.test/#/orders?x",
    )


def test_a_traces_pictures_are_those_before_and_after_its_steps() -> None:
    frames = [{"type": "screencast-frame", "timestamp": when, "sha1": f"{when}.jpeg"} for when in (1, 2, 3, 9)]
    given = trace(
        call(1, "goto", url="https://shop.test/"), call(4, "click", "#a"), *frames,
        **{f"resources__{when}.jpeg": JPEG + str(when).encode() for when in (1, 2, 3)}, **{"resources__9.jpeg": b"GIF"},
    )  # fmt: skip
    assert read_trace(given).pictures == (JPEG + b"3",)  # the last one is none, and is passed over


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no archive", "no readable ZIP"),
        (trace()[:-30], "no readable ZIP"),
        (trace(call(1, "newPage")), "nothing is done"),
    ],
    ids=["no archive", "cut short", "no step"],  # an archive's bytes hold the time at which it was made
)
def test_what_is_no_trace_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_trace(data)


def test_an_archive_without_events_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.txt", "x")
    with pytest.raises(InvalidInput, match="no Playwright trace"):
        read_trace(buffer.getvalue())


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_bound_is_refused_before_it_is_unpacked(packed: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packed) as archive:
        archive.writestr("trace.trace", json.dumps(call(1, "goto", url="https://shop.test/")))
    with pytest.raises(InvalidInput, match="neither stored nor deflated"):
        read_trace(buffer.getvalue())


def test_a_damaged_archive_is_refused_or_read_whatever_the_damage() -> None:
    whole = trace(*(call(n, "click", f"#b{n}") for n in range(20)), **{"résumé__1.jpeg": JPEG})
    read = refused = 0
    for place_ in range(len(whole)):
        try:
            read_trace(whole[:place_] + bytes([whole[place_] ^ 0xFF]) + whole[place_ + 1 :])
            read += 1
        except InvalidInput:
            refused += 1
    assert read
    assert refused


def test_calls_that_no_recorder_writes_are_passed_over() -> None:
    recorded = read_trace(
        trace(
            call(1, "goto", url="https://[shop.test/"),
            call(10**400, "click", "#a"),
            call(3, "click", "#b\0\ud800"),
            {"type": "log", "callId": "c3", "message": "resolved to <input" * 20_000},  # takes hours if all is searched
        )
    )
    assert recorded.steps == ("click #b ?",)


def test_keys_pressed_in_a_password_field_are_not_told() -> None:
    recorded = read_trace(
        trace(
            call(1, "press", "#login", key="h"),
            {"type": "log", "callId": "c1", "message": 'resolved to <input type="password"/>'},
            call(2, "press", "#login", key="Enter"),
            {"type": "log", "callId": "c2", "message": 'resolved to <input type="password"/>'},
            call(3, "press", "#search", key="h"),
            call(4, "keyboardPress", key="h"),
            call(5, "keyboardPress", key="Tab"),
        )
    )
    assert recorded.steps == ("press ••• in #login", "press Enter in #login", "press h in #search", "press Tab")


def test_no_more_pictures_are_unpacked_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[str] = []
    opened = zipfile.ZipFile.open

    def opening(archive: zipfile.ZipFile, name: str, *rest: Any, **more: Any) -> Any:
        unpacked.append(name)
        return opened(archive, name, *rest, **more)

    given = trace(
        *(call(2 * n, "click", f"#b{n}") for n in range(50)),
        *({"type": "screencast-frame", "timestamp": 2 * n, "sha1": f"{n}"} for n in range(50)),
        **{f"resources__{n}": JPEG + str(n).encode() for n in range(50)},
    )
    monkeypatch.setattr(zipfile.ZipFile, "open", opening)
    assert len(read_trace(given).pictures) == MOST_PICTURES
    assert len(unpacked) == 1 + MOST_PICTURES


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.demos.trace.MOST_READ", 1000)
    with pytest.raises(InvalidInput, match="too large when unpacked"):
        read_trace(trace("x" * 2000))


def test_steps_are_bounded() -> None:
    assert len(read_trace(trace(*(call(n, "click", f"#b{n}") for n in range(900)))).steps) == MOST_STEPS


def har(*entries: Any) -> str:
    return json.dumps({"log": {"entries": entries}})


def entry(method: str, url: str, mime: str = "text/html", **request: Any) -> dict[str, Any]:
    return {"request": {"method": method, "url": url, **request}, "response": {"content": {"mimeType": mime}}}


def test_a_hars_pages_and_posts_of_the_website_are_told() -> None:
    sent = {"mimeType": "application/x-www-form-urlencoded", "text": "name=Ada&password=hush"}
    pairs = {"mimeType": "x", "params": [{"name": "count", "value": "2"}]}
    body = {"mimeType": "application/json", "text": json.dumps({"id": 7, "nested": {}, "csrf_token": "abc"})}
    recorded = read_har(
        har(
            entry("GET", "https://shop.test/"),
            entry("GET", "https://shop.test/style.css", "text/css"),
            entry("GET", "https://tracker.test/"),
            entry("POST", "https://tracker.test/hit", postData=body),
            entry("POST", "https://shop.test/join", postData=sent),
            entry("POST", "https://shop.test/cart", postData=pairs),
            entry("PUT", "https://shop.test/api", "application/json", postData=body),
            entry("OPTIONS", "https://shop.test/api"),
            {"_resourceType": "xhr", **entry("GET", "https://shop.test/part")},
            "rubbish",
            entry("GET", "no url"),
        ),
        HOSTS,
    )
    assert recorded.steps == (
        "open /",
        "send POST /join with name = Ada, password = •••",
        "send POST /cart with count = 2",
        "send PUT /api with id = 7, csrf_token = •••",
    )


def test_a_har_may_begin_with_a_byte_order_mark() -> None:
    text = "\ufeff" + har(entry("GET", "https://shop.test/"))
    assert read_har(text, HOSTS).steps == read_har(text.encode(), HOSTS).steps == ("open /",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html>", "no JSON"),
        ("[1]", "log.entries"),
        ('{"log": {}}', "log.entries"),
        ('{"log": {"entries": {}}}', "no list"),
        (har(entry("GET", "https://tracker.test/")), "no page of shop.test"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_har_is_refused(content: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_har(content, HOSTS)


def test_secrets_pictures_and_places() -> None:
    assert all(map(secret, ("password", "user_pw", "newPassword", "api-key", "session", "x_token", "PIN")))
    assert all(map(secret, ("cardNumber", "userPin", "sessionId", "PHPSESSID", "accessPIN", "APIKey", "passcode")))
    assert all(map(secret, ("Authorization", "user[password]", "otpCode", "Kennwort", "xsrf", "ccNumber")))
    assert not any(map(secret, ("name", "compass", "passenger", "tokyo", "spinner", "author", "discard", "success")))
    assert place("https://shop.test") == "/"
    assert spread([b"1", b"2", b"3", b"4", b"5"], 3) == (b"1", b"3", b"5")
    assert checked_picture(JPEG) == JPEG
    for wrong, words in ((b"GIF89a", "neither"), (JPEG + b"x" * MOST_PICTURE, "at most")):
        with pytest.raises(InvalidInput, match=words):
            checked_picture(wrong)


def test_demonstrations_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("open the shop\n\n  click Lamps \n")
    (tmp_path / "p.png").write_bytes(b"\x89PNG")
    (tmp_path / "a.json").write_text('["open", {"text": "click", "screenshot": "p.png"}]')
    (tmp_path / "a.har").write_text("{}")
    (tmp_path / "a.zip").write_bytes(b"zip")
    assert demo_of("Buy a lamp") == {"instruction": "Buy a lamp"}
    assert demo_of("Find x = 4. Then go.") == {"instruction": "Find x = 4. Then go."}
    assert demo_of(f"Buy={tmp_path}/a.txt") == {"instruction": "Buy", "steps": ["open the shop", "click Lamps"]}
    steps = demo_of(f"Buy={tmp_path}/a.json")["steps"]
    assert steps == ["open", {"text": "click", "screenshot": "iVBORw=="}]
    assert demo_of(f"Buy={tmp_path}/a.har") == {"instruction": "Buy", "har": "{}"}
    assert demo_of(f"Buy={tmp_path}/a.zip") == {"instruction": "Buy", "trace": "emlw"}
    with pytest.raises(InvalidInput, match="cannot be read"):
        demo_of(f"Buy={tmp_path}/none.zip")
