"""How values are written on pages."""

from __future__ import annotations

from datetime import date


def day(iso: str) -> str:
    """Write a day: 14 Oct 2025. Anything else stays as it is."""
    try:
        return f"{date.fromisoformat(iso[:10]):%-d %b %Y}{iso[10:]}"
    except ValueError:
        return iso


def days_said(iso: str) -> tuple[str, ...]:
    """Return the ways in which a person may write a day in an answer."""
    written = date.fromisoformat(iso)
    return (
        day(iso), iso, f"{written:%-d %B %Y}", f"{written:%b %-d, %Y}", f"{written:%B %-d, %Y}", f"{written:%d %b %Y}",
        f"{written:%d %B %Y}", f"{written:%d/%m/%Y}", f"{written:%-d/%-m/%Y}", f"{written:%B %-d %Y}",
        f"{written:%b %-d %Y}",
    )  # fmt: skip
