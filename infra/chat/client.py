"""What services ask: a few calls at a time, and a further try where one may help, with jitter, never for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from infra.chat.base import M, Model, Prompt
from infra.errors import ChatError
from infra.settings_chat import ChatSettings

Sleep = Callable[[float], Awaitable[None]]

log = structlog.get_logger(__name__)


class Chat:
    """One role's access to its model."""

    def __init__(self, model: Model, settings: ChatSettings, *, sleep: Sleep = asyncio.sleep) -> None:
        self._model = model
        self._sleep = sleep
        self._settings = settings
        self._free = asyncio.Semaphore(settings.concurrency)
        # Full jitter (Brooker 2015): between nothing and twice the mean, which doubles with every try.
        self._wait = wait_random_exponential(multiplier=2 * settings.retry_seconds, max=settings.longest_wait_seconds)

    async def ask(self, website_id: str, prompt: Prompt, schema: type[M]) -> M:
        """Return the reply.

        Raises:
            ChatError: what the last try came to; at once where a further one would not help.
            NotFound: there is no such website.
            StoreError: the budget cannot be kept.
        """
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(1 + self._settings.retries),
            retry=retry_if_exception(lambda error: isinstance(error, ChatError) and error.transient),
            wait=self._pause,
            sleep=self._sleep,
            before_sleep=_note,
            reraise=True,
        ):
            with attempt:
                async with self._free:
                    said = await self._model.say(website_id, prompt, schema)
        return said.value

    def _pause(self, state: RetryCallState) -> float:
        """Return the seconds before the next try: those that the server asked for at least, within our bound."""
        error = state.outcome.exception() if state.outcome is not None else None
        asked = error.retry_after if isinstance(error, ChatError) and error.retry_after is not None else 0.0
        return min(self._settings.longest_wait_seconds, asked + float(self._wait(state)))


def _note(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome is not None else None
    log.info("chat_again", tries=state.attempt_number, cause=str(error), kind=type(error).__name__)
