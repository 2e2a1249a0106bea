"""One vLLM server: replies from a named adapter, and which adapters it has.

vLLM's traps that this file is about: a name is cached by path for good, so every version has a name and a path of its
own; request fields called ``guided_…`` are ignored without a word, ``structured_outputs`` is what is read; loading and
unloading (``VLLM_ALLOW_RUNTIME_LORA_UPDATING=1``) are for the inside of a network only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from infra.contracts.attempt import Written
from infra.errors import AdapterRefused, PolicyError, PolicyUnavailable

#: Answers after which the same request may do better later, or elsewhere.
_TROUBLE = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_FOUND = 404


class UnknownAdapter(PolicyError):
    """The replica serves no adapter of this name."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """One version's adapter: what it is called, and the folder that it lies in, as replicas see it."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for a reply."""

    messages: list[dict[str, Any]]
    grammar: str  # regular expression that the whole reply matches
    temperature: float
    longest: int  # tokens


@dataclass(frozen=True, slots=True)
class Said:
    """A sampled reply."""

    text: str
    prompt: tuple[int, ...]  # token ids, the picture's placeholders already repeated
    written: Written
    whole: bool  # False: it was cut off at the most tokens


class Replica:
    """A vLLM server, by its address without ``/v1``.

    It must run with ``--logprobs-mode processed_logprobs``: log-probabilities are wanted as the tokens were drawn, at
    the temperature and among those that the grammar admits.
    """

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        """``client`` carries the API key and the time-out."""
        self.url = url.rstrip("/")
        self.busy = 0  # replies that are being written
        self._client = client

    async def ask(self, adapter: str, question: Question) -> Said:
        """Have a reply written.

        Raises:
            UnknownAdapter: it does not serve this adapter now.
            PolicyUnavailable: it cannot be reached or is in trouble.
            PolicyError: it refuses the question, or answers what is no reply of this adapter.
        """
        body = {
            "model": adapter,
            "messages": question.messages,
            "temperature": question.temperature,
            "max_tokens": question.longest,
            "logprobs": True,
            "top_logprobs": 0,
            "return_token_ids": True,
            "structured_outputs": {"regex": question.grammar},
        }
        self.busy += 1
        try:
            answer = await self._post("/v1/chat/completions", body)
        finally:
            self.busy -= 1
        if answer.status_code == _NOT_FOUND:
            raise UnknownAdapter(f"{self.url} does not serve {adapter}")
        if answer.is_error:
            raise PolicyError(f"{self.url} refused a question: {_detail(answer)}")
        try:
            return _said(answer.json(), adapter)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            raise PolicyError(f"{self.url} answered what is no reply of {adapter}: {error!r}") from error

    async def load(self, adapter: Adapter) -> None:
        """Load an adapter; one that is there from the same folder is left alone.

        Raises:
            AdapterRefused: the replica will not have it.
            PolicyUnavailable: it cannot be reached.
        """
        there = (await self.adapters()).get(adapter.name)
        if there == adapter.path:
            return
        if there is not None:
            raise AdapterRefused(f"{self.url} serves another {adapter.name}, from {there}")
        body = {"lora_name": adapter.name, "lora_path": adapter.path}
        answer = await self._post("/v1/load_lora_adapter", body, troubled=False)
        if not answer.is_error:
            return
        if (await self.adapters()).get(adapter.name) == adapter.path:
            return  # somebody else had it loaded meanwhile
        raise AdapterRefused(f"{self.url} refused {adapter.name}: {_detail(answer)}")

    async def unload(self, name: str) -> None:
        """Unload an adapter; one that is not there is left alone. Raises PolicyUnavailable."""
        answer = await self._post("/v1/unload_lora_adapter", {"lora_name": name}, troubled=False)
        if answer.is_error and answer.status_code != _NOT_FOUND:
            raise PolicyUnavailable(f"{self.url} did not unload {name}: {_detail(answer)}")

    async def adapters(self) -> dict[str, str]:
        """Return the folders of the adapters that are served, by name. Raises PolicyUnavailable."""
        try:
            answer = await self._client.get(f"{self.url}/v1/models")
            answer.raise_for_status()
            return {one["id"]: str(one["root"]) for one in answer.json()["data"] if one.get("parent")}
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise PolicyUnavailable(f"{self.url} does not say what it serves: {error!r}") from error

    async def _post(self, path: str, body: dict[str, Any], *, troubled: bool = True) -> httpx.Response:
        """``troubled``: whether an answer of a server in trouble is an error."""
        try:
            answer = await self._client.post(f"{self.url}{path}", json=body)
        except httpx.HTTPError as error:
            raise PolicyUnavailable(f"{self.url} cannot be reached: {error!r}") from error
        if troubled and answer.status_code in _TROUBLE:
            raise PolicyUnavailable(f"{self.url} is in trouble: {_detail(answer)}")
        return answer


def _detail(answer: httpx.Response) -> str:
    """Return what an error says, in a line."""
    try:
        text = str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        text = answer.text
    return f"{answer.status_code}: {' '.join(text.split())[:300]}"


def _said(answer: dict[str, Any], adapter: str) -> Said:
    """Read an answer. Raises KeyError, TypeError, IndexError or ValueError where it is none."""
    if answer["model"] != adapter:
        raise ValueError(f"{answer['model']} answered")
    choice = answer["choices"][0]
    tokens = tuple(int(one) for one in choice["token_ids"])
    log_probs = tuple(float(one["logprob"]) for one in choice["logprobs"]["content"])
    if not tokens or len(tokens) != len(log_probs):
        raise ValueError(f"{len(tokens)} tokens with {len(log_probs)} log-probabilities")
    return Said(
        text=str(choice["message"]["content"]),
        prompt=tuple(int(one) for one in answer["prompt_token_ids"]),
        written=Written(tokens=tokens, log_probs=log_probs),
        whole=choice["finish_reason"] == "stop",
    )
