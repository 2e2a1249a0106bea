"""The screenshot as the policy sees it: with a mark on every element that the prompt lists."""

from __future__ import annotations

from agent.browser.marks import draw_marks
from agent.rendering.prompts import Prompt


def marked(jpeg: bytes, prompt: Prompt) -> bytes:
    """Return a JPEG of the page with the prompt's marks (set-of-marks, Yang et al. 2023, arXiv 2310.11441)."""
    return draw_marks(jpeg, prompt.marked)
