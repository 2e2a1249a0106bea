"""From settings to a judge; LangChain is needed only where there is one."""

from __future__ import annotations

from evaluator.service import Judge
from infra.blobs.base import Blobs
from infra.optional import require_chat
from infra.settings import Settings
from infra.store.base import Store


def open_judge(settings: Settings, store: Store, blobs: Blobs, *, distil: bool = True) -> Judge:
    """Return the judge that the settings describe; ``distil`` False: never a model that stands in for it.

    Raises:
        ConfigurationError: the chat model's provider is unknown or not installed.
    """
    require_chat()
    from evaluator.judge.judge import ChatJudge
    from infra.chat import open_chat

    chosen = settings.evaluator
    chat = open_chat(settings.judge_chat, store, "judge")
    judge = ChatJudge(chat, blobs, votes=chosen.votes, frames=chosen.keyframes)
    if not (chosen.distil and distil):
        return judge
    from evaluator.distilled.judge import DistillingJudge

    return DistillingJudge(judge, store, blobs, sure=chosen.distil_sure, sample=chosen.distil_sample)
