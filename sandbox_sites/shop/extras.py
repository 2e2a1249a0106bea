"""What the shop tells besides the facts of its goods: how to care for them, what comes along, common questions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

CARE = {
    "Steel": ("Wipe dry after use.", "Polish with a soft cloth once a month.", "Keep away from salt water."),
    "Oak": ("Oil twice a year.", "Keep out of the dishwasher.", "Sand small scratches along the grain."),
    "Bamboo": ("Rinse briefly and dry upright.", "Do not soak.", "Oil when it looks pale."),
    "Aluminium": ("Clean with mild soap.", "No bleach, no steel wool.", "Keep out of the dishwasher."),
    "Cotton": ("Wash at 40 degrees.", "Dry in the shade.", "Iron while still damp."),
    "Recycled plastic": ("Rinse with lukewarm water.", "Keep away from open fire.", "Do not leave in full sun."),
    "Leather": ("Wax every season.", "Let it dry slowly after rain.", "Brush off dust before waxing."),
    "Ceramic": ("Wash by hand.", "Avoid sudden heat.", "Lift, never drag."),
    "Wool": ("Wash cold and by hand.", "Dry flat.", "Air it rather than wash it."),
}
EXTRAS = (
    "Hex key", "Cotton bag", "Cleaning brush", "Spare hook", "Felt pads", "Carry strap", "Bottle of oil", "Repair kit",
    "Wall bracket", "Polishing cloth",
)  # fmt: skip
CITIES = ("Braga", "Aveiro", "Coimbra", "Faro", "Guarda", "Leiria")


@dataclass(frozen=True, slots=True)
class Details:
    """What only those ask who want to know it all; lengths in centimetres."""

    care: tuple[str, ...]
    width: int
    height: int
    depth: int
    extra: str


@dataclass(frozen=True, slots=True)
class Question:
    """One that many ask, and what they are told."""

    text: str
    answer: str
    number: int = 0  # that the answer turns on, where it does


def details(seed: int, materials: Mapping[str, str]) -> dict[str, Details]:
    """Return the details of goods, of which the materials are known by slug."""
    rng = random.Random(f"shop details {seed}")  # noqa: S311 - a fixture, not a secret
    return {
        slug: Details(
            tuple(rng.sample(CARE[material], 2)),
            rng.randint(6, 95),
            rng.randint(4, 140),
            rng.randint(3, 70),
            rng.choice(EXTRAS),
        )
        for slug, material in materials.items()
    }


def questions(seed: int) -> tuple[Question, ...]:
    """Return the common questions."""
    rng = random.Random(f"shop questions {seed}")  # noqa: S311 - a fixture, not a secret
    keep, weeks, trees, parts, share = (
        rng.randint(5, 12),
        rng.randint(2, 8),
        rng.randint(3, 40),
        rng.randint(6, 20),
        rng.randint(30, 90),
    )
    city = rng.choice(CITIES)
    return (
        Question("How long does a pick-up point keep my parcel?", f"{keep} days; after that it travels back.", keep),
        Question(
            "Can I change or cancel an order?", "Orders go to packing at once and cannot be changed or cancelled."
        ),
        Question("How often does the newsletter come out?", f"Every {weeks} weeks, on a Thursday.", weeks),
        Question("Do you plant trees?", f"{trees} for every hundred orders, on a hill near {city}.", trees),
        Question("How long can I get spare parts?", f"For {parts} years after the last one was made.", parts),
        Question("Where do the goods come from?", f"{share}% of them are made within a day's drive of {city}.", share),
        Question("Do you wrap presents?", "No. Paper that is torn off after a minute is not our cup of tea."),
    )
