"""Chats over real HTTP with a server that misbehaves: every way to go wrong is one typed error, and budgets hold."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from infra import errors
from infra.chat import Chat, Picture, Prompt, open_chat
from infra.contracts.chat import Price
from infra.contracts.website import Website
from infra.settings_chat import ChatSettings
from infra.store import Store
from tests.fixtures import chat_server as c

PROMPT = Prompt("You count.", ("How many?", Picture(b"\xff\xd8 a picture")))
WEB = "web_1"


class Count(BaseModel):
    """A number."""

    model_config = ConfigDict(extra="forbid")

    number: int


@pytest.fixture
async def server() -> AsyncIterator[c.ChatServer]:
    async with c.serving(c.says({"number": 4})) as known:
        yield known


@pytest.fixture
async def opened(sqlite_store: Store, server: c.ChatServer) -> Callable[..., Chat]:
    """Open chats with the server; waits are short."""
    await sqlite_store.add_website(Website(id=WEB, url="http://127.0.0.1:1/", name="s", allowed_hosts=("127.0.0.1:1",)))

    def open_(**changes: Any) -> Chat:
        given: dict[str, Any] = {"model": "m", "base_url": server.url, "api_key": SecretStr("key"), "retries": 2}
        given |= {"retry_seconds": 0.01, "timeout_seconds": 20.0, "input_price": 1.0, "output_price": 4.0}
        return open_chat(ChatSettings(**given | changes), sqlite_store, "judge")

    return open_


async def spent(store: Store) -> tuple[int, int, int, int]:
    """Return calls, tokens of input and of output, and cost; nothing may be held any more."""
    (known,) = await store.spending(WEB)
    assert known.held == Price(tokens=0, cost=0)
    return known.calls, known.input_tokens, known.output_tokens, known.cost


@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
async def test_a_reply_has_the_shape_asked_for_and_is_paid(
    server: c.ChatServer, opened: Callable[..., Chat], sqlite_store: Store, method: str
) -> None:
    if method == "function_calling":
        call = {"id": "1", "type": "function", "function": {"name": "Count", "arguments": '{"number": 4}'}}
        server.always = lambda body: c.JSONResponse(c.completion(None, finish="tool_calls", tool_calls=[call]))
    assert await opened(method=method).ask(WEB, PROMPT, Count) == Count(number=4)
    assert await spent(sqlite_store) == (1, 100, 20, 180)
    (body,) = server.asked
    assert "guided_json" not in body
    assert server.pictures == [1]
    if method == "json_schema":
        shape = body["response_format"]["json_schema"]
        assert (shape["name"], shape["strict"]) == ("Count", True)
        assert shape["schema"]["required"] == ["number"]
        assert shape["schema"]["additionalProperties"] is False
    else:
        assert body["tool_choice"]["function"]["name"] == "Count"


async def test_a_reply_in_a_code_fence_is_read(server: c.ChatServer, opened: Callable[..., Chat]) -> None:
    server.always = c.text('```json\n{"number": 4}\n```')
    assert (await opened().ask(WEB, PROMPT, Count)).number == 4


@pytest.mark.parametrize(
    ("behaviour", "error", "tries", "billed", "words"),
    [
        (c.text("four"), errors.ChatMalformed, 3, True, "no JSON"),
        (c.text('{"number": 4'), errors.ChatMalformed, 3, True, "no JSON"),
        (c.says({"number": "four"}), errors.ChatMalformed, 3, True, "number: "),
        (c.says({"count": 4}), errors.ChatMalformed, 3, True, "wrong shape"),
        (c.says([4]), errors.ChatMalformed, 3, True, "wrong shape"),
        (c.refuses, errors.ChatRefused, 1, True, "I cannot help"),
        (c.filtered, errors.ChatRefused, 1, True, "refused"),
        (c.truncated, errors.ChatTruncated, 1, True, "bound on its length"),
        (c.fails(429, "slow down"), errors.ChatOverloaded, 3, False, "slow down"),
        (c.fails(500, "oops"), errors.ChatServerError, 3, False, "500"),
        (c.fails(503), errors.ChatServerError, 3, False, "503"),
        (c.fails(401, "bad key"), errors.ChatRejected, 1, False, "bad key"),
        (c.fails(404, "no such model"), errors.ChatRejected, 1, False, "no such model"),
        (c.page, errors.ChatServerError, 3, False, "something else"),
    ],
)
async def test_every_misbehaviour_is_an_error_of_its_own(
    server: c.ChatServer,
    opened: Callable[..., Chat],
    sqlite_store: Store,
    behaviour: c.Behaviour,
    error: type[errors.ChatError],
    tries: int,
    billed: bool,
    words: str,
) -> None:
    server.always = behaviour
    with pytest.raises(error, match=words) as raised:
        await opened().ask(WEB, PROMPT, Count)
    assert type(raised.value) is error
    assert len(server.asked) == tries
    calls, *_ = await spent(sqlite_store)
    assert calls == (tries if billed else 0)


async def test_a_slow_drip_ends_in_time_and_counts_in_full(
    server: c.ChatServer, opened: Callable[..., Chat], sqlite_store: Store
) -> None:
    server.always = c.drips
    with pytest.raises(errors.ChatTimedOut, match=r"within 1\.5 s"):
        await opened(timeout_seconds=1.5, retries=1, max_output_tokens=500).ask(WEB, PROMPT, Count)
    calls, _, output, _ = await spent(sqlite_store)
    assert (calls, output, len(server.asked)) == (2, 1000, 2)


async def test_a_server_that_is_not_there_is_unreachable(opened: Callable[..., Chat], sqlite_store: Store) -> None:
    with pytest.raises(errors.ChatUnreachable):
        await opened(base_url="http://127.0.0.1:1/v1", retries=0).ask(WEB, PROMPT, Count)
    assert (await spent(sqlite_store))[0] == 0


async def test_what_may_pass_is_tried_again(server: c.ChatServer, opened: Callable[..., Chat]) -> None:
    server.script = [c.fails(500), c.text("…")]
    assert (await opened().ask(WEB, PROMPT, Count)).number == 4
    assert len(server.asked) == 3


async def test_the_server_says_when_to_come_again(server: c.ChatServer, opened: Callable[..., Chat]) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    server.script = [c.fails(429, retry_after="7"), c.fails(429, retry_after="7000")]
    chat = opened(longest_wait_seconds=9.0)
    chat._sleep = sleep
    await chat.ask(WEB, PROMPT, Count)
    assert 7.0 <= waited[0] <= 7.1
    assert waited[1] == 9.0


async def test_a_budget_holds_whatever_is_asked_at_once(
    server: c.ChatServer, opened: Callable[..., Chat], sqlite_store: Store
) -> None:
    chats = [opened(website_tokens=12_000, max_output_tokens=1000) for _ in range(3)]  # as three processes would
    prompt = Prompt("You count.", ("x" * 3000,))
    server.gate.clear()  # none is settled before all have been held or refused
    asked = [asyncio.create_task(chat.ask(WEB, prompt, Count)) for chat in chats for _ in range(4)]
    while len(server.asked) + sum(one.done() for one in asked) < len(asked):  # noqa: ASYNC110 - two kinds of event are waited for
        await asyncio.sleep(0.01)
    server.gate.set()
    ended = await asyncio.gather(*asked, return_exceptions=True)
    refused = [one for one in ended if isinstance(one, errors.ChatBudgetSpent)]
    assert 0 < len(refused) < 12
    assert len(server.asked) == 12 - len(refused)
    assert (await spent(sqlite_store))[0] == len(server.asked)


async def ask_often(chat: Chat) -> None:
    for _ in range(100):
        await chat.ask(WEB, PROMPT, Count)


async def test_a_budget_of_money_is_never_exceeded(
    server: c.ChatServer, opened: Callable[..., Chat], sqlite_store: Store
) -> None:
    server.always = c.says({"number": 4}, tokens=(900_000, 0))  # a server that charges more than was to be expected
    chat = opened(website_cost=1.0)
    await chat.ask(WEB, PROMPT, Count)
    server.always = c.says({"number": 4}, tokens=(2000, 50))
    with pytest.raises(errors.ChatBudgetSpent, match="a cost of 1"):
        await ask_often(chat)
    assert (await spent(sqlite_store))[3] <= 1_000_000
    with pytest.raises(errors.ChatBudgetSpent):  # a restart resets nothing
        await opened(website_cost=1.0).ask(WEB, PROMPT, Count)


async def test_a_server_that_does_not_say_what_it_cost_is_paid_in_full(
    server: c.ChatServer, opened: Callable[..., Chat], sqlite_store: Store
) -> None:
    server.always = c.says({"number": 4}, tokens=None)
    await opened(max_output_tokens=300).ask(WEB, PROMPT, Count)
    calls, read, written, _ = await spent(sqlite_store)
    assert (calls, written) == (1, 300)
    assert read > 2000  # the picture alone


async def test_no_more_calls_at_a_time_than_allowed(server: c.ChatServer, opened: Callable[..., Chat]) -> None:
    chat = opened(concurrency=2)
    await asyncio.gather(*(chat.ask(WEB, PROMPT, Count) for _ in range(8)))
    assert server.most_under_way <= 2


async def test_replies_are_recorded_and_replayed_for_nothing(
    server: c.ChatServer, opened: Callable[..., Chat], sqlite_store: Store, tmp_path: Path
) -> None:
    kept = {"cache_folder": str(tmp_path / "kept")}
    recording = opened(cache="record", **kept)
    for _ in range(2):
        assert (await recording.ask(WEB, PROMPT, Count)).number == 4
    assert len(server.asked) == 1
    assert (await spent(sqlite_store))[0] == 1
    replay = opened(cache="replay", base_url="http://127.0.0.1:1/v1", **kept)
    assert (await replay.ask(WEB, PROMPT, Count)).number == 4
    with pytest.raises(errors.ChatNotRecorded, match="record"):
        await replay.ask(WEB, Prompt("You count.", PROMPT.parts, sample=1), Count)
    (path,) = (tmp_path / "kept").iterdir()
    path.write_text("{")
    with pytest.raises(errors.StoreError, match="cannot be read"):
        await replay.ask(WEB, PROMPT, Count)


async def test_nothing_is_recorded_of_a_failure(
    server: c.ChatServer, opened: Callable[..., Chat], tmp_path: Path
) -> None:
    server.always = c.refuses
    with pytest.raises(errors.ChatRefused):
        await opened(cache="record", cache_folder=str(tmp_path / "kept")).ask(WEB, PROMPT, Count)
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("changes", [{"provider": "nobody"}, {"provider": "ibm"}])
async def test_a_provider_that_is_unknown_or_not_installed_is_a_clear_error(
    opened: Callable[..., Chat], changes: dict[str, str]
) -> None:
    with pytest.raises(errors.ConfigurationError):
        opened(**changes)
