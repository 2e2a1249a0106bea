"""From demonstrations as they are handed in to those that are kept."""

from __future__ import annotations

import json
from collections.abc import Sequence

from infra.api.models import NewDemo, NewDemoStep
from infra.contracts.website import Demo
from infra.demos import Recorded, checked_picture, read_har, read_trace
from infra.demos.recorded import MOST_STEPS
from infra.documents import demo_key
from infra.errors import InvalidInput

#: Pictures of one demonstration.
MOST_PICTURES = 20


def kept(website_id: str, demos: Sequence[NewDemo], hosts: Sequence[str]) -> tuple[tuple[Demo, ...], dict[str, bytes]]:
    """Return the demonstrations to keep, and their pictures by blob key.

    Raises:
        InvalidInput: one cannot be read; the message says which and why.
    """
    found: list[Demo] = []
    pictures: dict[str, bytes] = {}
    for number, demo in enumerate(demos):
        try:
            recorded = _recorded(demo, hosts)
        except InvalidInput as error:
            raise InvalidInput(f"demos.{number}: {error}") from error
        own = {demo_key(website_id, number, index): data for index, data in enumerate(recorded.pictures)}
        pictures |= own
        answer = (f"answer “{demo.answer}”",) if demo.answer is not None else ()
        steps = (*recorded.steps[: MOST_STEPS - len(answer)], *answer)
        found.append(Demo(instruction=demo.instruction, steps=steps, screenshots=tuple(own)))
    return tuple(found), pictures


def _recorded(demo: NewDemo, hosts: Sequence[str]) -> Recorded:
    if demo.trace is not None:
        return read_trace(demo.trace)
    if demo.har is not None:
        return read_har(demo.har if isinstance(demo.har, str) else json.dumps(demo.har), hosts)
    steps = [NewDemoStep(text=step) if isinstance(step, str) else step for step in demo.steps]
    pictures = [checked_picture(step.screenshot) for step in steps if step.screenshot is not None]
    if len(pictures) > MOST_PICTURES:
        raise InvalidInput(f"there are {len(pictures)} pictures; at most {MOST_PICTURES} are kept")
    return Recorded(tuple(step.text for step in steps), tuple(pictures))
