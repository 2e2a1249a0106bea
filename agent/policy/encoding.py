"""A turn as arrays: the one place where an observation becomes what the element policy reads.

The sampler and the learner both call :func:`encode`; an action's features are the same when it is chosen and when it
is learnt from. Every feature is independent of the site's own words; names are in the ``*_FEATURES`` tuples.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.policy.answer_features import ANSWER_FEATURES, answer_rows, meant
from agent.policy.base import Turn
from agent.policy.candidates import Candidates, Kind, list_candidates
from agent.policy.element_features import ELEMENT_FEATURES, called, element_rows
from agent.policy.field_features import (
    OPTION_FEATURES,
    PAIR_FEATURES,
    SPAN_FEATURES,
    option_rows,
    pair_rows,
    span_rows,
)
from agent.policy.matching import VOCABULARY, Matcher
from agent.policy.progress import Progress, main_heading
from agent.policy.state_features import STATE_FEATURES, state_row
from agent.policy.text import bucket, words
from infra.contracts.observation import Observation

Floats = npt.NDArray[np.float16]
Ints = npt.NDArray[np.int32]

NAME_WORDS = 5

__all__ = [
    "ANSWER_FEATURES",
    "ELEMENT_FEATURES",
    "OPTION_FEATURES",
    "PAIR_FEATURES",
    "SPAN_FEATURES",
    "STATE_FEATURES",
    "Encoded",
    "encode",
]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One turn. Candidates come in the order: clicks, pairs, options, answers, globals.

    ``state`` [S] · ``instruction`` [W] word buckets · ``elements`` [e, E] with ``element_names`` [e, NAME_WORDS] ·
    ``clicks`` [c] rows of ``elements`` · ``spans`` [s, P] · ``pairs`` [p, Q] with ``pair_index`` [p, 2] (element row,
    span row) · ``options`` [o, O] with ``option_elements`` [o] and ``option_names`` · ``answers`` [a, A] with
    ``answer_names`` · ``globals`` [g] values of Kind.
    """

    state: Floats
    instruction: Ints
    elements: Floats
    element_names: Ints
    clicks: Ints
    spans: Floats
    pairs: Floats
    pair_index: Ints
    options: Floats
    option_elements: Ints
    option_names: Ints
    answers: Floats
    answer_names: Ints
    globals: Ints

    @property
    def size(self) -> int:
        """Return the number of candidates."""
        return len(self.clicks) + len(self.pairs) + len(self.options) + len(self.answers) + len(self.globals)

    @property
    def nbytes(self) -> int:
        """Return the memory that the arrays hold, in bytes."""
        return sum(getattr(self, name).nbytes for name in self.__slots__)

    def kinds(self) -> Ints:
        """Return each candidate's Kind. Shape [size]."""
        counts = (len(self.clicks), len(self.pairs), len(self.options), len(self.answers))
        families = (Kind.CLICK, Kind.TYPE, Kind.SELECT, Kind.ANSWER)
        return np.concatenate([np.repeat(np.array(families, dtype=np.int32), counts), self.globals])


def _names(texts: list[str]) -> Ints:
    rows = np.zeros((len(texts), NAME_WORDS), dtype=np.int32)
    for i, text in enumerate(texts):
        for j, word in enumerate(words(text)[:NAME_WORDS]):
            rows[i, j] = bucket(word, VOCABULARY)
    return rows


def _floats(rows: list[list[float]], width: int) -> Floats:
    return np.array(rows, dtype=np.float16).reshape(len(rows), width)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def texts(observation: Observation, candidates: Candidates) -> list[str]:
    """Return every text of a turn that is compared with the instruction in meaning."""
    found = [main_heading(observation)]
    for element in observation.elements:
        found += [called(element), element.nearby]
    for row, i in candidates.options:
        found.append((observation.elements[row].options or ())[i])
    for answer in candidates.answers:
        found += meant(answer)
    return found


def encode(turn: Turn, matcher: Matcher) -> tuple[Candidates, Encoded]:
    """List the turn's candidates and their features. ``matcher`` belongs to the turn's instruction and site."""
    observation = turn.observation
    progress = Progress.of(turn, matcher)
    candidates = list_candidates(turn.instruction, observation, history=bool(turn.history))
    elements = observation.elements
    matcher.meanings.read(texts(observation, candidates))
    pairs = [(elements[row], candidates.spans[i]) for row, i in candidates.pairs]
    options = [(elements[row], i) for row, i in candidates.options]
    encoded = Encoded(
        state=np.array(state_row(turn, matcher, progress, candidates), dtype=np.float16),
        instruction=_ints(list(matcher.ids)),
        elements=_floats(element_rows(observation, matcher, progress), len(ELEMENT_FEATURES)),
        element_names=_names([element.name or element.label or "" for element in elements]),
        clicks=_ints(list(candidates.clicks)),
        spans=_floats(span_rows(candidates.spans, matcher, progress), len(SPAN_FEATURES)),
        pairs=_floats(pair_rows(pairs, observation), len(PAIR_FEATURES)),
        pair_index=_ints([number for pair in candidates.pairs for number in pair]).reshape(-1, 2),
        options=_floats(option_rows(options, matcher, progress), len(OPTION_FEATURES)),
        option_elements=_ints([row for row, _ in candidates.options]),
        option_names=_names([(element.options or ())[i] for element, i in options]),
        answers=_floats(answer_rows(candidates.answers, matcher, progress), len(ANSWER_FEATURES)),
        answer_names=_names([answer.chunk.label or "" for answer in candidates.answers]),
        globals=_ints([int(kind) for kind in candidates.globals]),
    )
    return candidates, encoded
