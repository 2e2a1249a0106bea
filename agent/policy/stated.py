"""How near the words around a value come to the field that asks for it: "you can ring me on 555 0199" is a phone.

A value's clause is read with "it" in its place, and compared with a field's name and with the phrasebook's ways of
stating such a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from agent.policy.embedding import Embedder, Vectors
from agent.policy.phrases import Phrases
from agent.policy.spans import Span, clause_of, spans
from infra.phrasebook import EntryKind

#: Values of an instruction that are read so.
MOST = 10
#: Nearness to the field's name, and to the nearest phrasing.
STATED = 2
NOT_STATED = (0.0, 0.0)


def value_clauses(instruction: str) -> dict[str, str]:
    """Return the clauses of an instruction's likeliest values, by value."""
    found = [span for span in spans(instruction) if span.is_strong or (span.introduced and span.count > 2)][:MOST]
    return {span.text: clause_of(instruction, span) for span in found}


class Stated:
    """The values of one instruction. Remembers every field that it was asked about."""

    def __init__(self, instruction: str, embedder: Embedder | None, phrases: Phrases | None) -> None:
        self._embedder = embedder
        self._phrases = phrases
        self._instruction = instruction
        self._values: Sequence[str] = ()
        self._clauses: Vectors | None = None
        self._fields: dict[str, Mapping[str, tuple[float, float]]] = {}

    def near(self, field: str, span: Span) -> tuple[float, float]:
        """Return how near the words around a span come to a field of this name, each in [0, 1]."""
        if self._embedder is None or self._phrases is None or not field:
            return NOT_STATED
        known = self._fields.get(field)
        if known is None:
            known = self._fields[field] = self._compare(field, self._embedder, self._phrases)
        return known.get(span.text, NOT_STATED)

    def _compare(self, field: str, embedder: Embedder, phrases: Phrases) -> Mapping[str, tuple[float, float]]:
        clauses = self._read(embedder)
        if not len(clauses):
            return {}
        named = (clauses @ embedder.encode([field]).T)[:, 0].clip(0.0, 1.0)
        entries = [entry for entry in phrases.like(field) if entry.kind in (EntryKind.FIELD, EntryKind.WRITE)]
        read = phrases.read(entries)
        said = named
        for entry in entries:
            said = np.maximum(said, (clauses @ phrases.vectors[read[entry].rows].T).max(axis=1))
        return {text: (float(one), float(other)) for text, one, other in zip(self._values, named, said, strict=True)}

    def _read(self, embedder: Embedder) -> Vectors:
        if self._clauses is None:
            found = value_clauses(self._instruction)
            self._values = list(found)
            self._clauses = embedder.encode(list(found.values()))
        return self._clauses
