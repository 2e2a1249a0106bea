"""MiniWoB++: other people's small tasks, served from the ``miniwob`` package and judged by its own rewards."""

from __future__ import annotations

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import BenchmarkTask, Site
from sandbox_sites.miniwob.app import TITLE, make_app
from sandbox_sites.miniwob.catalogue import KEPT
from sandbox_sites.miniwob.pages import path_of
from sandbox_sites.miniwob.state import MiniwobState, rewarded, unsolved


def build(seed: int) -> Site:
    """Return an instance of the site; another seed gives another instance of every task.

    Raises:
        CannotServe: the package or a browser is missing; the message says what to install.
    """
    from sandbox_sites.miniwob.harvest import utterances  # a command of its own, which this package must not preload

    said = utterances(seed)
    sessions: Sessions[MiniwobState] = Sessions(MiniwobState)
    tasks = [
        BenchmarkTask(
            id=f"miniwob-{name}",
            kind=kind,
            depth=depth,
            instruction=said[name],
            check=rewarded(name),
            oracle=unsolved,
            start=path_of(name),
            ends_itself=True,
            split="final" if number % 2 else "development",
        )
        for number, (name, (kind, depth)) in enumerate(sorted(KEPT.items()))
    ]
    return Site(
        name="miniwob",
        title=TITLE,
        group="others",
        app=make_app(seed, sessions),
        sessions=sessions,
        pages=("/", *(path_of(name) for name in sorted(KEPT))),
        tasks=tasks,
        describe=MiniwobState.describe,
        spoil=MiniwobState.lose,
    )
