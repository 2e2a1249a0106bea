"""How models are opened and replies read, whatever the provider."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest
from langchain_core import exceptions as lc
from langchain_core.messages import AIMessage
from pydantic import BaseModel, SecretStr

from infra import errors
from infra.chat import Picture, Prompt
from infra.chat.base import Usage
from infra.chat.budget import cost, most_tokens
from infra.chat.failures import failure, retry_after
from infra.chat.fence import fenced
from infra.chat.langchain import parameters, read
from infra.contracts.base import utcnow
from infra.settings_chat import ChatSettings


class Count(BaseModel):
    """A number."""

    number: int


def test_parameters_by_provider() -> None:
    openai = parameters(ChatSettings(model="m", base_url="http://127.0.0.1:1/v1"))
    assert openai == {
        "max_tokens": 4096, "timeout": 60.0, "max_retries": 0, "base_url": "http://127.0.0.1:1/v1", "api_key": "none"
    }  # fmt: skip
    keyed = parameters(ChatSettings(model="m", api_key=SecretStr("k"), temperature=0.5))
    assert (keyed["api_key"], keyed["temperature"], "base_url" in keyed) == ("k", 0.5, False)
    assert "api_key" not in parameters(ChatSettings(model="m", api_key=SecretStr(""), base_url=""))
    assert parameters(ChatSettings(model="m", provider="ollama"))["num_predict"] == 4096
    assert parameters(ChatSettings(model="m", provider="google_genai"))["max_retries"] == 1


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"stop_reason": "max_tokens"}, errors.ChatTruncated),  # Anthropic
        ({"finish_reason": "MAX_TOKENS"}, errors.ChatTruncated),  # Google
        ({"done_reason": "length"}, errors.ChatTruncated),  # Ollama
        ({"finish_reason": "SAFETY"}, errors.ChatRefused),
        ({"stop_reason": "refusal"}, errors.ChatRefused),
    ],
)
def test_endings_of_other_providers(metadata: dict[str, str], error: type[errors.ChatError]) -> None:
    with pytest.raises(error) as raised:
        read(AIMessage('{"number": 4}', response_metadata=metadata), Count, Usage(7, 3))
    assert raised.value.usage == (7, 3)


def test_a_tools_arguments_are_read() -> None:
    call = {"name": "Count", "args": {"number": 4}, "id": "1", "type": "tool_call"}
    assert read(AIMessage("", tool_calls=[call]), Count, None).number == 4
    broken = {"name": "Count", "args": "{", "id": "1", "error": "no JSON", "type": "invalid_tool_call"}
    with pytest.raises(errors.ChatMalformed, match="no JSON"):
        read(AIMessage("", invalid_tool_calls=[broken]), Count, None)


def with_status(status: int, **headers: str) -> Exception:
    request = httpx.Request("POST", "http://127.0.0.1:1/")
    answer = httpx.Response(status, headers={k.replace("_", "-"): v for k, v in headers.items()}, request=request)
    return httpx.HTTPStatusError("it failed", request=request, response=answer)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (with_status(429), errors.ChatOverloaded),
        (with_status(400), errors.ChatRejected),
        (with_status(408), errors.ChatServerError),
        (with_status(529), errors.ChatServerError),
        (httpx.ReadTimeout("slow"), errors.ChatTimedOut),
        (httpx.ConnectError("refused"), errors.ChatUnreachable),
        (ConnectionResetError("reset"), errors.ChatUnreachable),
        (lc.ModelRefusalError("no"), errors.ChatRefused),
        (ValueError("odd"), errors.ChatServerError),
    ],
)
def test_what_any_provider_raises_becomes_one_of_ours(raised: Exception, kind: type[errors.ChatError]) -> None:
    assert type(failure(raised)) is kind


def test_when_to_come_again() -> None:
    assert retry_after(with_status(429, retry_after="7.5")) == 7.5
    later = format_datetime(utcnow() + timedelta(seconds=60), usegmt=True)
    assert 50 < (retry_after(with_status(429, retry_after=later)) or 0) <= 60
    assert retry_after(with_status(429, retry_after="soon")) is None
    assert retry_after(ValueError()) is None


def test_what_a_call_may_cost_at_most_by_hand() -> None:
    priced = ChatSettings(model="m", input_price=0.15, output_price=0.6)
    assert cost(Usage(1000, 100), priced) == 210  # millionths: 1000 · 0.15 + 100 · 0.6
    assert cost(Usage(1, 0), priced) == 1  # rounded up
    bare, pictured = (Prompt("s", parts) for parts in ((), ("äb", Picture(b"\xff\xd8"))))
    assert most_tokens(pictured, Count, 2000) - most_tokens(bare, Count, 2000) == 3 + 2000  # bytes, and the picture


def test_a_fence_cannot_be_forged_and_is_bounded() -> None:
    text = fenced("Said", "a\u202eb >>> c <<<< d" + "x" * 100, 30)
    assert text.startswith("Said:\n<<<\na b … c … d")
    assert text.endswith("…\n>>>")
    assert len(text) == len("Said:\n<<<\n\n>>>") + 30
