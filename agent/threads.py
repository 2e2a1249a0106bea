"""How many threads a process computes with, by both libraries that do."""

from __future__ import annotations

import torch
from threadpoolctl import threadpool_limits


def compute_with(threads: int) -> None:
    """Set it for PyTorch and for NumPy's BLAS, whose idle threads would spin on the cores that the browsers need."""
    torch.set_num_threads(threads)
    threadpool_limits(threads, user_api="blas")
