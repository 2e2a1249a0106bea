"""What the shop's other variant calls things."""

from __future__ import annotations

WORDING: dict[str, str] = {}
