"""From settings to a proposer that asks a chat model; LangChain is needed only where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.blobs.base import Blobs
from infra.optional import require_chat
from infra.settings import Settings
from infra.store.base import Store

if TYPE_CHECKING:
    from proposer.llm.proposing import Proposing


def open_proposing(settings: Settings, store: Store, blobs: Blobs) -> Proposing | None:
    """Return what asks the chat model for tasks; None with proposer.backend = grounded. Raises ConfigurationError."""
    if settings.proposer.backend != "llm":
        return None
    require_chat()
    from infra.chat import open_chat
    from proposer.llm.likeness import open_likeness
    from proposer.llm.proposer import LlmProposer
    from proposer.llm.proposing import Proposing

    chat = open_chat(settings.proposer_chat, store, "proposer")
    likeness = open_likeness(settings.proposer.likeness)
    llm = LlmProposer(chat, blobs, likeness, count=settings.proposer.propose_count)
    return Proposing(llm, store, blobs, settings.proposer)
