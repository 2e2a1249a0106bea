"""Watching: hands each closed group's attempts, in outline, to the explorer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from agent.learner.balance import Tried
from agent.learner.exploring import Explorer
from agent.learner.groups import Group, Result
from agent.learner.outline import Outline, outline
from infra.contracts.attempt import Trajectory
from infra.errors import NotFound

#: Outlines kept until their group is closed.
REMEMBERED = 4_000


class Watching:
    """Remembers the outlines of trajectories that were read anyhow, so that few are read for this alone."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._outlines: OrderedDict[str, Outline] = OrderedDict()

    def saw(self, trajectory: Trajectory) -> None:
        """Remember a trajectory that was read."""
        self._outlines[trajectory.attempt_id] = outline(trajectory)
        while len(self._outlines) > REMEMBERED:
            self._outlines.popitem(last=False)

    async def closed(self, group: Group, load: Callable[[Result], Awaitable[Trajectory]]) -> None:
        """Take in a group as it was closed. Left out are those whose attempts were sampled differently, or greedily.

        ``load`` reads a trajectory and has it seen.
        """
        tried: list[Tried] = []
        temperatures = set()
        try:
            for result in group:
                if result.reward is None or result.trajectory is None:
                    continue
                if result.attempt_id not in self._outlines:
                    await load(result)
                known = self._outlines.pop(result.attempt_id)
                tried.append(Tried(result.reward, known.way, known.end))
                temperatures.add(known.temperature)
        except NotFound:
            return  # its website has been deleted meanwhile
        if len(temperatures) == 1 and min(temperatures) > 0:
            self._explorer.add(group[0].task_id, temperatures.pop(), tried)
