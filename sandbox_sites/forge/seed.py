"""An instance of the forge: deterministic by seed, plausible, and no two alike."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from sandbox_sites.forge import making, threads
from sandbox_sites.forge.people import BIOS, DEVICES, GROUPS, PEOPLE, PLACES, SNIPPETS
from sandbox_sites.forge.projects import INSTALL, LICENCES, PROJECTS, SOURCES, Project
from sandbox_sites.forge.records import Group, Key, Repo, Snippet, User, World

PASSWORD = "anvil-demo"  # noqa: S105 - shown on the sign-in page
_SITES = ("pages.example", "home.example", "notes.example")


def day(when: date) -> str:
    """Write a date as the site does."""
    return f"{when.day} {when:%B} {when.year}"


def _users(rng: Random, today: date) -> tuple[User, ...]:
    people = rng.sample(PEOPLE, 8)
    places, bios = rng.sample(PLACES, 8), rng.sample(BIOS, 8)
    joined = rng.sample(range(200, 3000), 8)
    return tuple(
        User(handle, name, bio, place, today - timedelta(days=n), f"{handle}.{rng.choice(_SITES)}")
        for (handle, name), place, bio, n in zip(people, places, bios, joined, strict=True)
    )


def _groups(rng: Random, users: tuple[User, ...]) -> tuple[Group, ...]:
    """The signed-in person is a member of the first group only."""
    others = [user.handle for user in users[1:]]
    made = []
    for n, (handle, name, about) in enumerate(rng.sample(GROUPS, 3)):
        members = rng.sample(others, rng.randint(3, 5))
        made.append(Group(handle, name, about, tuple([users[0].handle, *members] if n == 0 else members)))
    return tuple(made)


def _repo(rng: Random, number: int, project: Project, owner: str, users: tuple[User, ...], today: date) -> Repo:
    name, about = rng.choice(project.names), rng.choice(project.about)
    people = [user.handle for user in users]
    default = rng.choice(("main", "main", "trunk", "develop"))
    features = tuple(making.told("{T}", part) for part in rng.sample(project.parts, 4))
    install = INSTALL[project.language].format(name=name)
    log = making.commits(rng, project, people, today)
    shipped = making.releases(rng, project, name, today)
    plans = making.milestones(rng, shipped[0].version, today)
    full = f"{owner}/{name}"
    merges = threads.merges(rng, number, full, project, default, people, people[0], today)
    return Repo(
        owner, name, about, project.language, rng.choice(LICENCES), 0, 0, project.topics, default,
        today - timedelta(days=rng.randint(500, 2500)),
        features=features,
        install=install,
        files=making.files(rng, project, name, making.readme(name, about, features, install), log),
        commits=log,
        branches=making.branches(rng, default, merges, people, today),
        releases=shipped,
        milestones=plans,
        issues=threads.issues(rng, number, full, project, plans, people, today),
        merges=merges,
    )  # fmt: skip


def _repos(rng: Random, users: tuple[User, ...], groups: tuple[Group, ...], today: date) -> tuple[Repo, ...]:
    """Two of the signed-in person, two of each of two groups, and four of others; stars and forks differ."""
    first, second, third = (group.handle for group in groups)
    owners = [users[0].handle, users[0].handle, first, first, second, second, third]
    owners += [users[1].handle, users[1].handle, users[2].handle]
    projects = rng.sample(PROJECTS, len(owners))
    stars, forks = rng.sample(range(12, 2400), len(owners)), rng.sample(range(2, 300), len(owners))
    made = []
    for number, (owner, project) in enumerate(zip(owners, projects, strict=True)):
        repo = _repo(rng, number, project, owner, users, today)
        made.append(replace(repo, stars=stars[number], forks=forks[number]))
    return tuple(made)


def _snippets(rng: Random, users: tuple[User, ...], today: date) -> tuple[Snippet, ...]:
    chosen = rng.sample(SNIPPETS, 6)
    days = making.days_back(rng, today, 200, len(chosen))
    made = []
    for (title, file, language), when in zip(chosen, days, strict=True):
        text = SOURCES[language][1].format(
            name=file.partition(".")[0], retries=rng.randint(2, 9), pause=rng.randint(1, 30), topic=title.lower()
        )
        ident = f"{rng.getrandbits(24):06x}"
        made.append(Snippet(ident, title, file, language, text, rng.choice(users).handle, when))
    return tuple(made)


def _keys(rng: Random, today: date) -> tuple[Key, ...]:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"
    titles = rng.sample(DEVICES, 3)
    days = making.days_back(rng, today, 700, 3)
    return tuple(
        Key(title, "SHA256:" + "".join(rng.choices(letters, k=16)), when)
        for title, when in zip(titles, days, strict=True)
    )


@lru_cache(maxsize=8)
def world(seed: int) -> World:
    """Return an instance."""
    rng = random.Random(f"forge {seed}")  # noqa: S311 - a fixture, not a secret
    today = date(2025, 3, 3) + timedelta(days=rng.randint(0, 250))
    users = _users(rng, today)
    groups = _groups(rng, users)
    repos = _repos(rng, users, groups, today)
    return World(
        me=users[0],
        today=today,
        users=users,
        groups=groups,
        repos=repos,
        snippets=_snippets(rng, users, today),
        keys=_keys(rng, today),
        starred=tuple(repo.full for repo in rng.sample(repos[4:], 2)),
        notifications={name: rng.random() < 0.5 for name in NOTIFICATIONS},
        limits={
            "API calls per hour": str(rng.randrange(1000, 9000, 250)),
            "Largest file": f"{rng.randrange(20, 200, 5)} MB",
            "Repositories per person": str(rng.randrange(40, 400, 10)),
            "Minutes of checks per month": str(rng.randrange(500, 5000, 100)),
        },
        by_handle={user.handle: user for user in users},
    )


#: What mails may be sent about: name of the field, words for people.
NOTIFICATIONS = {
    "mentions": "Somebody mentions me",
    "assigned": "An issue is assigned to me",
    "merged": "My merge request is merged",
    "failed": "A check of my branch fails",
    "releases": "A starred repository has a release",
    "digest": "Weekly summary",
}
