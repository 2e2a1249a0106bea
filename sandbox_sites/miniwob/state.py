"""What a visitor's episodes came to, and the judge that reads it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox_sites.common.hand import Hand, Solved
from sandbox_sites.common.site import Check, Criteria, Outcome

MOST_EPISODES = 100


@dataclass(frozen=True, slots=True)
class Episode:
    """One that has ended. ``reward`` is MiniWoB++'s raw reward, without its discount for time."""

    task: str
    reward: float


@dataclass(slots=True)
class MiniwobState:
    """Episodes that have ended, oldest first."""

    episodes: list[Episode] = field(default_factory=list)

    def end(self, episode: Episode) -> None:
        """Record an episode; of a visitor who never stops, the first ones are kept."""
        if len(self.episodes) < MOST_EPISODES:
            self.episodes.append(episode)

    def lose(self) -> None:
        """Turn everything into failure."""
        self.episodes[:] = [Episode(episode.task, -1.0) for episode in self.episodes]

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return {"episodes": [asdict(episode) for episode in self.episodes]}


def rewarded(name: str) -> Check:
    """The task's first episode has ended, and with a reward; a second try does not count."""

    def check(outcome: Outcome) -> Criteria:
        state: MiniwobState = outcome.session.state
        own = [episode for episode in state.episodes if episode.task == name]
        return [
            ("the episode has ended", bool(own)),
            ("the episode ended with a reward above 0", bool(own) and own[0].reward > 0),
        ]

    return check


async def unsolved(hand: Hand) -> Solved:
    """Stand where other sites' tasks have a solution. Raises NotImplementedError."""
    raise NotImplementedError("MiniWoB++ brings no solutions along: its tasks are judged by their own reward")
