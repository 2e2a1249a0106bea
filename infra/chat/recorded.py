"""Replies kept in a folder, one file per question, so that what was asked once need not be asked again.

A question is the model, the prompt with its pictures, the sample and the schema; another prompt is another question.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from pathlib import Path

from pydantic import BaseModel, ValidationError

from infra.chat.base import M, Model, Picture, Prompt, Said
from infra.errors import ChatNotRecorded, StoreError


class Recording:
    """Answers from what is kept, and asks ``model`` what is not."""

    def __init__(self, model: Model, folder: Path, name: str) -> None:
        self._model = model
        self._folder = folder
        self._name = name

    async def say(self, website_id: str, prompt: Prompt, schema: type[M]) -> Said[M]:
        """Raises ChatError as the model does; only replies are kept."""
        path = self._folder / key(self._name, prompt, schema)
        kept = await asyncio.to_thread(_read, path, schema)
        if kept is not None:
            return Said(kept)
        said = await self._model.say(website_id, prompt, schema)
        await asyncio.to_thread(_write, path, said.value)
        return said


class Replay:
    """Answers from what is kept alone."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name

    async def say(self, website_id: str, prompt: Prompt, schema: type[M]) -> Said[M]:
        """Raises ChatNotRecorded for another question than those that were recorded."""
        path = self._folder / key(self._name, prompt, schema)
        kept = await asyncio.to_thread(_read, path, schema)
        if kept is None:
            raise ChatNotRecorded(f"there is no reply {path.name} in {self._folder}: chat.cache = record makes one")
        return Said(kept)


def key(name: str, prompt: Prompt, schema: type[BaseModel]) -> str:
    """Return the file's name for a question to the model ``name``."""
    parts = [
        hashlib.sha256(part.data).hexdigest() if isinstance(part, Picture) else ["text", part] for part in prompt.parts
    ]
    question = json.dumps([name, prompt.system, parts, prompt.sample, schema.model_json_schema()], sort_keys=True)
    return f"{schema.__name__.lower()}-{hashlib.sha256(question.encode()).hexdigest()[:32]}.json"


def _read(path: Path, schema: type[M]) -> M | None:
    try:
        return schema.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise StoreError(f"the kept reply {path} cannot be read: {error}") from error


def _write(path: Path, value: BaseModel) -> None:
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(value.model_dump_json(indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"the reply {path} cannot be kept: {error}") from error
