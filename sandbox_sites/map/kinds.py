"""What kinds of places a town has, and what is told of each."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

Hours = tuple[str, str, str]  # Monday to Friday, Saturday, Sunday
CLOSED = "Closed"


@dataclass(frozen=True, slots=True)
class Kind:
    """A category of places."""

    slug: str
    label: str
    one: str
    patterns: tuple[str, ...]
    count: int
    hours: tuple[Hours, ...]
    extra: str
    value: Callable[[random.Random], str]
    lines: tuple[str, ...]
    colour: str
    priced: bool = False


def _pick(*options: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(options)


def _number(least: int, most: int, unit: str = "") -> Callable[[random.Random], str]:
    return lambda rng: f"{rng.randint(least, most)}{unit}"


_SHOP: tuple[Hours, ...] = (
    ("8:00 to 18:00", "9:00 to 16:00", CLOSED), ("9:00 to 19:00", "9:00 to 17:00", CLOSED),
    ("7:30 to 20:00", "8:00 to 18:00", "10:00 to 14:00"), ("8:30 to 18:30", "9:00 to 13:00", CLOSED),
)  # fmt: skip
_TABLE: tuple[Hours, ...] = (
    ("7:00 to 17:00", "8:00 to 18:00", "9:00 to 15:00"), ("8:00 to 19:00", "9:00 to 19:00", CLOSED),
    ("11:30 to 22:00", "12:00 to 23:00", "12:00 to 21:00"), ("9:00 to 16:00", "9:00 to 14:00", CLOSED),
)  # fmt: skip
_CULTURE: tuple[Hours, ...] = (
    ("10:00 to 17:00", "10:00 to 18:00", "11:00 to 16:00"), ("9:30 to 18:00", "10:00 to 15:00", CLOSED),
    ("10:00 to 20:00", "10:00 to 19:00", "10:00 to 17:00"), ("13:00 to 19:00", "11:00 to 17:00", CLOSED),
)  # fmt: skip
_LONG: tuple[Hours, ...] = (
    ("6:00 to 22:00", "6:00 to 22:00", "6:00 to 22:00"), ("5:30 to 23:30", "6:00 to 23:30", "7:00 to 22:30"),
    ("7:00 to 21:00", "7:00 to 21:00", "8:00 to 20:00"),
)  # fmt: skip
_SCHOOL: tuple[Hours, ...] = (("8:00 to 15:30", CLOSED, CLOSED), ("7:45 to 16:15", CLOSED, CLOSED))

KINDS = (
    Kind("cafes", "Cafés", "Café", ("Café {}", "{} Coffee", "The {} Cup"), 8, _TABLE, "Seats",
         _number(14, 70), ("Coffee roasted in the yard and three cakes a day.", "A long counter, newspapers and soup "
                           "at noon.", "Breakfast until the bread is gone."), "#b4632d", True),
    Kind("restaurants", "Restaurants", "Restaurant", ("{} Kitchen", "Trattoria {}", "The {} Table"), 8, _TABLE,
         "Cuisine", _pick("Portuguese", "Lebanese", "Korean", "Basque", "Georgian", "Ethiopian", "Danish"),
         ("A short menu that changes on Thursdays.", "Open fire, small plates and a loud kitchen.",
          "Family cooking in two narrow rooms."), "#a93d4c", True),
    Kind("museums", "Museums", "Museum", ("{} Museum", "{} Gallery", "{} House Museum"), 7, _CULTURE, "Admission",
         lambda rng: f"£{rng.randint(3, 18)}.{rng.choice(('00', '50'))}",
         ("Four rooms about the trades that built the town.", "A private collection, opened to everyone.",
          "Changing shows and a workshop in the cellar."), "#6a4c93", True),
    Kind("pharmacies", "Pharmacies", "Pharmacy", ("{} Pharmacy",), 8, _SHOP, "Night bell",
         _pick("Side door", "Left of the shutter", "In the passage", "Next to the letter box"),
         ("Prescriptions, first aid and good advice.", "Compounds its own ointments since the war."), "#2f8f6b"),
    Kind("parks", "Parks", "Park", ("{} Park", "{} Gardens", "{} Green"), 7, _LONG, "Area",
         lambda rng: f"{rng.randint(8, 96) / 10} hectares",
         ("Old trees, a pond and a bandstand that is used.", "Lawns to lie on and a rose walk."), "#4f8a2b"),
    Kind("schools", "Schools", "School", ("{} Primary School", "{} Grammar School", "{} School"), 8, _SCHOOL, "Pupils",
         _number(120, 940), ("Known for its choir and its kitchen garden.", "A brick building with a big new hall."),
         "#8a6d1f"),
    Kind("hotels", "Hotels", "Hotel", ("Hotel {}", "The {} Inn", "{} Guest House"), 8, _LONG, "Rooms",
         _number(9, 130), ("Creaking stairs, thick curtains, fine breakfasts.", "Plain rooms over a lively bar.",
                           "A townhouse with a walled garden."), "#2b6ca3", True),
    Kind("stations", "Stations", "Station", ("{} Station",), 5, _LONG, "Platforms", _number(2, 12),
         ("Regional trains, a kiosk and lockers.", "Trains every half hour, and a taxi rank outside."), "#3c4858"),
    Kind("libraries", "Libraries", "Library", ("{} Library", "{} Reading Room"), 6, _CULTURE, "Books",
         lambda rng: f"{rng.randint(9, 88) * 500:,}",
         ("Borrowing is free; bring proof of address.", "Silent upstairs, children's corner below."), "#7b5ea7"),
    Kind("cinemas", "Cinemas", "Cinema", ("{} Picture House", "{} Cinema"), 5, (_TABLE[2], _CULTURE[2]), "Screens",
         _number(1, 9), ("Second-run films and a proper curtain.", "Films in the original language."), "#c2417c", True),
    Kind("grocers", "Grocers", "Grocer", ("{} Grocers", "{} Foods"), 7, _SHOP, "Parking spaces", _number(4, 60),
         ("Vegetables from farms within an hour.", "Everything for tonight, and a little more."), "#5c7f1d"),
    Kind("baths", "Baths", "Baths", ("{} Baths", "{} Lido"), 5, (_LONG[2], _CULTURE[2], _TABLE[1]), "Water temperature",
         lambda rng: f"{rng.randint(23, 32)} °C",
         ("Tiled hall of the last century, carefully heated.", "An outdoor pool with a slide."), "#1f8aa5", True),
)  # fmt: skip
BY_SLUG = {kind.slug: kind for kind in KINDS}
