"""From settings to a chat."""

from __future__ import annotations

from pathlib import Path

from infra.chat.base import Model
from infra.chat.budget import Budgeted
from infra.chat.client import Chat
from infra.chat.recorded import Recording, Replay
from infra.settings_chat import ChatSettings
from infra.store.base import Store


def open_chat(settings: ChatSettings, store: Store, role: str) -> Chat:
    """Return the chat of a role (``proposer``, ``judge``). Nothing is asked yet.

    Raises:
        ConfigurationError: the provider is unknown or not installed.
    """
    folder, name = Path(settings.cache_folder), f"{settings.provider}:{settings.model}"
    if settings.cache == "replay":
        return Chat(Replay(folder, name), settings)
    from infra.chat.langchain import LangChainModel  # takes a second, and is not needed for replays

    model: Model = Budgeted(LangChainModel(settings), store, role, settings)
    if settings.cache == "record":
        model = Recording(model, folder, name)
    return Chat(model, settings)
