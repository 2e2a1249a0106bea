"""MiniLM, adapted to how people speak of websites: low-rank updates of its weights (Hu et al. 2022, arXiv 2106.09685).

As published, MiniLM finds "what I get back when I call off a trip" nearer to Gift cards than to Cancellation policies.
The update brings what people say near to what websites name, learnt from general words (:mod:`make_adapter`).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from torch import Tensor, nn

FILE = "minilm_adapter.safetensors"


def linears(bert: Any) -> dict[str, nn.Linear]:
    """Return the linear layers that an adapter updates, by name: all of every encoder layer."""
    return {name: module for name, module in bert.encoder.named_modules() if isinstance(module, nn.Linear)}


def adapt(bert: Any, saved: Mapping[str, Tensor]) -> None:
    """Add ``up`` [out, rank] times ``down`` [rank, in] to every linear layer's weights, in place.

    Raises:
        ValueError: the updates are of another model.
    """
    layers = linears(bert)
    if {f"{name}.{part}" for name in layers for part in ("down", "up")} != set(saved):
        raise ValueError("the adapter belongs to another model")
    for name, layer in layers.items():
        update = saved[f"{name}.up"].float() @ saved[f"{name}.down"].float()
        layer.weight.data += update.to(layer.weight.dtype)


def shipped() -> Mapping[str, Tensor]:
    """Return the updates that come with the package, as 16-bit floats."""
    from safetensors.torch import load

    return load((files("agent.policy") / FILE).read_bytes())
