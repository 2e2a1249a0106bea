"""What the chat model is told of a website: any of name, description, map, pictures, demonstrations and results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from infra.chat import Picture, fenced
from infra.contracts.website import Demo, Website

#: Characters of each part.
MOST_SUMMARY, MOST_DEMO, MOST_LIST = 14_000, 2_500, 5_000
#: Demonstrations told, and pictures shown.
DEMOS, PICTURES = 5, 6


@dataclass(frozen=True, slots=True)
class Context:
    """What is known when tasks are asked for. Everything but the website may be empty."""

    website: Website
    summary: str = ""  # of its map
    pictures: tuple[bytes, ...] = ()
    mastered: tuple[str, ...] = ()  # instructions of tasks that the agent does reliably
    failures: tuple[tuple[str, str], ...] = ()  # (instruction, why it failed) of late
    known: tuple[str, ...] = ()  # instructions of other tasks that there are already
    demo_pictures: dict[int, tuple[bytes, ...]] = field(default_factory=dict)  # by the demonstration's index


def told(context: Context) -> Iterator[str | Picture]:
    """Yield the parts of the prompt."""
    website = context.website
    yield fenced("The website", f"{website.name}\n{website.url}\n{website.description}", 5_200)
    if context.summary:
        yield fenced("What a survey found on its pages", context.summary, MOST_SUMMARY)
    for index, demo in enumerate(website.demos[:DEMOS]):
        yield fenced(f"A user's demonstration, {index + 1}", _demo(demo), MOST_DEMO)
        yield from map(Picture, context.demo_pictures.get(index, ())[:PICTURES])
    if context.pictures:
        yield "Pictures of some of its pages:"
        yield from map(Picture, context.pictures[:PICTURES])
    if context.mastered:
        yield fenced("The agent does these reliably; go beyond them", _listed(context.mastered), MOST_LIST)
    if context.failures:
        lines = [f"{instruction} ({why})" for instruction, why in context.failures]
        yield fenced("The agent failed at these of late; steps towards them help", _listed(lines), MOST_LIST)
    if context.known:
        yield fenced("These tasks are there already; propose others", _listed(context.known), MOST_LIST)


def _demo(demo: Demo) -> str:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(demo.steps, start=1))
    return f"{demo.instruction}\n{steps}"


def _listed(texts: Sequence[str]) -> str:
    return "\n".join(f"- {' '.join(text.split())[:300]}" for text in texts)
