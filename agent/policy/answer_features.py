"""Features of the texts that could answer a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.policy.candidates import AnswerText
from agent.policy.matching import MATCH, Matcher
from agent.policy.meaning import MEANING
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
    *(f"label_meaning_{i}" for i in range(MEANING)),
    "label_meaning_gap",
    *(f"text_meaning_{i}" for i in range(MEANING)),
    "text_meaning_gap",
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


def meant(answer: AnswerText) -> tuple[str, str]:
    """Return what is compared in meaning: what says what the answer is, and the whole text that it stands in."""
    chunk = answer.chunk
    label = chunk.label or (chunk.text.replace(answer.text, " ").strip() if answer.piece else "")
    return label, chunk.text


def answer_rows(answers: Sequence[AnswerText], matcher: Matcher, progress: Progress) -> list[list[float]]:
    """Return one row of ANSWER_FEATURES per answer."""
    rows = []
    of = matcher.meanings.of
    compared = [meant(answer) for answer in answers]
    best_label = max((of(label)[1] for label, _ in compared), default=0.0)
    best_text = max((of(text)[1] for _, text in compared), default=0.0)
    for answer, (label, _) in zip(answers, compared, strict=True):
        chunk, text = answer.chunk, answer.text
        whole = matcher.match(chunk.text)
        value = matcher.match(text)
        by_label, by_text = of(label), of(chunk.text)
        count = len(text.split())
        digits = any(c.isdigit() for c in text)
        rows.append(
            [
                *matcher.match(label),
                matcher.rest(label, progress.consumed),
                *matcher.match(chunk.subject or ""),
                *by_label,
                best_label - by_label[1],
                *by_text,
                best_text - by_text[1],
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
