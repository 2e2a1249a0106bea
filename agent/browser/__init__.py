"""Websites as observations and actions, in a headless Chromium that reaches only what it may."""

from __future__ import annotations

from agent.browser.environment import Acted, Environment
from agent.browser.pool import Browser, open_browser

__all__ = ["Acted", "Browser", "Environment", "open_browser"]
