"""Facts of an instance's world, before any prose: who lives where, what flows where, who sailed what."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox_sites.wiki import names

PLAIN_KINDS = (
    "island", "town", "river", "mountain", "person", "animal", "plant", "dish", "festival", "ship", "event",
)  # fmt: skip
CENSUS = (1851, 1901, 1951, 2001)
TRADES = (
    ("navigator", 8), ("surveyor", 3), ("botanist", 2), ("naturalist", 2), ("cook", 2), ("painter", 1),
)  # fmt: skip
DIETS = (
    "Small fish", "Seaweed and limpets", "Heather shoots", "Beetles and moths", "Sand eels", "Grass and clover",
    "Crabs and shrimp", "Mussels", "Berries and roots", "Voles",
)  # fmt: skip
STATUSES = ("Common", "Rare", "Vulnerable", "Protected")
HABITATS = (
    "Sea cliffs",
    "Salt marsh",
    "Upland bog",
    "Dune slacks",
    "Stream banks",
    "Dry heath",
    "Old walls",
    "Tidal rock",
)
INGREDIENTS = (
    "Oats",
    "Smoked eel",
    "Mutton",
    "Crab",
    "Plums",
    "Seaweed",
    "Barley",
    "Ewe's milk",
    "Eggs",
    "Honey",
    "Turnip",
)
CARGOES = ("wool", "salt", "timber", "dried fish", "slate", "barley", "books", "copper", "rope", "letters")
RIGS = ("Schooner", "Brig", "Cutter", "Barque", "Ketch", "Paddle steamer")
FATES = ("Wrecked", "Broken up", "Museum ship", "Lost at sea", "Sold abroad", "Burnt at anchor")
ROCKS = ("Granite", "Basalt", "Sandstone", "Slate", "Gneiss", "Limestone")
CLIMATES = ("Mild and wet", "Cool and windy", "Dry for its latitude", "Foggy in summer")
MOTTOES = (
    "Row together", "Salt keeps", "After the tide, the bread", "Slowly, and ashore", "Light for strangers",
    "We mend our nets", "Neither late nor loud", "The rope holds", "Count the boats", "Rain is also weather",
)  # fmt: skip


@dataclass(slots=True)
class Thing:
    """Something that gets an article; ``facts`` holds values and other things."""

    kind: str
    name: str
    title: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, fact: str) -> Any:
        return self.facts[fact]

    @property
    def link(self) -> str:
        """A link to it in the site's mark-up."""
        return f"[[{self.title}]]" if self.title == self.name else f"[[{self.title}|{self.name}]]"


def slug(text: str) -> str:
    """Return a title as a piece of a URL."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Things:
    """All things of a world, by kind."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.by_kind: dict[str, list[Thing]] = {kind: [] for kind in PLAIN_KINDS}
        self.shared: dict[str, list[Thing]] = {}  # name → what bears it
        self._land()
        self._people()
        self._nature()
        self._customs()
        self._sea()
        self._history()

    def __getitem__(self, kind: str) -> list[Thing]:
        return self.by_kind[kind]

    def on(self, island: Thing, kind: str) -> list[Thing]:
        """Return an island's things of a kind."""
        return [thing for thing in self[kind] if thing["island"] is island]

    def _make(self, kind: str, found: Iterable[str], title: str = "{}") -> list[Thing]:
        self.by_kind[kind] = [Thing(kind, name, title.format(name)) for name in found]
        return self.by_kind[kind]

    def _land(self) -> None:
        rng = self._rng
        islands = self._make("island", rng.sample(names.ISLANDS, 8))
        for island, area in zip(islands, rng.sample(range(60, 940), 8), strict=True):
            island.facts.update(area=area, settled=rng.randint(610, 980), climate=rng.choice(CLIMATES))
        heads = rng.sample(names.HILLS, 12)
        hills = self._make("mountain", [f"{head} {rng.choice(names.HILL_TAILS)}" for head in heads])
        heights = rng.sample(range(312, 1960), 12)
        for i, hill in enumerate(hills):
            place = islands[i] if i < 8 else rng.choice(islands)
            hill.facts.update(island=place, height=heights[i], rock=rng.choice(ROCKS), paths=rng.randint(2, 7))
        rivers = self._make("river", rng.sample(names.RIVERS, 10), "River {}")
        lengths = rng.sample(range(14, 138), 10)
        for i, river in enumerate(rivers):
            place = islands[i] if i < 8 else rng.choice(islands)
            river.facts.update(
                island=place, length=lengths[i], source=rng.choice(self.on(place, "mountain")),
                bridges=rng.randint(3, 19), flow=rng.randint(4, 80),
            )  # fmt: skip
            river.name = river.title
        heads = rng.sample(names.TOWN_HEADS, 20)
        towns = self._make("town", [head + rng.choice(names.TOWN_TAILS) for head in heads])
        people, codes = rng.sample(range(900, 41000), 20), rng.sample(range(100, 999), 20)
        for i, town in enumerate(towns):
            place = islands[i % 8]
            factors = (0.31, 0.52, 0.79, 1.0) if i % 3 else (1.24, 1.17, 1.06, 1.0)
            counts = [int(people[i] * factor) + rng.randint(1, 60) for factor in factors[:3]]
            town.facts.update(
                island=place, population=people[i], census=(*counts, people[i]), founded=rng.randint(1010, 1790),
                river=rng.choice(self.on(place, "river")), code=f"{place.name[:2].upper()} {codes[i]}",
                motto=rng.choice(MOTTOES), elevation=rng.randint(2, 210), market=rng.choice(DAYS),
            )  # fmt: skip
        for island in islands:
            own = self.on(island, "town")
            island.facts.update(
                population=sum(town["population"] for town in own), seat=max(own, key=lambda town: town["population"]),
                harbour=rng.choice(own), highest=max(self.on(island, "mountain"), key=lambda hill: hill["height"]),
            )  # fmt: skip

    def _people(self) -> None:
        rng = self._rng
        trades = [trade for trade, count in TRADES for _ in range(count)]
        last = rng.sample(names.LAST, len(trades) - 1)
        last.append(last[0])  # two bear one surname
        full = [f"{a} {b}" for a, b in zip(rng.sample(names.FIRST, len(trades)), last, strict=True)]
        people = self._make("person", full)
        born = rng.sample(range(1742, 1896), len(trades))
        for i, person in enumerate(people):
            home = rng.choice(self["town"])
            person.facts.update(
                trade=trades[i], born=born[i], died=born[i] + rng.randint(51, 88), home=home, island=home["island"],
                school=rng.choice(self["town"]), letters=rng.randint(40, 900), works=[],
            )  # fmt: skip
        self.shared[last[0]] = [people[0], people[-1]]
        climbers = self.of_trade("surveyor")
        for i, hill in enumerate(self["mountain"]):
            climber = climbers[i % len(climbers)]
            hill.facts.update(climber=climber, climbed=climber["born"] + rng.randint(22, 46))
            climber["works"].append(hill)

    def of_trade(self, trade: str) -> list[Thing]:
        """Return the people of a trade."""
        return [person for person in self["person"] if person["trade"] == trade]

    def _nature(self) -> None:
        rng = self._rng
        heads, kinds = rng.sample(names.BEAST_HEADS, 10), rng.sample(names.BEASTS, 10)
        beasts = self._make("animal", [f"{head} {kind}" for head, kind in zip(heads, kinds, strict=True)])
        lengths = rng.sample(range(6, 180), 10)
        diets = rng.sample(DIETS, 10)
        for i, beast in enumerate(beasts):
            by = self.of_trade("naturalist")[i % 2]
            beast.facts.update(
                island=rng.choice(self["island"]), length=lengths[i], lifespan=rng.randint(2, 41), diet=diets[i],
                status=rng.choice(STATUSES), by=by, described=by["born"] + rng.randint(24, 50), young=rng.randint(1, 9),
            )  # fmt: skip
            by["works"].append(beast)
        plants = self._make("plant", rng.sample(names.PLANTS, 8))
        heights = rng.sample(range(4, 160), 8)
        for i, plant in enumerate(plants):
            by = self.of_trade("botanist")[i % 2]
            plant.facts.update(
                island=rng.choice(self["island"]), height=heights[i], habitat=rng.choice(HABITATS), by=by,
                month=rng.choice(names.MONTHS[2:10]), described=by["born"] + rng.randint(24, 50),
                petals=rng.randint(4, 9),
            )  # fmt: skip
            by["works"].append(plant)

    def _customs(self) -> None:
        rng = self._rng
        dishes = self._make("dish", rng.sample(names.DISHES, 9))
        minutes = rng.sample(range(25, 300, 5), 9)
        for i, dish in enumerate(dishes):
            town, by = rng.choice(self["town"]), self.of_trade("cook")[i % 2]
            dish.facts.update(
                town=town, island=town["island"], minutes=minutes[i], main=rng.choice(INGREDIENTS),
                plant=rng.choice(self["plant"]), by=by, written=by["born"] + rng.randint(21, 48),
                serves=rng.randint(2, 12),
            )  # fmt: skip
            by["works"].append(dish)
        feasts = self._make("festival", rng.sample(names.FEASTS, 8))
        years, towns = rng.sample(range(1560, 1950), 8), rng.sample(self["town"], 8)
        for i, feast in enumerate(feasts):
            feast.facts.update(
                town=towns[i], island=towns[i]["island"], since=years[i], month=rng.choice(names.MONTHS),
                days=rng.randint(2, 12), dish=dishes[i], visitors=rng.randint(4, 90) * 100,
            )  # fmt: skip
            dishes[i].facts["feast"] = feast
        dishes[8].facts["feast"] = feasts[0]

    def _sea(self) -> None:
        rng = self._rng
        town, feast, plant = rng.choice(self["town"]), rng.choice(self["festival"]), rng.choice(self["plant"])
        named = [town.name, feast.name, plant.name, *rng.sample(names.SHIPS, 5)]
        ships = self._make("ship", named)
        for ship, other in zip(ships, (town, feast, plant), strict=False):
            self.shared[other.name] = [other, ship]
            other.title, ship.title = f"{other.name} ({other.kind})", f"{ship.name} (ship)"
        lengths, spans = rng.sample(range(18, 74), 8), iter(rng.sample(range(9, 190), 48))
        for i, ship in enumerate(ships):
            captain, yard = self.of_trade("navigator")[i], rng.choice(self["town"])
            built = captain["born"] + rng.randint(21, 33)
            years = sorted(rng.sample(range(built + 1, built + 19), rng.randint(3, 6)))
            voyages = [(year, rng.choice(self["island"]), rng.choice(CARGOES), next(spans)) for year in years]
            ship.facts.update(
                captain=captain, yard=yard, island=yard["island"], built=built, length=lengths[i], rig=rng.choice(RIGS),
                crew=rng.randint(7, 64), fate=rng.choice(FATES), ended=years[-1] + rng.randint(2, 30), voyages=voyages,
            )  # fmt: skip
            captain["works"].append(ship)

    def _history(self) -> None:
        rng = self._rng
        towns = rng.sample(self["town"], 8)
        river, ship = rng.choice(self["river"]), self["ship"][4]
        titles = [
            f"Siege of {towns[0].name}", f"Great Fire of {towns[1].name}", f"Treaty of {towns[2].name}",
            f"Landing at {towns[3].name}", f"{river.facts['island'].name} Flood", f"Wreck of the {ship.name}",
            "Salt Rebellion", "Year of Two Winters",
        ]  # fmt: skip
        years = rng.sample(range(1380, 1880), 8)
        for i, event in enumerate(self._make("event", titles)):
            year = ship["ended"] if i == 5 else years[i]
            event.facts.update(
                town=towns[i], island=towns[i]["island"], year=year, days=rng.randint(2, 98),
                month=rng.choice(names.MONTHS),
                houses=rng.randint(11, 940), river=river if i == 4 else None, ship=ship if i == 5 else None,
                outcome=OUTCOMES[i],
            )  # fmt: skip
        self["event"][4].facts["island"] = river["island"]
        self["event"][4].facts["town"] = rng.choice(self.on(river["island"], "town"))


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
OUTCOMES = (
    "The garrison marched out", "The town was rebuilt in stone", "Tolls were abolished", "A colony was founded",
    "New dykes were dug", "The crew was saved", "The salt tax was halved", "The granaries were enlarged",
)  # fmt: skip
