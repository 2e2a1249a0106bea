"""A provider through LangChain: one request, one reply, or one typed error.

Structured output is asked for by ``response_format`` or by a tool. The reply is read strictly: LangChain's own parser
would mend a reply that was cut off. The client beneath makes no tries of its own, so that none escapes the budget.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, ValidationError

from infra.chat.base import M, Picture, Prompt, Said, Usage
from infra.chat.failures import failure
from infra.errors import ChatMalformed, ChatRefused, ChatTimedOut, ChatTruncated, ConfigurationError
from infra.settings_chat import ChatSettings

#: How providers call a reply that ended at the bound on its length, and one that a filter ended.
TRUNCATED = frozenset({"length", "max_tokens", "model_length"})
FILTERED = frozenset({"content_filter", "refusal", "safety", "recitation", "prohibited_content", "blocklist"})
#: What providers call the bound on a reply's length, and the number that means a single try, where they differ.
LENGTH = {"ollama": "num_predict"}
ONE_TRY = {"google_genai": 1}
#: What OpenAI's client wants to have, where a server of one's own wants no key.
NO_KEY = "none"
_FENCE = re.compile(r"^```(?:json)?\s*\n(.*)\n```$", re.DOTALL)


class LangChainModel:
    """One model of one provider."""

    def __init__(self, settings: ChatSettings) -> None:
        self._settings = settings
        self._model = _open(settings)

    async def say(self, website_id: str, prompt: Prompt, schema: type[M]) -> Said[M]:
        """Raises ChatError."""
        asked = self._model.with_structured_output(
            form(schema), method=self._settings.method, include_raw=True, strict=True
        )
        seconds = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                answered: Any = await asked.ainvoke(_messages(prompt))
        except TimeoutError as error:
            raise ChatTimedOut(f"the chat model gave no whole reply within {seconds:g} s") from error
        except Exception as error:  # every provider has errors of its own; each becomes one of ours
            raise failure(error) from error
        message = answered["raw"]
        usage = _usage(message)
        return Said(read(message, schema, usage), usage)


def _open(settings: ChatSettings) -> BaseChatModel:
    """Return LangChain's model. Raises ConfigurationError."""
    try:
        model = init_chat_model(settings.model, model_provider=settings.provider, **parameters(settings))
    except ImportError as error:
        raise ConfigurationError(f"chat.provider {settings.provider!r} needs a package: {error}") from error
    except Exception as error:  # whatever a provider's constructor objects to is a setting of ours
        raise ConfigurationError(f"the chat model {settings.model!r} cannot be opened: {error}") from error
    if not isinstance(model, BaseChatModel):
        raise ConfigurationError("chat.model must name one model")
    return model


def parameters(settings: ChatSettings) -> dict[str, Any]:
    """Return what LangChain's model is made with."""
    given: dict[str, Any] = {
        LENGTH.get(settings.provider, "max_tokens"): settings.max_output_tokens,
        "timeout": settings.timeout_seconds,
        "max_retries": ONE_TRY.get(settings.provider, 0),
    }
    if settings.temperature is not None:
        given["temperature"] = settings.temperature
    if settings.base_url:
        given["base_url"] = settings.base_url
    if settings.api_key is not None and settings.api_key.get_secret_value():
        given["api_key"] = settings.api_key.get_secret_value()
    elif settings.base_url and settings.provider == "openai":
        given["api_key"] = NO_KEY
    return given


def form(schema: type[BaseModel]) -> dict[str, Any]:
    """Return the schema as JSON Schema; every field required and no other allowed, as strict modes want it."""
    shape = schema.model_json_schema()
    return {"description": (schema.__doc__ or schema.__name__).strip(), **shape, "title": schema.__name__}


def _messages(prompt: Prompt) -> list[BaseMessage]:
    return [SystemMessage(prompt.system), HumanMessage([_part(part) for part in prompt.parts])]


def _part(part: str | Picture) -> dict[str, Any]:
    if isinstance(part, str):
        return {"type": "text", "text": part}
    return {"type": "image", "mime_type": part.media_type, "base64": base64.b64encode(part.data).decode()}


def _usage(message: AIMessage) -> Usage | None:
    found = message.usage_metadata
    if not found or not found["input_tokens"] + found["output_tokens"]:
        return None
    return Usage(found["input_tokens"], found["output_tokens"])


def read(message: AIMessage, schema: type[M], usage: Usage | None) -> M:
    """Return what a reply says. Raises ChatTruncated, ChatRefused or ChatMalformed."""
    known = message.response_metadata
    reasons = (known.get(name) for name in ("finish_reason", "stop_reason", "done_reason"))
    ended = str(next(filter(None, reasons), "")).lower()
    if ended in TRUNCATED:
        raise ChatTruncated("the reply of the chat model ended at the bound on its length", usage=usage)
    refusal = message.additional_kwargs.get("refusal")
    if refusal or ended in FILTERED:
        raise ChatRefused(f"the chat model refused: {refusal or ended}", usage=usage)
    try:
        return schema.model_validate(_object(message))
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()[:3])
        raise ChatMalformed(f"the reply of the chat model has the wrong shape: {places}", usage=usage) from error
    except ValueError as error:
        raise ChatMalformed(f"the reply of the chat model is no JSON: {error}", usage=usage) from error


def _object(message: AIMessage) -> object:
    """Return the JSON value that a reply holds. Raises ValueError."""
    if message.tool_calls:
        return message.tool_calls[0]["args"]
    if message.invalid_tool_calls:
        raise ValueError(message.invalid_tool_calls[0]["error"] or "the tool's arguments cannot be read")
    text = message.text.strip()
    fence = _FENCE.match(text)
    return json.loads(fence.group(1) if fence else text)
