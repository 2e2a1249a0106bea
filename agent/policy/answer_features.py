"""Features of the texts that could answer a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.policy.candidates import AnswerText
from agent.policy.matching import MATCH, Matcher
from agent.policy.progress import Progress
from infra.contracts.observation import ChunkKind

_KINDS = tuple(ChunkKind)
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?(?:USD|EUR|GBP)\b")
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d",
    re.IGNORECASE,
)

ANSWER_FEATURES = (
    *(f"label_{i}" for i in range(MATCH)),
    "label_rest",
    *(f"subject_{i}" for i in range(MATCH)),
    "text_instruction",
    "text_text",
    "text_rest",
    "value_instruction",
    "value_text",
    "value_phrase",
    "piece",
    "place",
    "new",
    "money",
    "number",
    "date",
    "email",
    "short",
    "long",
    "bare_number",
    *(f"kind_{kind}" for kind in _KINDS),
)


def answer_rows(answers: Sequence[AnswerText], matcher: Matcher, progress: Progress) -> list[list[float]]:
    """Return one row of ANSWER_FEATURES per answer."""
    rows = []
    for answer in answers:
        chunk, text = answer.chunk, answer.text
        whole = matcher.match(chunk.text)
        value = matcher.match(text)
        label = chunk.label or (chunk.text.replace(text, " ") if answer.piece else "")
        count = len(text.split())
        digits = any(c.isdigit() for c in text)
        rows.append(
            [
                *matcher.match(label),
                matcher.rest(label, progress.consumed),
                *matcher.match(chunk.subject or ""),
                whole[0],
                whole[1],
                matcher.rest(chunk.text, progress.consumed),
                value[0],
                value[1],
                value[3],
                float(answer.piece),
                answer.place,
                float(chunk.text in progress.new_lines),
                float(bool(_MONEY.search(text))),
                float(digits),
                float(bool(_DATE.search(text))),
                float("@" in text),
                float(count <= 3),
                float(count > 8),
                float(text.replace(",", "").replace(".", "").isdigit()),
                *(float(chunk.kind is kind) for kind in _KINDS),
            ]
        )
    return rows
