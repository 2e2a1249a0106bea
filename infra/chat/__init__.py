"""Chat models for proposer and judge: structured replies within a time, a number of tries and a budget."""

from __future__ import annotations

from infra.chat.base import Model, Picture, Prompt, Said, Usage
from infra.chat.client import Chat
from infra.chat.fence import fenced
from infra.chat.opening import open_chat

__all__ = ["Chat", "Model", "Picture", "Prompt", "Said", "Usage", "fenced", "open_chat"]
