"""How articles came to be what they are: revisions, worked out backwards from today's contents."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sandbox_sites.wiki.articles import Article, Content, Editor, Revision

TODAY = date(2024, 6, 14)
FIRST_DAY = date(2019, 3, 1)
NONSENSE = ("Marmalade sandwiches", "Nobody knows lol", "Your homework")
_DIGITS = re.compile(r"\d[\d,]*")

#: A content's earlier state, and what the edit from there to here was about.
Step = tuple[Content, str, bool]


def _number_before(rng: random.Random, content: Content) -> Step | None:
    labels = [label for label, value in content.box.items() if _DIGITS.search(value) and "[[" not in value]
    if not labels:
        return None
    label = rng.choice(labels)
    value = content.box[label]
    found = _DIGITS.search(value)
    assert found is not None  # noqa: S101 - the label was chosen for it
    number = int(found[0].replace(",", ""))
    other = number + rng.choice((-3, -2, 2, 4, 7)) if number > 9 else number + rng.randint(1, 4)
    written = f"{other:,}" if "," in found[0] else str(other)
    before = content.changed({f"box:{label}": value[: found.start()] + written + value[found.end() :]})
    return before, f"Corrected the value of “{label}”", False


def _section_before(rng: random.Random, content: Content) -> Step | None:
    long = [heading for heading, text in content.sections.items() if text.count(". ") >= 1]
    if not long:
        return None
    heading = rng.choice(long)
    shorter = content.sections[heading].partition(". ")[0] + "."
    return content.changed({f"section:{heading}": shorter}), f"Expanded “{heading}”", False


def _slip_before(rng: random.Random, content: Content) -> Step | None:
    slipped = [heading for heading, text in content.sections.items() if " the " in text]
    if not slipped:
        return None
    heading = rng.choice(slipped)
    text = content.sections[heading].replace(" the ", " teh ", 1)
    return content.changed({f"section:{heading}": text}), rng.choice(("Typo", "Spelling", "Tidied the wording")), True


def _day(rng: random.Random, last: date) -> date:
    return max(FIRST_DAY, last - timedelta(days=rng.choice((1, 3, 9, 20, 45, 110, 200)) + rng.randint(0, 9)))


def revisions(rng: random.Random, article: Article, editors: Sequence[Editor], *, spoilt: bool) -> list[Revision]:
    """Return an article's revisions, newest first and without ids; a guest may have had fun with the newest."""
    people, guest = editors[:-1], editors[-1]
    content, day = article.content, TODAY - timedelta(days=rng.choice((1, 2, 4, 8, 15, 30, 60, 90)) + rng.randint(0, 6))
    found: list[Revision] = []

    def add(editor: Editor, summary: str, minor: bool, before: Content | None) -> None:
        clock = f"{rng.randint(6, 22):02d}:{rng.randint(0, 59):02d}"
        grown = content.size - (before.size if before else 0)
        found.append(Revision(0, article.slug, day, clock, editor.name, summary, minor, content, grown))

    for _ in range(rng.randint(2, 5)):
        step = rng.choice((_number_before, _number_before, _section_before, _slip_before))(rng, content)
        if step is None:
            continue
        before, summary, minor = step
        add(rng.choice(people), summary, minor, before)
        content, day = before, _day(rng, day)
    add(rng.choice(people), "Created the article", False, None)
    return _spoilt(rng, found, guest) if spoilt else found


def _spoilt(rng: random.Random, found: list[Revision], guest: Editor) -> list[Revision]:
    newest = found[0]
    content = newest.content.changed({"box:Diet": rng.choice(NONSENSE)})
    day = min(newest.day + timedelta(days=1), TODAY)
    grown = content.size - newest.size
    return [replace(newest, content=content, day=day, editor=guest.name, summary="fixed it", minor=False, grown=grown),
            *found]  # fmt: skip


def dated(articles: Sequence[Article]) -> list[Article]:
    """Give all revisions their ids, in the order of time."""
    every = [revision for article in articles for revision in article.revisions]
    every.sort(key=lambda one: (one.day, one.clock, one.slug, -one.size))
    # Of one article's revisions on one day, the list's order is the order of time.
    order = {id(one): rank for rank, one in enumerate(every)}
    result = []
    for article in articles:
        ranks = sorted((order[id(one)] for one in article.revisions), reverse=True)
        numbered = tuple(replace(one, id=10_007 + 3 * rank) for one, rank in zip(article.revisions, ranks, strict=True))
        result.append(replace(article, revisions=numbered, content=numbered[0].content))
    return result
