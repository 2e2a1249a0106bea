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
├── JudgeUnavailable            whoever judges attempts cannot be reached or is in trouble; try again
└── PolicyError                 a policy version cannot be loaded or does not fit
    ├── PolicyUnavailable       whoever serves the policy cannot be reached or is in trouble; try again
    └── AdapterRefused          whoever serves the policy would not load a version; the one before is still served
"""

from __future__ import annotations


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


class PolicyError(PaeError):
    """A policy version cannot be loaded, or does not fit."""


class PolicyUnavailable(PolicyError):
    """Whoever serves the policy cannot be reached, or is in trouble."""


class AdapterRefused(PolicyError):
    """Whoever serves the policy would not load a version; what was served before still is."""
