"""The learner's tests compute on one thread, as the learner does; more would wait for each other on small batches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from agent.learner import varying


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Compute on one thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def as_practised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learn episodes in their own words and with the map; tests of other words ask for them."""
    monkeypatch.setattr(varying, "MAPLESS", 0.0)
    monkeypatch.setattr(varying, "PARAPHRASED", 0.0)
