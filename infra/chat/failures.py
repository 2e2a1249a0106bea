"""What providers raise, as our own errors. LangChain's classes first; what is none of them goes by its HTTP status."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import httpx
import openai
from langchain_core import exceptions as lc

from infra.contracts.base import utcnow
from infra.errors import (
    ChatError,
    ChatOverloaded,
    ChatRefused,
    ChatRejected,
    ChatServerError,
    ChatTimedOut,
    ChatTruncated,
    ChatUnreachable,
)

#: Characters of a provider's message that are passed on.
MOST = 300
#: HTTP statuses that pass by themselves although they begin with a 4: time-out, conflict, too early.
PASSING = frozenset({408, 409, 425})
TOO_MANY = 429


def failure(error: Exception) -> ChatError:
    """Return the error to raise instead of a provider's."""
    text = " ".join(str(error).split())[:MOST]
    if isinstance(error, openai.LengthFinishReasonError):
        usage = error.completion.usage
        spent = (usage.prompt_tokens, usage.completion_tokens) if usage is not None else None
        return ChatTruncated("the reply of the chat model ended at the bound on its length", usage=spent)
    if isinstance(error, lc.ModelRefusalError | openai.ContentFilterFinishReasonError):
        return ChatRefused(f"the chat model refused: {text}")
    if isinstance(error, lc.ModelTimeoutError | TimeoutError | httpx.TimeoutException):
        return ChatTimedOut(f"the chat model gave no reply in time: {text}")
    status = _status(error)
    if isinstance(error, lc.ModelRateLimitError) or status == TOO_MANY:
        return ChatOverloaded(f"the chat model's server has too much to do: {text}", retry_after=retry_after(error))
    if status is not None and 400 <= status < 500 and status not in PASSING:
        return ChatRejected(f"the chat model's server rejects the request ({status}): {text}")
    if status is not None:
        return ChatServerError(f"the chat model's server is in trouble ({status}): {text}")
    if isinstance(error, lc.ModelConnectionError | httpx.TransportError | OSError | openai.APIConnectionError):
        return ChatUnreachable(f"the chat model's server cannot be reached: {_cause(error)}")
    return ChatServerError(f"the chat model's server answered with something else than a reply: {text}")


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None)
    if status is None and isinstance(error, httpx.HTTPStatusError):
        status = error.response.status_code
    return status if isinstance(status, int) else None


def _cause(error: BaseException) -> str:
    """Return the innermost cause: connection errors say why only there."""
    while error.__cause__ is not None:
        error = error.__cause__
    return " ".join(str(error).split())[:MOST] or type(error).__name__


def retry_after(error: Exception) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, as a number or a date (RFC 9110, 10.2.3)."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - utcnow()).total_seconds()) if when.tzinfo is not None else None
