"""The same demonstration in other words: of what is shown once, the words should not be learnt by heart."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from infra.contracts.messages import Relabel
from proposer.atlas import Atlas
from proposer.deeds import done_by, searched
from proposer.demonstrations import Demonstration
from proposer.reading import fold
from proposer.relabel import Reached, told, walk_of

#: Other wordings of one demonstration, and how often words are drawn for them.
WORDINGS, DRAWS = 1, 3


def in_other_words(shown: Demonstration, atlas: Atlas, rng: Random) -> Demonstration:
    """Return the demonstration with what its change, form or search was for in up to WORDINGS other wordings."""
    walk = walk_of(shown.trajectory, atlas)
    if walk is None:
        return shown
    said = {fold(shown.relabel.instruction)}
    others: list[Relabel] = []
    for _ in range(DRAWS):
        deeds = [*done_by(walk.steps, walk.seen, walk.pages, rng), *searched(walk.steps, walk.seen, atlas, rng)]
        for deed in deeds:
            made = told(walk, rng, Reached(deed.steps, deed.kind, deed.clause, changes=deed.changes))
            if len(others) < WORDINGS and fold(made.instruction) not in said:
                said.add(fold(made.instruction))
                others.append(made)
    return replace(shown, others=tuple(others))
