"""What larger and smaller values are called, label by label. Data, and the few functions that write it briefly.

A predicate is for two ("costs less") and for more of them ("costs the least"); ``{label}`` stands for the label as it
stands in a sentence, other names for the groups of the entry's pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from infra.magnitudes import DATES, LENGTH, MASS, TIME, Magnitude

#: For two, and for more.
Predicate = tuple[str, str]


def is_money(value: Magnitude) -> bool:
    """Return whether it is an amount of money."""
    return value.money


def is_date(value: Magnitude) -> bool:
    """Return whether it is a date, or may be a year."""
    return value.unit in DATES or value.year


def is_count(value: Magnitude) -> bool:
    """Return whether it is a plain number."""
    return not value.unit


def is_rate(value: Magnitude) -> bool:
    """Return whether it is a rating."""
    return not value.unit or value.unit.startswith("of ") or value.unit == "star"


def is_no_date(value: Magnitude) -> bool:
    """Return whether it is anything but a date."""
    return value.unit not in DATES


def unit_in(*sorts: frozenset[str]) -> Callable[[Magnitude], bool]:
    """Return a test for the units."""
    units = frozenset[str]().union(*sorts)
    return lambda value: value.unit in units


def being(more: str, most: str) -> Predicate:
    """Return "is cheaper", "is the cheapest"."""
    return f"is {more}", f"is the {most}"


def having(more: str, most: str, what: str = "{label}") -> Predicate:
    """Return "has the lower price", "has the lowest price"."""
    return f"has the {more} {what}", f"has the {most} {what}"


class Entry(NamedTuple):
    """Labels that match a pattern in full, folded, where their values fit; what larger and smaller ones are called."""

    pattern: str
    fits: Callable[[Magnitude], bool]
    more: tuple[Predicate, ...]
    less: tuple[Predicate, ...]


HIGHER, LOWER = having("higher", "highest"), having("lower", "lowest")
LONGER, SHORTER = having("longer", "longest"), having("shorter", "shortest")
LATER, EARLIER = having("later", "latest"), having("earlier", "earliest")
GREATER, SMALLER = having("larger", "largest"), having("smaller", "smallest")


def happened(clause: str) -> tuple[tuple[Predicate, ...], tuple[Predicate, ...]]:
    """Return what was later, and what was earlier."""
    return ((f"{clause} later", f"{clause} last"),), ((f"{clause} earlier", f"{clause} first"),)


#: What somebody has been since some day.
ARTICLES = {"member": "a member", "customer": "a customer", "host": "a host"}

LEXICON: tuple[Entry, ...] = (
    Entry(
        r"(?:unit |current |list |our |sale )?price|costs?|fare|rent|entry fee|price per \w+",
        is_money,
        (
            being("more expensive", "most expensive"),
            ("costs more", "costs the most"),
            HIGHER,
            being("dearer", "dearest"),
        ),
        (being("cheaper", "cheapest"), being("cheaper", "cheapest"), ("costs less", "costs the least"), LOWER),
    ),
    Entry(
        r"(?:\w+ )?weight",
        unit_in(MASS),
        (being("heavier", "heaviest"), ("weighs more", "weighs the most")),
        (being("lighter", "lightest"), ("weighs less", "weighs the least")),
    ),
    Entry(
        r"height",
        unit_in(LENGTH),
        (being("taller", "tallest"), having("greater", "greatest")),
        (being("lower", "lowest"), having("smaller", "smallest")),
    ),
    Entry(
        r"elevation|altitude",
        unit_in(LENGTH),
        (("lies higher", "lies highest"), HIGHER),
        (("lies lower", "lies lowest"), LOWER),
    ),
    Entry(r"length", unit_in(LENGTH, TIME), (being("longer", "longest"),), (being("shorter", "shortest"),)),
    Entry(r"width", unit_in(LENGTH), (being("wider", "widest"),), (being("narrower", "narrowest"),)),
    Entry(r"depth", unit_in(LENGTH), (being("deeper", "deepest"),), (being("shallower", "shallowest"),)),
    Entry(
        r"(?:\w+ )?(?:area|surface)|size",
        is_no_date,
        (being("larger", "largest"), being("bigger", "biggest")),
        (being("smaller", "smallest"),),
    ),
    Entry(
        r"duration|running time|runtime|playing time",
        unit_in(TIME),
        (("lasts longer", "lasts the longest"), LONGER, being("longer", "longest")),
        (being("shorter", "shortest"), SHORTER),
    ),
    Entry(
        r"(?:cooking|baking|preparation|delivery|shipping|processing|travel|walking|driving|journey|flight) time",
        unit_in(TIME),
        (("takes longer", "takes the longest"), LONGER),
        (("takes less time", "takes the least time"), SHORTER, being("faster", "fastest")),
    ),
    Entry(
        r"(?:\w+ )?(?:rating|score)",
        is_rate,
        (being("rated higher", "highest rated"), ("has the better {label}", "has the best {label}"), HIGHER),
        (being("rated lower", "lowest rated"), ("has the worse {label}", "has the worst {label}"), LOWER),
    ),
    Entry(
        r"population|inhabitants|residents",
        is_count,
        (
            ("has more inhabitants", "has the most inhabitants"),
            ("is home to more people", "is home to the most people"),
            having("larger", "largest", "population"),
        ),
        (
            ("has fewer inhabitants", "has the fewest inhabitants"),
            ("is home to fewer people", "is home to the fewest people"),
            having("smaller", "smallest", "population"),
        ),
    ),
    Entry(
        r"(?:serves|sleeps|seats up to|holds|fits)",
        is_count,
        (("{label} more people", "{label} the most people"),),
        (("{label} fewer people", "{label} the fewest people"),),
    ),
    Entry(r"crew|staff|team|workforce|capacity|print run|circulation", is_count, (GREATER,), (SMALLER,)),
    Entry(
        r"warranty|guarantee",
        unit_in(TIME),
        (LONGER, ("is under {label} for longer", "is under {label} the longest")),
        (SHORTER, ("is under {label} for a shorter time", "is under {label} for the shortest time")),
    ),
    Entry(r"lifespan", unit_in(TIME), (("lives longer", "lives longest"), LONGER), (SHORTER,)),
    Entry(
        r"(?:distance |walk )?(?:to|from) (?P<place>(?:the )?[\w ]+)",
        unit_in(LENGTH),
        (
            being("farther from {place}", "farthest from {place}"),
            being("further from {place}", "furthest from {place}"),
        ),
        (being("nearer to {place}", "nearest to {place}"), being("closer to {place}", "closest to {place}")),
    ),
    Entry(
        r"distance", unit_in(LENGTH), (being("farther away", "farthest away"),), (being("nearer", "nearest"), SHORTER)
    ),
    Entry(
        r"in stock|stock|stock level|available|left|pieces left",
        is_no_date,
        (("has more in stock", "has the most in stock"), ("has more pieces in stock", "has the most pieces in stock")),
        (("has fewer in stock", "has the fewest in stock"), ("has less in stock", "has the least in stock")),
    ),
    Entry(r"age", unit_in(TIME, frozenset({""})), (being("older", "oldest"),), (being("younger", "youngest"),)),
    Entry(
        r"(?:year )?(?P<deed>built|founded|established|constructed|completed|made)",
        is_date,
        (being("newer", "newest"), ("was {deed} later", "was {deed} last")),
        (being("older", "oldest"), ("was {deed} earlier", "was {deed} first")),
    ),
    Entry(
        r"(?:date |first )?(?:published|released)|(?:publication|release) date",
        is_date,
        (being("newer", "newest"), ("came out later", "came out last")),
        (being("older", "oldest"), ("came out earlier", "came out first")),
    ),
    Entry(
        r"(?:last )?(?:updated|modified|edited|changed|update|edit|change)",
        is_date,
        (("was changed more recently", "was changed most recently"), ("was updated later", "was updated last")),
        (
            ("was changed longer ago", "was changed longest ago"),
            ("has gone longer without a change", "has gone the longest without a change"),
        ),
    ),
    Entry(
        r"died|joined|retired|arrived|registered|started|began|ended|finished|expired|graduated",
        is_date,
        *happened("{label}"),
    ),
    Entry(
        r"(?P<what>member|customer|host|with us|here|open|active|in service|in business) since",
        is_date,
        (("has been {what} for a shorter time", "has been {what} for the shortest time"),),
        (("has been {what} for longer", "has been {what} for the longest time"),),
    ),
    Entry(
        r"(?P<deed>(?:first|last) \w+(?:ed|ilt|held|tten|ade)(?: down| up)?)(?: in| on| at)?",
        is_date,
        (("was {deed} later", "was {deed} after the others"),),
        (("was {deed} earlier", "was {deed} before the others"),),
    ),
    Entry(r"(?P<deed>\w+(?:ed|ilt|held|orn|tten|ade)(?: down| up)?)(?: in| on| at)?", is_date, *happened("was {deed}")),
    Entry(
        r"times (?P<deed>\w+ed|seen|sold|won|read)",
        is_count,
        (("was {deed} more often", "was {deed} most often"),),
        (("was {deed} less often", "was {deed} least often"),),
    ),
    Entry(
        r"(?:valid until|expires|expiry|expiry date|best before)",
        is_date,
        (("expires later", "expires last"), ("is good for longer", "is good for the longest")),
        (("expires sooner", "expires first"), ("expires earlier", "expires first")),
    ),
    Entry(r"due|due date|deadline", is_date, (("is due later", "is due last"),), (("is due sooner", "is due first"),)),
    Entry(r"starts?|begins|start date|opens", is_date, *happened("starts")),
    Entry(r"ends?|end date|closes", is_date, *happened("ends")),
    Entry(r"date|day|when", is_date, (being("later", "latest"),), (being("earlier", "earliest"),)),
    Entry(
        r"(?P<thing>\w+) (?P<deed>built|opened|founded|added)",
        is_date,
        (("had its {thing} {deed} later", "had its {thing} {deed} last"),),
        (("had its {thing} {deed} earlier", "had its {thing} {deed} first"),),
    ),
    Entry(
        r"year",
        is_date,
        (("is from a later year", "is from the latest year"),),
        (("is from an earlier year", "is from the earliest year"),),
    ),
    Entry(r"(?:year|date|end|start|beginning) of .+", is_date, (LATER,), (EARLIER,)),
    Entry(
        r"worth|value",
        is_money,
        (("is worth more", "is worth the most"),),
        (("is worth less", "is worth the least"),),
    ),
)
