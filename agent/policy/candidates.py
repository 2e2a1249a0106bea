"""The actions that an observation affords, given the instruction. Their order is the order of the policy's scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import islice

from agent.policy.comparing import extremes, names
from agent.policy.orders import said, unordered
from agent.policy.spans import Span, spans
from agent.policy.text import fold
from infra.contracts.action import Action, Answer, Back, Click, Scroll, Select, Type
from infra.contracts.observation import ChunkKind, Element, Observation, TextChunk


class Kind(IntEnum):
    """Candidate families, in the order in which they are listed."""

    CLICK = 0
    TYPE = 1
    SELECT = 2
    ANSWER = 3
    DONE = 4
    IMPOSSIBLE = 5
    BACK = 6
    SCROLL = 7


MAX_CLICKS = 200
MAX_PAIRS = 240
MAX_OPTIONS = 120
MAX_ANSWERS = 100
MAX_EXTREMES = 16
TEXT_FIELDS = frozenset({"textbox", "searchbox", "spinbutton", "combobox"})
_NOT_TEXT = frozenset({"checkbox", "radio", "submit", "button", "file", "image", "reset", "range", "color", "hidden"})
_PIECE = re.compile(
    r"[$€£¥]\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?\s?(?:%|[a-zA-Z]{1,8}\b)?|\b[A-Z]{1,5}-?\d{2,}[\w-]*"
    r"|[\w.+-]+@[\w-]+\.[\w.]+"
)


#: Longer texts are no answer in themselves; their pieces may be.
SHORT_TEXT = 60
_ORDER = {ChunkKind.ROW: 0, ChunkKind.CELL: 1, ChunkKind.MESSAGE: 2, ChunkKind.TEXT: 3, ChunkKind.HEADING: 4}


@dataclass(frozen=True, slots=True)
class AnswerText:
    """Something on the page that could answer a question."""

    text: str
    chunk: TextChunk
    piece: bool  # cut out of a longer text
    place: float  # 0 at the page's top, 1 at its end
    asked: bool = False  # a name in the instruction, whether or not the page shows it
    most: bool | None = None  # what has the most (or the least) of what its chunk states, among others of a list


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates of one turn, by family; ``keys`` follow the order of the families.

    ``keys`` name what an action does rather than how: candidates with equal keys are equally right.
    """

    observation: Observation
    spans: tuple[Span, ...]
    clicks: tuple[int, ...]  # positions among the observation's elements
    pairs: tuple[tuple[int, int], ...]  # (element position, span index)
    options: tuple[tuple[int, int], ...]  # (element position, option index)
    answers: tuple[AnswerText, ...]
    globals: tuple[Kind, ...]
    keys: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def action(self, index: int) -> Action:
        """Return the action of a candidate."""
        elements = self.observation.elements
        if index < len(self.clicks):
            return Click(mark=elements[self.clicks[index]].mark)
        index -= len(self.clicks)
        if index < len(self.pairs):
            position, span = self.pairs[index]
            field = elements[position]
            return Type(mark=field.mark, text=self.spans[span].text, submit=submits_alone(field, self.observation))
        index -= len(self.pairs)
        if index < len(self.options):
            position, option = self.options[index]
            drop = elements[position]
            return Select(mark=drop.mark, option=(drop.options or ())[option])
        index -= len(self.options)
        if index < len(self.answers):
            return Answer(text=self.answers[index].text)
        return _GLOBAL[self.globals[index - len(self.answers)]]

    def find(self, action: Action) -> tuple[int, ...]:
        """Return the indices of all candidates that do what ``action`` does; empty where none does."""
        key = _key(action, self.observation)
        return tuple(i for i, other in enumerate(self.keys) if other == key)


_GLOBAL: dict[Kind, Action] = {
    Kind.DONE: Answer(),
    Kind.IMPOSSIBLE: Answer(impossible=True),
    Kind.BACK: Back(),
    Kind.SCROLL: Scroll(),
}


def is_text_field(element: Element) -> bool:
    """Return whether text can be typed into the element."""
    if element.options is not None or element.tag == "select":
        return False
    return element.tag == "textarea" or (element.role in TEXT_FIELDS and element.input_type not in _NOT_TEXT)


def submits_alone(element: Element, observation: Observation) -> bool:
    """Return whether Enter in this field sends its form: a search box, or the only text field of its form."""
    if element.tag == "textarea":
        return False
    if element.role == "searchbox" or element.form is None:
        return True
    return sum(is_text_field(other) for other in observation.elements if other.form == element.form) == 1


@lru_cache(maxsize=20_000)
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(match.group().strip() for match in _PIECE.finditer(text))


def answer_texts(observation: Observation, asked: Sequence[str] = ()) -> tuple[AnswerText, ...]:
    """Return what could answer: names that are ``asked`` about, firsts and lasts of lists, and what the page says.

    Of that, values of rows and cells come first, then pieces and short texts.
    """
    chunks = said(observation)
    listed = [
        AnswerText(one.name, one.chunk, False, 0.0, most=one.most)
        for one in islice(extremes(observation), MAX_EXTREMES)
    ]
    named = [AnswerText(name, TextChunk(kind=ChunkKind.TEXT, text=name), False, 0.0, asked=True) for name in asked]
    found: dict[tuple[str, str | None], AnswerText] = {}
    for i, chunk in sorted(enumerate(chunks), key=lambda item: _ORDER[item[1].kind]):
        place = i / max(len(chunks), 1)
        if chunk.value:
            found.setdefault((chunk.value, chunk.label), AnswerText(chunk.value, chunk, False, place))
            continue
        if len(chunk.text) <= SHORT_TEXT:
            found.setdefault((chunk.text, None), AnswerText(chunk.text, chunk, False, place))
        for piece in _pieces(chunk.text):
            if piece != chunk.text:
                found.setdefault((piece, chunk.text), AnswerText(piece, chunk, True, place))
        if len(found) >= MAX_ANSWERS:
            break
    return (*named, *listed, *found.values())[:MAX_ANSWERS]


def _where(element: Element) -> str:
    return element.href or element.key


def _key(action: Action, observation: Observation) -> str | None:
    """Name what an action does; None where it acts on nothing that is there."""
    if isinstance(action, Answer):
        if action.impossible:
            return Kind.IMPOSSIBLE.name
        return Kind.DONE.name if action.text is None else f"answer {fold(action.text).strip()}"
    if isinstance(action, Click | Type | Select):
        element = next((e for e in observation.elements if e.mark == action.mark), None)
        if element is None:
            return None
        if isinstance(action, Click):
            return f"click {_where(element)}"
        if isinstance(action, Type):
            return f"type {element.key} {fold(action.text).strip()}"
        return f"select {element.key} {action.option}"
    return action.type.upper()


def list_candidates(instruction: str, observation: Observation, *, history: bool) -> Candidates:
    """List what could be done now, but for what a page orders machines to do. Pure; the order is always the same."""
    found = spans(instruction)
    folded = [fold(span.text).strip() for span in found]
    elements = observation.elements
    usable = [i for i in unordered(observation) if not elements[i].disabled]
    fields = [i for i in usable if is_text_field(elements[i])]
    drops = [i for i in usable if elements[i].options]
    entered = {*fields, *drops}
    clicks = [i for i in usable if i not in entered][:MAX_CLICKS]
    per_field = max(4, MAX_PAIRS // max(len(fields), 1))
    pairs = [(i, span) for i in fields for span in range(min(len(found), per_field))][:MAX_PAIRS]
    options = [(i, option) for i in drops for option in range(len(elements[i].options or ()))][:MAX_OPTIONS]
    answers = answer_texts(observation, names(found))
    ends = [Kind.DONE, Kind.IMPOSSIBLE]
    if history:
        ends.append(Kind.BACK)
    if observation.truncated:
        ends.append(Kind.SCROLL)
    keys = [f"click {_where(elements[i])}" for i in clicks]
    keys += [f"type {elements[i].key} {folded[span]}" for i, span in pairs]
    keys += [f"select {elements[i].key} {(elements[i].options or ())[option]}" for i, option in options]
    keys += [f"answer {fold(answer.text).strip()}" for answer in answers]
    keys += [kind.name for kind in ends]
    return Candidates(
        observation=observation,
        spans=found,
        clicks=tuple(clicks),
        pairs=tuple(pairs),
        options=tuple(options),
        answers=answers,
        globals=tuple(ends),
        keys=tuple(keys),
    )


def chosen(past: Sequence[tuple[Observation, Action]]) -> Iterator[tuple[Element, Action]]:
    """Yield the element that each earlier action acted upon, with the action."""
    for observation, action in past:
        mark = getattr(action, "mark", None)
        if mark is None:
            continue
        element = next((e for e in observation.elements if e.mark == mark), None)
        if element is not None:
            yield element, action
