"""Makes what people talk about: issues and merge requests with their comments."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sandbox_sites.forge import prose
from sandbox_sites.forge.making import days_back, told
from sandbox_sites.forge.projects import Project
from sandbox_sites.forge.records import LABELS, Check, Comment, Issue, Merge, Milestone

MERGES_OF = (3, 2, 1, 2, 1, 2, 1, 2, 1, 2)  # by the number of the repository
BLOCKED = (1, 4)  # repositories whose first merge request has a failed check


def comments(rng: Random, people: list[str], since: date, today: date, count: int) -> tuple[Comment, ...]:
    """Return a few remarks, oldest first, none before ``since``."""
    room = max((today - since).days, 1)
    days = sorted(rng.randint(0, room) for _ in range(count))
    texts = rng.sample(prose.REMARKS, count)
    return tuple(Comment(rng.choice(people), since + timedelta(days=n), t) for n, t in zip(days, texts, strict=True))


def issues(
    rng: Random, number: int, repo: str, project: Project, plans: tuple[Milestone, ...], people: list[str], today: date
) -> tuple[Issue, ...]:
    """Return a repository's issues, newest first; no two have the same title."""
    count = 7 - number % 2
    parts = [*rng.sample(project.parts, len(project.parts)), rng.choice(project.parts)][:count]
    opened = days_back(rng, today, 120, count)
    numbers = sorted(rng.sample(range(3, 90), count), reverse=True)
    # The first is always a bug, so that every repository has one to filter for.
    patterns = [rng.choice(prose.ISSUES[:7])]
    patterns += rng.sample([pattern for pattern in prose.ISSUES if pattern not in patterns], count - 1)
    made = []
    for n, (label, title) in enumerate(patterns):
        labels = {label, rng.choice(prose.EXTRA)} if rng.random() < 0.45 else {label}
        made.append(
            Issue(
                repo,
                numbers[n],
                told(title, parts[n]),
                rng.choice(prose.BODIES[label]),
                rng.choice(people),
                opened[n],
                state="closed" if n and rng.random() < 0.3 else "open",
                labels=tuple(name for name in LABELS if name in labels),
                assignee=rng.choice(people) if rng.random() < 0.75 else "",
                milestone=rng.choice(plans).title if rng.random() < 0.7 else "",
                comments=comments(rng, people, opened[n], today, rng.choice((0, 1, 1, 2, 2, 3, 4, 5))),
            )
        )
    return tuple(made)


def merges(
    rng: Random, number: int, repo: str, project: Project, default: str, people: list[str], me: str, today: date
) -> tuple[Merge, ...]:
    """Return a repository's merge requests, newest first; the first one is open and somebody else's."""
    count = MERGES_OF[number]
    ids = sorted(rng.sample(range(2, 60), count), reverse=True)
    opened = days_back(rng, today, 60, count)
    others = [person for person in people if person != me]
    sizes = rng.sample(range(20, 900), count)
    made = []
    for n, (title, branch) in enumerate(rng.sample(prose.MERGES, count)):
        part = rng.choice(project.parts)
        author, *reviewers = rng.sample(others, 4)
        needed = rng.randint(1, 3)
        failed = "lint" if n == 0 and number in BLOCKED else ""
        made.append(
            Merge(
                repo,
                ids[n],
                told(title, part),
                rng.choice(prose.MERGE_BODIES),
                f"{branch}-{part.split()[-1].lower()}",
                default,
                author,
                opened[n],
                state="open" if n == 0 or number == 0 else rng.choice(("open", "merged", "closed")),
                checks=tuple(
                    Check(name, "failed" if name == failed else "passed", rng.randint(9, 400)) for name in prose.CHECKS
                ),
                needed=needed,
                approved=tuple(reviewers[: needed - 1]),
                added=sizes[n],
                removed=rng.randint(1, 19),
                comments=comments(rng, people, opened[n], today, rng.randint(0, 3)),
            )
        )
    return tuple(made)
