"""What one visitor of the forge has changed; everything else is the seed's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class ForgeState:
    """Overlays over the seed. What is changed back to what it was leaves no trace."""

    signed_in: bool = True
    stars: dict[str, bool] = field(default_factory=dict)  # repository → starred now
    watching: dict[str, str] = field(default_factory=dict)  # repository → all or ignore
    follows: list[str] = field(default_factory=list)  # people
    forks: list[dict[str, str]] = field(default_factory=list)  # of, name
    issues: dict[str, dict[str, Any]] = field(default_factory=dict)  # key → what is different
    opened: list[dict[str, Any]] = field(default_factory=list)  # new issues
    comments: dict[str, list[str]] = field(default_factory=dict)  # key of an issue or a merge request → texts
    merges: dict[str, dict[str, Any]] = field(default_factory=dict)  # key → what is different
    proposed: list[dict[str, str]] = field(default_factory=list)  # new merge requests
    milestones: list[dict[str, str]] = field(default_factory=list)  # new ones
    repos: dict[str, dict[str, Any]] = field(default_factory=dict)  # repository → what is different
    profile: dict[str, str] = field(default_factory=dict)  # what is different
    keys_added: list[dict[str, str]] = field(default_factory=list)
    keys_removed: list[str] = field(default_factory=list)  # titles
    notifications: dict[str, bool] = field(default_factory=dict)  # what is different
    per_mail: int = 20  # events in one mail, by the slider
    snippets: list[dict[str, str]] = field(default_factory=list)  # new ones

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return asdict(self)


def put(overlay: dict[str, dict[str, Any]], key: str, seeded: dict[str, Any], changed: dict[str, Any]) -> None:
    """Write changes into an overlay; what equals the seed is taken out of it."""
    now = {**overlay.get(key, {}), **changed}
    different = {name: value for name, value in now.items() if seeded[name] != value}
    if different:
        overlay[key] = different
    else:
        overlay.pop(key, None)
