"""What an attempt has done so far, as the features need it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agent.policy.base import Turn
from agent.policy.candidates import chosen
from agent.policy.entering import acted_on, entered, picked
from agent.policy.heading import main_heading
from agent.policy.matching import Matcher
from agent.policy.meaning import called
from agent.policy.site import Goals, Mention
from agent.policy.text import fold
from infra.contracts.action import Click, Select, Type
from infra.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Progress:
    """Derived from the turn's history alone."""

    page: int | None  # of the site's map
    url: str  # canonical
    visited: Counter[str]  # canonical URLs of earlier observations
    touched: Counter[str]  # element keys acted upon
    typed: frozenset[str]  # texts entered or chosen, folded
    consumed: frozenset[str]  # instruction words already acted upon
    done: frozenset[int]  # clauses of the instruction by which something was entered or sent already
    new_lines: frozenset[str]  # texts on the page that the previous observation did not show
    goals: Goals | None
    rest_goals: Goals | None
    left: tuple[Mention, ...]  # pages that the instruction names and that were not seen yet, nor is this one of them
    seen: frozenset[int]  # pages of the map that were seen, this one among them
    pending: Mapping[str, int | None]  # fields entered on this page and not sent yet, by key: the form they are in
    sent_here: bool  # a change was sent since this page was first seen
    sent_from: frozenset[int]  # pages of the map from which a change was sent
    reached: float  # how far into the instruction what was done has come: 0 nowhere, 1 its end

    @classmethod
    def of(cls, turn: Turn, matcher: Matcher) -> Progress:
        """Fold the history of a turn."""
        observation = turn.observation
        url = canonical_url(observation.url)
        done = list(chosen([(past.observation, past.action) for past in turn.history]))
        consumed: set[str] = set()
        for element, action in done:
            consumed |= matcher.shared(element.name)
            if isinstance(action, Type):
                consumed |= matcher.shared(action.text)
            elif isinstance(action, Select):
                consumed |= matcher.shared(action.option)
        for past in turn.history:
            consumed |= matcher.shared(main_heading(past.observation))
        before = turn.history[-1].observation if turn.history else None
        old = {chunk.text for chunk in before.chunks} if before else None
        new = frozenset(chunk.text for chunk in observation.chunks if chunk.text not in old) if old is not None else ()
        typed = [a.text if isinstance(a, Type) else a.option for _, a in done if isinstance(a, Type | Select)]
        rest = frozenset(consumed)
        page = matcher.site.page(observation.url)
        pages = [matcher.site.page(past.observation.url) for past in turn.history]
        seen = frozenset(one for one in (*pages, page) if one is not None)
        first = next((i for i, past in enumerate(turn.history) if canonical_url(past.observation.url) == url), None)
        return cls(
            page=page,
            url=url,
            visited=Counter(canonical_url(past.observation.url) for past in turn.history),
            touched=Counter(element.key for element, _ in done),
            typed=frozenset(map(fold, typed)),
            consumed=rest,
            done=frozenset(_clauses(turn, matcher)),
            new_lines=frozenset(new),
            goals=matcher.goals(),
            rest_goals=matcher.goals(rest) if rest else matcher.goals(),
            left=tuple(mention for mention in matcher.mentions if not mention.pages & seen),
            seen=seen,
            pending=dict(_pending(turn, url)),
            sent_here=first is not None and any(past.requests for past in turn.history[first:]),
            sent_from=frozenset(
                number for number, past in zip(pages, turn.history, strict=True) if number is not None and past.requests
            ),
            reached=max(_places(typed, seen, matcher), default=0.0),
        )


def _clauses(turn: Turn, matcher: Matcher) -> Iterator[int]:
    """Yield the clauses that are nearest to what was entered, picked, or pressed to send something."""
    for past in turn.history:
        element = entered(past.observation, past.action) or picked(past.observation, past.action)
        if element is None and past.requests and isinstance(past.action, Click):
            element = acted_on(past.observation, past.action)
        if element is not None:
            place = matcher.meanings.place(past.action.option if isinstance(past.action, Select) else called(element))
            if place is not None:
                yield place


def _places(typed: list[str], seen: frozenset[int], matcher: Matcher) -> Iterator[float]:
    """Yield where the instruction says what was entered, and names the pages that were seen."""
    for mention in matcher.mentions:
        if mention.pages & seen:
            yield matcher.place(mention.position)
    for text in typed:
        start = matcher.instruction.find(text)
        if start >= 0:
            yield start / len(matcher.instruction)


def _pending(turn: Turn, url: str) -> Iterator[tuple[str, int | None]]:
    """Yield the keys of fields that were entered since this page was opened or anything was sent from it."""
    for past in reversed(turn.history):
        if past.requests or canonical_url(past.observation.url) != url:
            return
        if isinstance(past.action, Type) and past.action.submit:
            return
        field = entered(past.observation, past.action) or picked(past.observation, past.action)
        if field is not None:
            yield field.key, field.form
