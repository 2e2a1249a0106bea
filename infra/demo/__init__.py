"""The demo: from random weights to a practised shop, before one's eyes.

It is an ordinary user of the service: it submits the sandbox shop through the API and watches. What it adds is the
measurement on held-out tasks, by ``python -m evaluator.benchmark``, before, during and after.
"""

from __future__ import annotations

from infra.demo.run import DemoOptions, run_demo

__all__ = ["DemoOptions", "run_demo"]
