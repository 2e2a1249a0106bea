"""From settings to a judge; LangChain is needed only where there is one."""

from __future__ import annotations

from evaluator.service import Judge
from infra.blobs.base import Blobs
from infra.optional import require_chat
from infra.settings import Settings
from infra.store.base import Store


def open_judge(settings: Settings, store: Store, blobs: Blobs) -> Judge:
    """Return the judge that the settings describe. Raises ConfigurationError."""
    require_chat()
    from evaluator.judge.judge import ChatJudge
    from infra.chat import open_chat

    chat = open_chat(settings.judge_chat, store, "judge")
    return ChatJudge(chat, blobs, votes=settings.evaluator.votes, frames=settings.evaluator.keyframes)
