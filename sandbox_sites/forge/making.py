"""Makes the parts of a repository: commits, branches, releases, plans."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sandbox_sites.forge import prose
from sandbox_sites.forge.projects import CONFIG, SOURCES, Project
from sandbox_sites.forge.records import Asset, Branch, Commit, Merge, Milestone, Release, SourceFile


def told(pattern: str, part: str) -> str:
    """Return a sentence about a part of the software."""
    return pattern.format(t=part, T=part[0].upper() + part[1:])


def days_back(rng: Random, today: date, most: int, count: int) -> list[date]:
    """Return different days, newest first."""
    return [today - timedelta(days=n) for n in sorted(rng.sample(range(1, most), count))]


def commits(rng: Random, project: Project, people: list[str], today: date) -> tuple[Commit, ...]:
    """Return a repository's commits, newest first; no two say the same."""
    count = rng.randint(11, 14)
    paths = (SOURCES[project.language][0], "settings.yaml", "README.md", "tests/cases.txt")
    made = []
    for pattern, when in zip(rng.sample(prose.COMMITS, count), days_back(rng, today, 150, count), strict=True):
        touched = rng.sample(paths, rng.randint(1, 3))
        made.append(
            Commit(
                f"{rng.getrandbits(32):08x}",
                told(pattern, rng.choice(project.parts)),
                rng.choice(people),
                when,
                tuple((path, rng.randint(2, 90), rng.randint(0, 40)) for path in touched),
            )
        )
    return tuple(made)


def readme(name: str, about: str, features: tuple[str, ...], install: str) -> str:
    """Return the text of README.md."""
    listed = "\n".join(f"- {feature}" for feature in features)
    return f"# {name}\n\n{about}.\n\n## What it does\n\n{listed}\n\n## Installation\n\n    {install}\n"


def files(rng: Random, project: Project, name: str, text: str, log: tuple[Commit, ...]) -> tuple[SourceFile, ...]:
    """Return the files of a repository: the source, the settings, the README."""
    path, source = SOURCES[project.language]
    code = source.format(
        name=name, retries=rng.randint(3, 12), pause=rng.randint(13, 40), topic=rng.choice(project.parts)
    )
    settings = CONFIG.format(
        name=name, port=rng.randint(3000, 9800), workers=rng.randint(2, 16), timeout=rng.randint(20, 180),
        cache=rng.choice((32, 64, 96, 128, 256, 512)), level=rng.choice(("info", "warning", "debug")),
        days=rng.randint(7, 90),
    )  # fmt: skip

    def last(wanted: str) -> Commit:
        return next((commit for commit in log if any(p == wanted for p, _, _ in commit.files)), log[-1])

    made = ((path, code), ("settings.yaml", settings), ("README.md", text))
    return tuple(SourceFile(place, content, last(place)) for place, content in made)


def releases(rng: Random, project: Project, name: str, today: date) -> tuple[Release, ...]:
    """Return a repository's releases, newest first."""
    count, major, minor = rng.randint(2, 4), rng.randint(0, 4), rng.randint(4, 9)
    made = []
    sizes = rng.sample(range(11, 490), count * 3)
    for n, when in enumerate(days_back(rng, today, 400, count)):
        version = f"{major}.{minor - n}.{rng.choice((0, 0, 1, 2))}"
        kinds = ("linux-amd64.tar.gz", "windows.zip", "source.tar.gz")
        assets = tuple(Asset(f"{name}-{version}-{kind}", f"{sizes[3 * n + i] / 10} MB") for i, kind in enumerate(kinds))
        notes = tuple(told(note, rng.choice(project.parts)) for note in rng.sample(prose.NOTES, rng.randint(2, 4)))
        made.append(Release(version, when, notes, assets))
    return tuple(made)


def milestones(rng: Random, version: str, today: date) -> tuple[Milestone, ...]:
    """Return what is planned: the next version, and one or two other things."""
    major, minor, _ = version.split(".")
    titles = [f"v{major}.{int(minor) + 1}", *rng.sample(prose.MILESTONES, rng.randint(1, 2))]
    due = sorted(rng.sample(range(10, 140), len(titles)))
    return tuple(
        Milestone(title, today + timedelta(days=n), rng.choice(prose.MILESTONE_ABOUT))
        for title, n in zip(titles, due, strict=True)
    )


def branches(
    rng: Random, default: str, merges: tuple[Merge, ...], people: list[str], today: date
) -> tuple[Branch, ...]:
    """Return the branches: the default one, those of open merge requests, and one that was left lying about."""
    names = [merge.source for merge in merges if merge.state == "open"]
    names += [rng.choice(("experiment", "legacy", "next-generation")), "release-candidate"]
    behind = rng.sample(range(2, 70), len(names))
    ahead = rng.sample(range(1, 30), len(names))
    days = days_back(rng, today, 90, len(names))
    made = [Branch(n, rng.choice(people), d, a, b) for n, d, a, b in zip(names, days, ahead, behind, strict=True)]
    return (Branch(default, rng.choice(people), today, 0, 0), *made)
