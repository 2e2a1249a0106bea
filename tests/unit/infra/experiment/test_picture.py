"""The picture of the curves."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from PIL import Image

from infra.experiment.picture import draw, styles
from infra.experiment.plan import CONFIGURATIONS, Role, plan
from infra.experiment.summary import summarise
from tests.unit.infra.experiment.made import results, small_plan

ALL = tuple(CONFIGURATIONS)


def _rises(configuration: str, seed: int, point: int, role: Role, site: str, number: int) -> bool:
    random = Random(f"{configuration} {seed} {role} {site} {number}")  # noqa: S311
    return random.random() < 0.15 * point * (1.0 - 0.07 * ALL.index(configuration))


@pytest.mark.parametrize(
    ("asked", "names", "seeds", "panels"),
    [
        (small_plan(), ("full", "reward-off", "reward-shuffled"), (0, 1, 2), 3),
        (small_plan(), ("no-hindsight",), (0,), 3),
        (small_plan(), ALL, (0,), 3),
        (plan(sites=("shop",), unseen=(), attempts=30), ("full",), (0,), 1),
        (
            plan(sites=("shop", "forum", "map", "forge", "wiki"), unseen=(), sequence=True, minutes=5),
            ("full", "no-retention"),
            (0, 1),
            5,
        ),
    ],
)
def test_there_is_a_picture(
    asked: object, names: tuple[str, ...], seeds: tuple[int, ...], panels: int, tmp_path: Path
) -> None:
    summary = summarise(asked, results(names, seeds, asked, _rises), [], {})  # type: ignore[arg-type]
    assert len({(curve.role, curve.site) for one in summary.outcomes for curve in one.curves}) == panels
    path = tmp_path / "deep" / "curves.png"
    draw(summary, path)
    with Image.open(path) as image:
        assert image.width >= 640
        assert image.height >= 400


def test_nothing_is_drawn_of_nothing(tmp_path: Path) -> None:
    draw(summarise(small_plan(), [], [], {}), tmp_path / "curves.png")
    assert not (tmp_path / "curves.png").exists()


def test_the_full_configuration_stands_out_and_controls_are_dashed() -> None:
    asked = small_plan()
    looks = styles(summarise(asked, results(ALL, (0,), asked, _rises), [], {}).outcomes)
    assert looks["full"]["linewidth"] == max(look["linewidth"] for look in looks.values())
    assert {name for name, look in looks.items() if "linestyle" in look} == {"reward-off", "reward-shuffled"}
    assert len({(look["color"], str(look.get("linestyle"))) for look in looks.values()}) == len(ALL)
