"""Features of the attempt as a whole: where it stands, what happened last, what is left to do."""

from __future__ import annotations

import re

from agent.policy.base import Turn
from agent.policy.candidates import Candidates
from agent.policy.heading import main_heading
from agent.policy.intents import INTENTS
from agent.policy.matching import MATCH, Matcher
from agent.policy.progress import Progress
from agent.policy.site import HORIZON, closeness
from agent.policy.text import fold
from infra.contracts.observation import ChunkKind
from infra.urls import canonical_url

#: Only so many steps before the end it is told how many are left. Before that it would tell how long a task takes:
#: the proposer allows for so many more than its own way needs, and others allow for other numbers.
LAST_STEPS = 3
_ACTIONS = ("click", "type", "select", "scroll", "back", "wait")
_ASKING = ("what", "which", "how", "who", "when", "where", "tell", "find", "does", "is")

STATE_FEATURES = (
    "steps", "left", "first", "error", "moved", "sent", "sent_any", "question", "words", "consumed", "fresh_page",
    "new_lines", "new_match", "message", "message_match", "page_known", "page_heading", "page_text", "page_label",
    "close_heading", "close_text", "close_total", "rest_heading", "rest_close", "text_covered", "rest_covered",
    "title", "heading_rest", "values_left", "fields", "missing", "quoted",
    "best_heading", "best_text", "best_total", "best_rest", "named", "named_left", "named_here", "named_last",
    "sent_here", "pending", "pending_any",
    "unknown", "strange_word", "strange_pair", "peak_heading", "peak_text", "sense_name", "sense_gist",
    "sense_best", "sense_close", "sense_peak", "heading_meaning",
    *(f"heading_{i}" for i in range(MATCH)),
    *(f"last_{name}" for name in _ACTIONS),
    *(f"asks_{word}" for word in _ASKING),
    *(f"wants_{intent}" for intent in INTENTS),
)  # fmt: skip


def _place(progress: Progress) -> list[float]:
    """page_known … rest_close."""
    page, goals, rest = progress.page, progress.goals, progress.rest_goals
    if page is None or goals is None:
        return [0.0] * 9
    values = [1.0, float(goals.heading[page]), float(goals.text[page]), float(goals.label[page])]
    values += [closeness(float(distance[page])) for distance in goals.distances]
    far = float(rest.distances[2][page]) if rest else HORIZON
    return [*values, float(rest.heading[page]) if rest else 0.0, closeness(far)]


def _standing(progress: Progress) -> list[float]:
    """best_heading … best_rest."""
    page, goals, rest = progress.page, progress.goals, progress.rest_goals
    if page is None or goals is None:
        return [0.0] * 4
    return [*goals.standing(page), rest.standing(page)[2] if rest else 0.0]


def _sense(matcher: Matcher, progress: Progress) -> list[float]:
    """sense_name … sense_peak: how near this page is to the instruction in meaning, among those of the map."""
    page, sense = progress.page, matcher.sense
    if page is None or sense is None:
        return [0.0] * 5
    name, gist, far = float(sense.name[page]), float(sense.gist[page]), float(matcher.site.clicks_to(sense.best)[page])
    return [name, gist, name / max(sense.peaks[0], 1e-6), closeness(far), sense.peaks[0]]


def _named(matcher: Matcher, progress: Progress) -> list[float]:
    """named … named_last."""
    named = matcher.mentions
    here = [progress.page in mention.pages for mention in named]
    return [min(len(named) / 3, 1.0), min(len(progress.left) / 3, 1.0), float(any(here)), float(here[-1:] == [True])]


def _events(turn: Turn, matcher: Matcher, progress: Progress) -> list[float]:
    """fresh_page … message_match."""
    messages = [chunk.text for chunk in turn.observation.chunks if chunk.kind is ChunkKind.MESSAGE]
    return [
        float(progress.url not in progress.visited),
        min(len(progress.new_lines) / 20, 1.0),
        max((matcher.match(text)[0] for text in progress.new_lines), default=0.0),
        float(bool(messages)),
        max((matcher.match(text)[0] for text in messages), default=0.0),
    ]


def state_row(turn: Turn, matcher: Matcher, progress: Progress, candidates: Candidates) -> list[float]:
    """Return the values of STATE_FEATURES."""
    observation, history = turn.observation, turn.history
    last = history[-1] if history else None
    sent = sum(len(past.requests) for past in history)
    heading = main_heading(observation)
    covered = frozenset[str]().union(*(matcher.shared(chunk.text) for chunk in observation.chunks))
    strong = [span for span in candidates.spans if span.is_value]
    fields = [element for element in observation.elements if element.value is not None]
    instruction = fold(turn.instruction)
    start = instruction.split()
    asked = set(re.findall(r"[a-z]+", instruction))
    return [
        min(len(history) / 10, 1.0),
        min(max(turn.max_steps - len(history), 0), LAST_STEPS) / LAST_STEPS,
        float(not history),
        float(observation.error is not None),
        float(last is not None and canonical_url(last.observation.url) != progress.url),
        min(len(last.requests), 2) / 2 if last else 0.0,
        min(sent, 4) / 4,
        float("?" in instruction),
        min(len(start) / 30, 1.0),
        matcher.share(progress.consumed),
        *_events(turn, matcher, progress),
        *_place(progress),
        matcher.share(covered),
        matcher.share(covered - progress.consumed),
        matcher.match(observation.title)[0],
        matcher.rest(heading, progress.consumed),
        min(sum(fold(span.text) not in progress.typed for span in strong) / 4, 1.0),
        min(len(fields) / 8, 1.0),
        min(sum(element.required and not element.value for element in fields) / 4, 1.0),
        float(any(span.quoted for span in candidates.spans)),
        *_standing(progress),
        *_named(matcher, progress),
        float(progress.sent_here),
        min(len(progress.pending) / 4, 1.0),
        float(bool(progress.pending)),
        matcher.unknown,
        *matcher.strange,
        *(progress.goals.peaks[:2] if progress.goals is not None else (0.0, 0.0)),
        *_sense(matcher, progress),
        matcher.meanings.of(heading)[2],
        *matcher.match(heading),
        *(float(last is not None and last.action.type == name) for name in _ACTIONS),
        *(float(word in asked) for word in _ASKING),
        *matcher.intents,
    ]
