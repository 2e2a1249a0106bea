"""Plausible values for a form's fields, told from their names and types. All invented."""

from __future__ import annotations

import re
from random import Random

from infra.contracts.observation import Element
from proposer.reading import field_name, fold

FIRST_NAMES = (
    "Anna", "Ben", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Leo", "Maya",
    "Nils", "Olga", "Paul", "Rita", "Sam", "Tessa", "Viktor",
)  # fmt: skip
LAST_NAMES = (
    "Berg", "Castro", "Dahl", "Engel", "Fischer", "Garcia", "Hansen", "Ivanova", "Jansen", "Keller", "Lind", "Meyer",
    "Novak", "Olsen", "Petrov", "Rossi", "Silva", "Turner", "Vogel", "Walker",
)  # fmt: skip
_STREETS = ("Mill Lane", "Station Road", "Park Avenue", "Harbour Street", "Church Street", "Oak Drive", "River Walk")
_CITIES = ("Bergen", "Porto", "Leeds", "Graz", "Ghent", "Aarhus", "Turin", "Austin", "Lyon", "Cork")
_COUNTRIES = ("Norway", "Portugal", "Austria", "Belgium", "Denmark", "Italy", "France", "Ireland")
_MESSAGES = (
    "Please call me back about my last order",
    "The parcel has not arrived yet",
    "Do you ship to islands as well",
    "I would like a copy of the invoice",
    "Works well and looks good",
    "Not quite what I had expected",
    "Could you tell me when you are open",
    "Very happy with it so far",
    "The colour differs from the picture",
    "Thanks for the quick delivery",
)
_TITLES = ("Great value", "Solid choice", "Quick question", "Missing part", "Change of address", "Good but noisy")
_COMPANIES = ("Nordwind", "Blue Harbour", "Kestrel Works", "Maple and Sons", "Quarry Labs")
_CODES = ("WELCOME10", "SPRING15", "SAVE5")
_PLACEHOLDER = re.compile(r"^(?:|-+.*|choose.*|select.*|please.*|any|all|none|\W+)$", re.IGNORECASE)


def real_options(element: Element) -> tuple[str, ...]:
    """Return a drop-down's options without its placeholder ("Choose …")."""
    return tuple(option for option in element.options or () if not _PLACEHOLDER.match(option.strip()))


def is_count(element: Element) -> bool:
    """Return whether the field takes a small number of pieces."""
    return element.role == "spinbutton" or element.input_type == "number"


def value_for(element: Element, rng: Random) -> str | None:
    """Return a value that the field would accept, or None where nothing can be said (passwords, files)."""
    if element.options:
        options = [option for option in real_options(element) if option != element.value]
        return rng.choice(options) if options else None
    kind, name = element.input_type or "text", fold(f"{field_name(element)} {element.placeholder or ''}")
    if kind in ("password", "file", "color", "range"):
        return None
    return _typed(kind, rng) or _named(name, rng)


def _typed(kind: str, rng: Random) -> str | None:
    match kind:
        case "email":
            return _email(rng)
        case "tel":
            return _phone(rng)
        case "number":
            return str(rng.randint(2, 4))
        case "date":
            return f"2027-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        case "time":
            return f"{rng.randint(9, 17):02d}:{rng.choice((0, 15, 30, 45)):02d}"
        case "month":
            return f"2027-{rng.randint(1, 12):02d}"
        case "url":
            return f"https://{rng.choice(LAST_NAMES).lower()}.example.com"
        case _:
            return None


def _named(name: str, rng: Random) -> str:
    for pattern, make in _BY_NAME:
        if re.search(pattern, name):
            return make(rng)
    return rng.choice(_TITLES)


def _email(rng: Random) -> str:
    return f"{rng.choice(FIRST_NAMES)}.{rng.choice(LAST_NAMES)}@example.com".lower()


def _phone(rng: Random) -> str:
    return f"555-{rng.randint(200, 999)}-{rng.randint(1000, 9999)}"


def _full_name(rng: Random) -> str:
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"


def _street(rng: Random) -> str:
    return f"{rng.randint(2, 98)} {rng.choice(_STREETS)}"


_BY_NAME = (
    (r"e-?mail", _email),
    (r"phone|mobile|telephone", _phone),
    (r"\bfirst\b|given name|forename", lambda rng: rng.choice(FIRST_NAMES)),
    (r"\blast\b|surname|family name", lambda rng: rng.choice(LAST_NAMES)),
    (r"company|organi[sz]ation", lambda rng: rng.choice(_COMPANIES)),
    (r"user ?name|nick|login", lambda rng: f"{rng.choice(FIRST_NAMES).lower()}{rng.randint(10, 99)}"),
    (r"post ?code|zip|postal", lambda rng: str(rng.randint(10000, 98999))),
    (r"city|town", lambda rng: rng.choice(_CITIES)),
    (r"country|state|region", lambda rng: rng.choice(_COUNTRIES)),
    (r"street|address", _street),
    (r"card|iban|account number", lambda rng: f"4111 1111 1111 {rng.randint(1000, 9999)}"),
    (r"cvc|cvv|security code", lambda rng: str(rng.randint(100, 999))),
    (r"expir", lambda rng: f"{rng.randint(1, 12):02d}/{rng.randint(28, 33)}"),
    (r"quantity|qty|amount|number of|how many|guests|people|seats", lambda rng: str(rng.randint(2, 4))),
    (r"coupon|voucher|promo|discount|code", lambda rng: rng.choice(_CODES)),
    (r"message|comment|review|text|note|question|description|feedback|body", lambda rng: rng.choice(_MESSAGES)),
    (r"subject|title|headline|topic", lambda rng: rng.choice(_TITLES)),
    (r"name", _full_name),
    (r"date|day", lambda rng: f"2027-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"),
    (r"age|year", lambda rng: str(rng.randint(20, 60))),
)
