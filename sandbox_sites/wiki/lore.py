"""Articles' texts about nature, customs, ships and history, and the lists."""

from __future__ import annotations

from collections.abc import Callable

from sandbox_sites.wiki.articles import Table
from sandbox_sites.wiki.prose import Text, joined
from sandbox_sites.wiki.things import CENSUS, Thing, Things


def animal(thing: Thing, things: Things, realm: str) -> Text:
    """An animal."""
    lead = (
        f"The {thing.name.lower()} is an animal of the {realm}, seen most often on {thing['island'].link}. Adults"
        f" measure {thing['length']} centimetres."
    )
    box = {
        "Length": f"{thing['length']} cm", "Lifespan": f"{thing['lifespan']} years", "Diet": thing["diet"],
        "Status": thing["status"], "Main island": thing["island"].link, "Described by": thing["by"].link,
        "Described in": str(thing["described"]),
    }  # fmt: skip
    sections = {
        "Appearance": f"The winter coat is paler than the summer one. At {thing['length']} centimetres it is easily"
        " told from its cousins on the mainland.",
        "Behaviour": f"It lives on {thing['diet'].lower()} and raises up to {thing['young']} young in a year. Most"
        f" individuals reach {thing['lifespan']} years.",
        "Discovery": f"{thing['by'].link} described it in {thing['described']} after a summer on"
        f" {thing['island'].link}.",
        "Protection": f"The island council lists it as {thing['status'].lower()}. Counts are made every spring by"
        " volunteers with notebooks.",
    }
    others = [other for other in things["animal"] if other is not thing and other["by"] is thing["by"]]
    return lead, box, sections, [], [thing["island"], *others[:2]]


def plant(thing: Thing, things: Things, realm: str) -> Text:
    """A plant."""
    dishes = [dish for dish in things["dish"] if dish["plant"] is thing]
    lead = (
        f"{thing.name} is a plant of {HABITAT_PHRASE[thing['habitat']]} on {thing['island'].link}. It stands up to"
        f" {thing['height']} centimetres tall and flowers in {thing['month']}."
    )
    box = {
        "Height": f"{thing['height']} cm", "Flowering month": thing["month"], "Habitat": thing["habitat"],
        "Petals": str(thing["petals"]), "Main island": thing["island"].link, "Described by": thing["by"].link,
        "Described in": str(thing["described"]),
    }  # fmt: skip
    sections = {
        "Description": f"The flowers have {thing['petals']} petals and close before rain. The root is thick and"
        " smells of pepper.",
        "Range": f"It was first found on {thing['island'].link} by {thing['by'].link} in {thing['described']}, and"
        " has been sown on old walls ever since.",
        "Uses": f"Dishes that call for it: {joined(dishes, 'none are recorded')}. Sailors dried the leaves against"
        " seasickness.",
    }
    return lead, box, sections, [], [thing["island"], thing["by"], *dishes[:1]]


HABITAT_PHRASE = {
    "Sea cliffs": "sea cliffs", "Salt marsh": "salt marshes", "Upland bog": "upland bogs", "Dune slacks": "dune slacks",
    "Stream banks": "stream banks", "Dry heath": "dry heaths", "Old walls": "old walls", "Tidal rock": "tidal rock",
}  # fmt: skip


def dish(thing: Thing, things: Things, realm: str) -> Text:
    """A dish."""
    lead = (
        f"{thing.name} is a dish of {thing['town'].link} made with {thing['main'].lower()} and"
        f" {thing['plant'].name.lower()}. It takes {thing['minutes']} minutes to cook."
    )
    box = {
        "Home town": thing["town"].link, "Main ingredient": thing["main"], "Herb": thing["plant"].link,
        "Cooking time": f"{thing['minutes']} minutes", "Serves": str(thing["serves"]),
        "First written down": str(thing["written"]), "Eaten at": thing["feast"].link,
    }  # fmt: skip
    sections = {
        "Preparation": f"The {thing['main'].lower()} is soaked overnight; {thing['plant'].link} goes in at the end. One"
        f" pot serves {thing['serves']}.",
        "Origin": f"{thing['by'].link} wrote the recipe down in {thing['written']}, having eaten it in"
        f" {thing['town'].link} on a wet evening.",
        "Customs": f"It is eaten at {thing['feast'].link}. Leaving the last spoonful is thought polite.",
    }
    return lead, box, sections, [], [thing["feast"], thing["town"], thing["plant"]]


def festival(thing: Thing, things: Things, realm: str) -> Text:
    """A festival."""
    lead = (
        f"{thing.name} is a festival that {thing['town'].link} has kept since {thing['since']}. It fills"
        f" {thing['days']} days of {thing['month']}."
    )
    box = {
        "Town": thing["town"].link, "Month": thing["month"], "Length": f"{thing['days']} days",
        "First held": str(thing["since"]), "Visitors": f"{thing['visitors']:,}", "Dish": thing["dish"].link,
    }  # fmt: skip
    sections = {
        "Programme": f"On the first evening the boats are blessed; on the last, {thing['dish'].link} is shared out on"
        f" the quay. About {thing['visitors']:,} visitors come.",
        "Origins": f"The town book of {thing['since']} mentions it for the first time, in a complaint about noise.",
        "Today": f"The school of {thing['town'].link} leads the procession, and shops close at noon.",
    }
    return lead, box, sections, [], [thing["town"], thing["dish"]]


def ship(thing: Thing, things: Things, realm: str) -> Text:
    """A ship."""
    lead = (
        f"The {thing.name} was a {thing['rig'].lower()} built in {thing['yard'].link} in {thing['built']} and"
        f" commanded by {thing['captain'].link}."
    )
    box = {
        "Type": thing["rig"], "Built": str(thing["built"]), "Shipyard": thing["yard"].link,
        "Length": f"{thing['length']} m", "Crew": str(thing["crew"]), "Captain": thing["captain"].link,
        "Fate": thing["fate"], "End of service": str(thing["ended"]),
    }  # fmt: skip
    sections = {
        "Building": f"The keel was laid in {thing['yard'].link}. At {thing['length']} metres she was too long for the"
        " slip, which had to be dug out into the road.",
        "Voyages": f"Under {thing['captain'].link} the ship and her crew of {thing['crew']} made"
        f" {len(thing['voyages'])}"
        " voyages that are recorded in full.",
        "Fate": f"Her service ended in {thing['ended']}: {thing['fate'].lower()}. The bell hangs in"
        f" {thing['captain']['home'].link}.",
    }
    rows = tuple(
        (str(year), place.link, cargo.capitalize(), str(days)) for year, place, cargo, days in thing["voyages"]
    )
    table = Table(f"Voyages of the {thing.name}", ("Year", "Destination", "Cargo", "Days"), rows)
    return lead, box, sections, [table], [thing["captain"], thing["yard"]]


def event(thing: Thing, things: Things, realm: str) -> Text:
    """A historical event."""
    lead = (
        f"The {thing.name} took place on {thing['island'].link} in {thing['month']} {thing['year']} and lasted"
        f" {thing['days']} days."
    )
    box = {
        "Year": str(thing["year"]), "Month": thing["month"], "Place": thing["town"].link,
        "Duration": f"{thing['days']} days", "Houses lost": str(thing["houses"]), "Outcome": thing["outcome"],
    }  # fmt: skip
    cause = thing["river"] or thing["ship"]
    sections = {
        "Background": f"Trouble had been expected since the spring. Accounts written in {thing['town'].link} blame"
        f" {cause.link if cause else 'the salt tax'}.",
        "Course": f"It lasted {thing['days']} days, and {thing['houses']} houses were lost before it was over.",
        "Aftermath": f"{thing['outcome']}. A stone on the market place of {thing['town'].link} names the year"
        f" {thing['year']}.",
    }
    return lead, box, sections, [], [thing["town"], thing["island"], *([cause] if cause else [])]


WRITERS: dict[str, Callable[[Thing, Things, str], Text]] = {
    "animal": animal, "plant": plant, "dish": dish, "festival": festival, "ship": ship, "event": event,
}  # fmt: skip


def lists(things: Things, realm: str) -> dict[str, Text]:
    """Return the articles that are tables, by title."""
    towns: list[tuple[str, ...]] = [
        (town.link, town["island"].link, *(f"{count:,}" for count in town["census"])) for town in things["town"]
    ]
    hills: list[tuple[str, ...]] = [
        (hill.link, hill["island"].link, f"{hill['height']:,}", str(hill["climbed"]), hill["climber"].link)
        for hill in things["mountain"]
    ]
    rivers: list[tuple[str, ...]] = [
        (river.link, river["island"].link, str(river["length"]), river["source"].link) for river in things["river"]
    ]
    voyages: list[tuple[str, ...]] = [
        (str(year), ship.link, place.link, cargo.capitalize(), str(days))
        for ship in things["ship"]
        for year, place, cargo, days in ship["voyages"]
    ]
    found: dict[str, tuple[str, tuple[str, ...], list[tuple[str, ...]]]] = {
        "Census of the isles": ("inhabitants of all towns", ("Town", "Island", *map(str, CENSUS)), towns),
        "List of mountains": (
            "mountains", ("Mountain", "Island", "Height (m)", "First climbed", "First climbed by"), hills,
        ),
        "List of rivers": ("rivers", ("River", "Island", "Length (km)", "Source"), rivers),
        "List of voyages": (
            "recorded voyages", ("Year", "Ship", "Destination", "Cargo", "Days"), sorted(voyages,
            key=lambda row: row[0]),
        ),
    }  # fmt: skip
    texts: dict[str, Text] = {}
    for title, (what, columns, rows) in found.items():
        table = Table(title, columns, tuple(rows))
        lead = (
            f"This list gives the {what} of the {realm} that have an article. Press a column's heading to sort by it."
        )
        box = {"Entries": str(len(rows)), "Kept by": "Table keepers' guild", "Checked": "Every spring"}
        notes = {
            "Notes": "Figures follow the yearbooks of the islands; where they disagree, the later book is believed."
        }
        texts[title] = lead, box, notes, [table], [things["island"][0], things["island"][1]]
    return texts
