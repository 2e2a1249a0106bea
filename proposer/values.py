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
#: Messages are a beginning and an end; titles a few words, or one.
_BEGINNINGS = (
    "Please call me back about", "I have a question about", "Thank you for", "I am not quite happy with",
    "Could somebody look into", "We all enjoyed", "I would like to hear more about", "There is something wrong with",
    "Nobody told me about", "Many thanks in advance for", "It took a while, but I like", "Do not forget",
)  # fmt: skip
_ENDS = (
    "my last order", "the parcel that has not arrived yet", "the invoice of last month", "your opening hours in winter",
    "the colour in the picture", "the noise in the morning", "the quick reply", "the second part of it",
    "what was said on Monday", "the small print", "the new version", "what my neighbour found out",
)  # fmt: skip
_MESSAGES = (
    "Works well and looks good", "Not quite what I had expected", "Very happy with it so far",
    "Is it still to be had?", "It leaks. The seal is worn out.", "See you on Tuesday!", "ok for me",
)  # fmt: skip
_QUALITIES = (
    "Great", "Solid", "Quick", "Small", "Last", "Winter", "Blue", "Missing", "Lost", "Quiet", "Green", "Summer", "Old",
    "Second", "Northern", "Early",
)  # fmt: skip
_THINGS = (
    "choice", "question", "part", "garden", "harvest", "reading", "walk", "repair", "plan", "morning", "idea", "order",
    "meeting", "list", "address", "kitchen",
)  # fmt: skip
_SINGLE = ("Kestrel", "Juniper", "Holidays", "Someday", "Backup", "Favourites", "Inbox", "Harbour")
_COMPANIES = ("Nordwind", "Blue Harbour", "Kestrel Works", "Maple and Sons", "Quarry Labs")
_CODES = ("WELCOME10", "SPRING15", "SAVE5")
_STREET, _NUMBER = re.compile(r"\d+ [A-Z]\w+(?: [A-Z]\w+)+"), re.compile(r"\d")
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
    return _typed(kind, element.value or "", rng) or value_named(name, rng, element.value or "")


def _typed(kind: str, value: str, rng: Random) -> str | None:
    match kind:
        case "email":
            return _email(rng)
        case "tel":
            return _phone(rng)
        case "number":
            return _like(value, rng) if value not in ("", "0", "1") else str(rng.randint(2, 4))
        case "date":
            return f"2027-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        case "time":
            return f"{rng.randint(9, 17):02d}:{rng.choice((0, 15, 30, 45)):02d}"
        case "month":
            return f"2027-{rng.randint(1, 12):02d}"
        case "url":
            return _url(rng)
        case _:
            return None


def value_named(name: str, rng: Random, value: str = "") -> str:
    """Return a value for a field of this name, folded; of the shape of ``value``, where the name tells nothing."""
    for pattern, make in _BY_NAME:
        if re.search(pattern, name):
            return make(rng)
    if (like := _like(value, rng)) is not None:
        return like
    return _title(rng)


def _title(rng: Random) -> str:
    shape = rng.random()
    if shape < 0.2:
        return rng.choice(_SINGLE)
    title = f"{rng.choice(_QUALITIES)} {rng.choice(_THINGS)}"
    return title if shape < 0.7 else f"{title} for {rng.choice(FIRST_NAMES)}"


def _message(rng: Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(_MESSAGES)
    text = f"{rng.choice(_BEGINNINGS)} {rng.choice(_ENDS)}"
    return f"{text}." if rng.random() < 0.3 else text


def _url(rng: Random) -> str:
    return f"https://{rng.choice(LAST_NAMES).lower()}.example.com"


def _like(value: str, rng: Random) -> str | None:
    """Return a value of the same shape as one that is there: a street, or a number in other figures."""
    if _STREET.fullmatch(value):
        return _street(rng)
    if len(value) > 12 or not _NUMBER.search(value) or re.search(r"[^\W\d_]{3}", value):
        return None
    return re.sub(r"\d", lambda digit: str(rng.randint(1, 9)), value)


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
    (r"file ?name", lambda rng: f"{rng.choice(_THINGS)}-{rng.randint(2, 99)}.txt"),
    (r"public key|ssh", lambda rng: f"ssh-ed25519 AAAAC3Nza{rng.getrandbits(96):024x}"),
    (r"company|organi[sz]ation", lambda rng: rng.choice(_COMPANIES)),
    (r"user ?name|nick|login", lambda rng: f"{rng.choice(FIRST_NAMES).lower()}{rng.randint(10, 99)}"),
    (r"post ?code|zip|postal", lambda rng: str(rng.randint(10000, 98999))),
    (r"city|town", lambda rng: rng.choice(_CITIES)),
    (r"country|\bstate\b|region", lambda rng: rng.choice(_COUNTRIES)),
    (r"street|address", _street),
    (r"card|iban|account number", lambda rng: f"4111 1111 1111 {rng.randint(1000, 9999)}"),
    (r"cvc|cvv|security code", lambda rng: str(rng.randint(100, 999))),
    (r"expir", lambda rng: f"{rng.randint(1, 12):02d}/{rng.randint(28, 33)}"),
    (r"quantity|qty|amount|number of|how many|guests|people|seats", lambda rng: str(rng.randint(2, 4))),
    (r"coupon|voucher|promo|discount|code", lambda rng: rng.choice(_CODES)),
    (
        r"message|comment|review|text|note|question|description|feedback|body|\bpost\b|reply|answer|opinion|about|remark"
        r"|summary|reason|details",
        _message,
    ),
    (r"subject|title|headline|topic", _title),
    (r"website|homepage|\burl\b|web address", _url),
    (
        r"^(?:(?:your|full|display|real|contact) )?name\b(?! of)|\bname (?:shown|on)|recipient|signed|person|guest",
        _full_name,
    ),
    (r"date|day", lambda rng: f"2027-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"),
    (r"\bage\b", lambda rng: str(rng.randint(20, 60))),
)
