"""What a page is called."""

from __future__ import annotations

from infra.contracts.observation import ChunkKind, Observation


def main_heading(observation: Observation) -> str:
    """Return the page's first heading of the highest level, else its title."""
    headings = [chunk for chunk in observation.chunks if chunk.kind is ChunkKind.HEADING]
    if not headings:
        return observation.title
    return min(headings, key=lambda chunk: chunk.level or 6).text
