"""Lets torchvision be imported where its wheel was built for CUDA and torch for the CPU, as package indexes have them.

Its own operators cannot be loaded then, and its import fails because it describes them. vLLM needs the import, not the
operators. This runs at the start of every Python of vLLM's environment (``torchvision_schemas.pth``), as vLLM starts
several processes; it does nothing until torchvision is imported. It is no part of this package: infra/vllm-cpu.sh
copies it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
KEPT: list[Any] = []  # a library's definitions are undone when it is collected


class Schemas(MetaPathFinder):
    """Finds nothing itself: says what the operators look like just before torchvision is imported."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Define the operators where torchvision's own library cannot be loaded."""
        if fullname != "torchvision":
            return None
        sys.meta_path.remove(self)
        found = PathFinder.find_spec(fullname)
        if found is None or found.origin is None:
            return None
        import torch

        torch_: Any = torch
        try:
            for library in Path(found.origin).parent.glob("_C*.so"):
                torch_.ops.load_library(str(library))
        except OSError:
            KEPT.append(torch_.library.Library("torchvision", "DEF"))
            for schema in SCHEMAS:
                KEPT[0].define(schema)
        return None


sys.meta_path.insert(0, Schemas())
