"""What every route works with, handed in by ``__main__`` and found again through the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from infra.operations import Operations
from infra.settings import Settings

MOST = 200
#: Larger numbers of policy versions do not fit the databases.
MOST_VERSION = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything belongs to whoever built it; the app closes nothing."""

    operations: Operations
    settings: Settings
    keys: tuple[str, ...] = ()


def _deps(request: Request) -> Deps:
    deps: Deps = request.app.state.deps
    return deps


Use = Annotated[Deps, Depends(_deps)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Version = Annotated[int, Path(ge=0, le=MOST_VERSION)]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="how many to skip")]
