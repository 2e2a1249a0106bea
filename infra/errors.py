"""Every error of the project, in one tree.

PaeError
├── ConfigurationError          the settings or the environment are wrong; says which and what to do
├── InvalidInput                a user's input is wrong
│   └── ForbiddenAddress        a URL that egress rules refuse, now or after resolving
├── NotFound                    no such website, task, attempt, version …
├── Conflict                    the request does not fit the present state
├── StoreError                  the database or the blob store failed
├── StreamError                 Redis failed or a message cannot be read
├── BrowserError                the browser failed
│   ├── BrowserCrashed          page or browser process is gone
│   ├── PageUnreachable         the start page cannot be loaded: dead, refused, endless redirect, time-out
│   └── NoBrowser               no Chromium on this machine
├── ChatError                   a chat model gave no usable reply; ``transient`` says whether trying again may help
│   ├── ChatUnreachable         no connection to its server
│   ├── ChatTimedOut            no whole reply in time, however it dripped
│   ├── ChatOverloaded          too many requests (429); may say when to come again
│   ├── ChatServerError         the server is in trouble (5xx), or answers with something else than a reply
│   ├── ChatRejected            the request is wrong: key, model, size (4xx)
│   ├── ChatRefused             the model or a content filter refused
│   ├── ChatTruncated           the reply ended at the bound on its length
│   ├── ChatMalformed           the reply is no JSON, or does not fit the schema
│   ├── ChatBudgetSpent         the call would exceed the website's budget, so it was not made
│   └── ChatNotRecorded         replies come from a recording that lacks this one
├── JudgeUnavailable            whoever judges attempts cannot be reached or is in trouble; try again
├── ProcessLost                 a process that this one works with is gone; all of them start again
└── PolicyError                 a policy version cannot be loaded or does not fit
    ├── PolicyUnavailable       whoever serves the policy cannot be reached or is in trouble; try again
    └── AdapterRefused          whoever serves the policy would not load a version; the one before is still served
"""

from __future__ import annotations

from typing import ClassVar


class PaeError(Exception):
    """Base of all errors that this project raises on purpose. ``str(error)`` is fit for a user."""


class ConfigurationError(PaeError):
    """The settings or the environment are wrong."""


class InvalidInput(PaeError):
    """A user's input is wrong."""


class ForbiddenAddress(InvalidInput):
    """A URL that the egress rules refuse."""


class NotFound(PaeError):
    """There is no such thing."""


class Conflict(PaeError):
    """The request does not fit the present state."""


class StoreError(PaeError):
    """The database or the blob store failed."""


class StreamError(PaeError):
    """Redis failed, or a message cannot be read."""


class BrowserError(PaeError):
    """The browser failed."""


class BrowserCrashed(BrowserError):
    """The page's or the browser's process is gone."""


class PageUnreachable(BrowserError):
    """The page cannot be loaded."""


class NoBrowser(BrowserError):
    """There is no Chromium on this machine."""


class JudgeUnavailable(PaeError):
    """Whoever judges attempts cannot be reached or is in trouble."""


class ProcessLost(PaeError):
    """A process that this one works with is gone, or was not heard of in time."""


class PolicyError(PaeError):
    """A policy version cannot be loaded, or does not fit."""


class ChatError(PaeError):
    """A chat model gave no usable reply.

    ``transient``: trying again may help. ``billed``: the tokens may have been charged for. ``usage``: how many, input
    and output; None where nobody said. ``retry_after``: seconds after which the server wants to be asked again.
    """

    transient: ClassVar[bool] = False
    billed: ClassVar[bool] = False

    def __init__(self, message: str, *, usage: tuple[int, int] | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.usage = usage
        self.retry_after = retry_after


class ChatUnreachable(ChatError):
    """There is no connection to the model's server."""

    transient = True


class ChatTimedOut(ChatError):
    """No whole reply came in time."""

    transient = billed = True


class ChatOverloaded(ChatError):
    """There were too many requests."""

    transient = True


class ChatServerError(ChatError):
    """The model's server is in trouble."""

    transient = True


class ChatRejected(ChatError):
    """The request is wrong: key, model or size."""


class ChatRefused(ChatError):
    """The model or a content filter refused."""

    billed = True


class ChatTruncated(ChatError):
    """The reply ended at the bound on its length."""

    billed = True


class ChatMalformed(ChatError):
    """The reply is no JSON, or does not fit the schema."""

    transient = billed = True


class ChatBudgetSpent(ChatError):
    """The call would exceed the website's budget; it was not made."""


class ChatNotRecorded(ChatError):
    """The recording lacks this reply."""


class PolicyUnavailable(PolicyError):
    """Whoever serves the policy cannot be reached, or is in trouble."""


class AdapterRefused(PolicyError):
    """Whoever serves the policy would not load a version; what was served before still is."""
