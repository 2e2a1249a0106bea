"""A turn as arrays: the one place where an observation becomes what the element policy reads.

The sampler and the learner both call :func:`encode`; an action's features are the same when it is chosen and when it
is learnt from. Every feature is independent of the site's own words, which would be learnt by heart and mislead
elsewhere; what the features are called is in the ``*_FEATURES`` tuples.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.policy.aims import AIM_FEATURES, REACH, aim_rows, aims, reach
from agent.policy.answer_features import ANSWER_FEATURES, answer_rows, meant
from agent.policy.base import Turn
from agent.policy.candidates import Candidates, Kind, list_candidates
from agent.policy.comparing import compared, names
from agent.policy.element_features import ELEMENT_FEATURES, element_rows
from agent.policy.field_features import (
    OPTION_FEATURES,
    PAIR_FEATURES,
    SPAN_FEATURES,
    option_rows,
    pair_rows,
    span_rows,
)
from agent.policy.form_features import wanted_choices, wanted_texts
from agent.policy.heading import main_heading
from agent.policy.matching import Matcher
from agent.policy.meaning import called
from agent.policy.progress import Progress
from agent.policy.site import SiteIndex
from agent.policy.state_features import STATE_FEATURES, state_row
from infra.contracts.observation import Observation

Floats = npt.NDArray[np.float16]
Ints = npt.NDArray[np.int32]

__all__ = [
    "AIM_FEATURES",
    "ANSWER_FEATURES",
    "ELEMENT_FEATURES",
    "OPTION_FEATURES",
    "PAIR_FEATURES",
    "REACH",
    "SPAN_FEATURES",
    "STATE_FEATURES",
    "Encoded",
    "encode",
]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One turn. Candidates come in the order: clicks, pairs, options, answers, globals.

    ``state`` [S] · ``instruction`` [W] word buckets · ``elements`` [e, E] · ``clicks`` [c] rows of ``elements`` ·
    ``spans`` [s, P] · ``pairs`` [p, Q] with ``pair_index`` [p, 2] (element row, span row) · ``options`` [o, O] with
    ``option_elements`` [o] · ``answers`` [a, A] · ``globals`` [g] values of Kind.

    ``aims`` [m, M] are the pages of the map that the instruction could be about; ``reach`` [t, REACH, m] says what each
    distinct target of the elements is to them, row 0 being this page; ``element_targets`` [e] are rows of it.
    ``aim_pages`` [m] are their numbers in the map.
    """

    state: Floats
    instruction: Ints
    elements: Floats
    clicks: Ints
    spans: Floats
    pairs: Floats
    pair_index: Ints
    options: Floats
    option_elements: Ints
    answers: Floats
    globals: Ints
    aims: Floats
    aim_pages: Ints
    reach: Floats
    element_targets: Ints

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


def _floats(rows: list[list[float]], width: int) -> Floats:
    return np.array(rows, dtype=np.float16).reshape(len(rows), width)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def texts(observation: Observation, candidates: Candidates, site: SiteIndex) -> list[str]:
    """Return every text of a turn that is compared with the instruction in meaning."""
    found = [main_heading(observation)]
    for element in observation.elements:
        found += [called(element), element.nearby, *site.openers.shown(observation.url, element)]
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
    matcher.meanings.read(texts(observation, candidates, matcher.site))
    pairs = [(elements[row], candidates.spans[i]) for row, i in candidates.pairs]
    options = [(elements[row], i) for row, i in candidates.options]
    known = compared(turn, matcher, names(candidates.spans))
    pages = aims(matcher, progress)
    targets = [matcher.site.target(progress.page, element.key, element.href) for element in elements]
    rows: dict[int | None, int] = {target: i for i, target in enumerate(dict.fromkeys(targets), 1)}
    paired = pair_rows(pairs, observation, matcher, progress)
    wanted = {**wanted_choices(observation, matcher, progress), **wanted_texts(pairs, paired)}
    encoded = Encoded(
        state=np.array(state_row(turn, matcher, progress, candidates), dtype=np.float16),
        instruction=_ints(list(matcher.ids)),
        elements=_floats(element_rows(observation, matcher, progress, wanted), len(ELEMENT_FEATURES)),
        clicks=_ints(list(candidates.clicks)),
        spans=_floats(span_rows(candidates.spans, matcher, progress), len(SPAN_FEATURES)),
        pairs=_floats(paired, len(PAIR_FEATURES)),
        pair_index=_ints([number for pair in candidates.pairs for number in pair]).reshape(-1, 2),
        options=_floats(option_rows(options, matcher, progress), len(OPTION_FEATURES)),
        option_elements=_ints([row for row, _ in candidates.options]),
        answers=_floats(answer_rows(candidates.answers, matcher, progress, known), len(ANSWER_FEATURES)),
        globals=_ints([int(kind) for kind in candidates.globals]),
        aims=_floats(aim_rows(pages, matcher, progress), len(AIM_FEATURES)),
        aim_pages=_ints(list(pages)),
        reach=reach((progress.page, *rows), pages, matcher, progress),
        element_targets=_ints([rows[target] for target in targets]),
    )
    return candidates, encoded
