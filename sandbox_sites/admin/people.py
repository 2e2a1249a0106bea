"""Makes the people and businesses of an instance: employees, customers, suppliers, warehouses."""

from __future__ import annotations

import random

from sandbox_sites.admin.content import (
    AREAS,
    CITIES,
    FIRST,
    LAST,
    NOUNS,
    PLACES,
    REGIONS,
    ROLES,
    SEGMENTS,
    STREETS,
    SUPPLIERS,
    TERMS,
    TITLES,
)
from sandbox_sites.admin.records import Customer, Employee, Supplier, Warehouse, slug

CUSTOMERS = 40


def a_day(rng: random.Random, first: int, last: int) -> str:
    """Return some day of these years, as ISO writes it."""
    return f"{rng.randint(first, last)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def make_names(rng: random.Random) -> list[str]:
    """Return names of people, no first and no last name twice."""
    first, last = rng.sample(FIRST, len(FIRST)), rng.sample(LAST, len(LAST))
    return [f"{one} {other}" for one, other in zip(first, last, strict=True)]


def make_employees(rng: random.Random, names: list[str]) -> tuple[Employee, ...]:
    """Make the staff; the first of the service clerks is who uses the site."""
    extensions, years, made = rng.sample(range(201, 290), 12), rng.sample(range(2009, 2025), 12), []
    titles = [(department, title) for department, group in TITLES.items() for title in group]
    for name, (department, title), extension, year in zip(names, titles, extensions, years, strict=False):
        roles = {"Sales": {"Orders"}, "Warehouse": {"Stock"}, "Accounts": {"Invoicing"}, "Service": {"Orders"}}
        more = set(rng.sample(ROLES[:5], 2)) | roles.get(department, {"Pricing"})
        made.append(
            Employee(
                id=slug(name),
                name=name,
                title=title,
                department=department,
                extension=str(extension),
                email=f"{slug(name).replace('-', '.')}@copperleaf.example",
                started=a_day(rng, year, year),
                site=rng.choice(("North Quay", "Mill Lane")),
                roles=tuple(role for role in ROLES if role in more),
            )
        )
    return tuple(made)


def make_customers(rng: random.Random, names: list[str], managers: list[str]) -> tuple[Customer, ...]:
    """Make the customers, no two with the same place in the name."""
    places, made = rng.sample(PLACES, CUSTOMERS), []
    limits = rng.sample(range(10, 150), CUSTOMERS)
    for i, (place, limit) in enumerate(zip(places, limits, strict=True)):
        segment, region = rng.choice(SEGMENTS), REGIONS[i % len(REGIONS)]
        name = f"{place} {rng.choice(NOUNS[segment])}"
        contact = f"{rng.choice(names).split()[0]} {rng.choice(names).split(maxsplit=1)[1]}"
        made.append(
            Customer(
                id=f"c-{301 + i}",
                name=name,
                contact=contact,
                email=f"{rng.choice(('buying', 'hello', 'orders', 'kitchen'))}@{slug(name)}.example",
                phone=f"01632 960{rng.randint(100, 999)}",
                street=f"{rng.randint(2, 98)} {rng.choice(STREETS)}",
                city=rng.choice(CITIES[region]),
                postcode=f"{AREAS[region]}{rng.randint(1, 19)} {rng.randint(1, 9)}{rng.choice('BDFGHJKL')}"
                f"{rng.choice('NPQRSTW')}",
                region=region,
                segment=segment,
                manager=managers[i % len(managers)],
                terms=rng.choice(TERMS),
                limit=limit * 100,
                since=a_day(rng, 2010, 2024),
                status="On hold" if i % 9 == 4 else "Active",
            )
        )
    rng.shuffle(made)
    return tuple(made)


def make_suppliers(rng: random.Random, names: list[str]) -> tuple[Supplier, ...]:
    """Make the suppliers."""
    leads, minimums = rng.sample(range(6, 75), len(SUPPLIERS)), rng.sample(range(4, 40), len(SUPPLIERS))
    return tuple(
        Supplier(
            id=slug(name),
            name=name,
            country=country,
            contact=names[-1 - i],
            email=f"export@{slug(name)}.example",
            phone=f"+{rng.randint(31, 94)} 55 {rng.randint(100, 999)} {rng.randint(100, 999)}",
            lead=leads[i],
            minimum=minimums[i] * 250,
            currency=rng.choice(("USD", "EUR", "GBP")),
            incoterm=rng.choice(("FOB", "CIF", "DAP", "EXW")),
            preferred="yes" if i % 4 == 1 else "",
        )
        for i, (name, country) in enumerate(SUPPLIERS)
    )


def make_warehouses(rng: random.Random, staff: tuple[Employee, ...]) -> tuple[Warehouse, ...]:
    """Make the two warehouses."""
    keepers = rng.sample([one.name for one in staff if one.department == "Warehouse"], 2)
    bays = rng.sample(range(8, 40), 2)
    hours = rng.sample(("6:00 to 14:30", "6:30 to 15:00", "7:00 to 16:00", "5:30 to 13:30"), 2)
    return tuple(
        Warehouse(slug(name), name, street, keepers[i], f"01632 960{rng.randint(10, 99)}", bays[i], hours[i],
                  f"{rng.randint(13, 18)} °C")
        for i, (name, street) in enumerate((("North Quay", "4 Dock Road, Port Arden"),
                                            ("Mill Lane", "61 Mill Lane, Calderton")))
    )  # fmt: skip
