"""Weights as bytes and back. Tensors only: loading runs no code from the blob."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import Any

import torch

from agent.policy.network import Scorer
from infra.errors import PolicyError


class OtherShape(PolicyError):
    """Weights are of another network, such as an earlier version of this program had."""


def shape(network: Scorer) -> str:
    """Return what tells networks apart whose weights do not fit each other."""
    names = ";".join(f"{name} {tuple(weight.shape)}" for name, weight in network.state_dict().items())
    return hashlib.sha256(names.encode()).hexdigest()[:12]


def dump(state: Mapping[str, Any]) -> bytes:
    """Serialise a state dict."""
    buffer = io.BytesIO()
    torch.save(dict(state), buffer)
    return buffer.getvalue()


def load(data: bytes) -> dict[str, Any]:
    """Read a state dict. Raises PolicyError where the bytes are none."""
    try:
        state: dict[str, Any] = torch.load(io.BytesIO(data), weights_only=True, map_location="cpu")
    except Exception as error:
        raise PolicyError(f"the policy's weights cannot be read: {error}") from error
    return state


def fresh(seed: int) -> Scorer:
    """Return a network with random weights; the same seed gives the same weights."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return Scorer()


def restore(data: bytes) -> Scorer:
    """Return the network whose weights these bytes are.

    Raises:
        OtherShape: they are of another network.
        PolicyError: they are no weights.
    """
    network = Scorer()
    try:
        network.load_state_dict(load(data))
    except RuntimeError as error:
        raise OtherShape(f"the policy's weights are of another shape: {error}") from error
    return network
