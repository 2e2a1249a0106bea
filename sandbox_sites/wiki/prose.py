"""Articles' texts about land and people."""

from __future__ import annotations

from collections.abc import Callable

from sandbox_sites.wiki.articles import Table
from sandbox_sites.wiki.things import CENSUS, Thing, Things

#: Lead, info box, sections, tables, see also.
Text = tuple[str, dict[str, str], dict[str, str], list[Table], list[Thing]]


def joined(things: list[Thing], none: str = "none of note") -> str:
    """Return links to things as a list in a sentence."""
    links = [thing.link for thing in things]
    if len(links) < 2:
        return links[0] if links else none
    return f"{', '.join(links[:-1])} and {links[-1]}"


def island(thing: Thing, things: Things, realm: str) -> Text:
    """An island."""
    towns, hills, rivers = (things.on(thing, kind) for kind in ("town", "mountain", "river"))
    lead = (
        f"{thing.name} is one of the eight larger islands of the {realm}. About {thing['population']:,} people live on"
        f" its {thing['area']:,} square kilometres, most of them in and around {thing['seat'].link}."
    )
    box = {
        "Area": f"{thing['area']:,} km²", "Population": f"{thing['population']:,}", "Largest town": thing["seat"].link,
        "Ferry harbour": thing["harbour"].link, "Highest point": thing["highest"].link,
        "First settled": str(thing["settled"]), "Climate": thing["climate"],
    }  # fmt: skip
    beasts = things.on(thing, "animal") + things.on(thing, "plant")
    sections = {
        "Geography": f"The island rises to {thing['highest']['height']:,} metres at {thing['highest'].link}. Its"
        f" hills are {joined(hills)}; its water runs off by {joined(rivers)}. The weather is described in almanacs as"
        f" “{thing['climate'].lower()}”.",
        "Settlements": f"The towns of {thing.name} are {joined(towns)}. The mail boat calls at {thing['harbour'].link}"
        " on every weekday, and at the other quays when the wind allows.",
        "Nature": f"Visitors come for {joined(beasts, 'the sea birds')}. Two thirds of the coast may not be built on.",
        "History": f"Hearths found above the western beach show that people lived here by {thing['settled']}. Every"
        " town kept its own court until the islands agreed on one law.",
    }
    rows = tuple((town.link, f"{town['population']:,}", str(town["founded"]), town["code"]) for town in towns)
    table = Table(f"Towns of {thing.name}", ("Town", "Population", "Founded", "Postal code"), rows)
    return lead, box, sections, [table], [thing["seat"], thing["highest"]]


def town(thing: Thing, things: Things, realm: str) -> Text:
    """A town."""
    feasts = [feast for feast in things["festival"] if feast["town"] is thing]
    born = [person for person in things["person"] if person["home"] is thing]
    dishes = [dish for dish in things["dish"] if dish["town"] is thing]
    yards = [ship for ship in things["ship"] if ship["yard"] is thing]
    lead = (
        f"{thing.name} is a town of {thing['population']:,} people on {thing['island'].link}, where the road crosses"
        f" the {thing['river'].link}. It was founded in {thing['founded']} and holds its market on {thing['market']}s."
    )
    box = {
        "Island": thing["island"].link, "River": thing["river"].link, "Population": f"{thing['population']:,}",
        "Founded": str(thing["founded"]), "Elevation": f"{thing['elevation']} m", "Postal code": thing["code"],
        "Market day": thing["market"], "Motto": thing["motto"],
    }  # fmt: skip
    sections = {
        "Setting": f"{thing.name} lies {thing['elevation']} metres above the sea on both banks of the"
        f" {thing['river'].link}, in sight of {things.on(thing['island'], 'mountain')[0].link}.",
        "Trade": f"The market is held on {thing['market']}s. Boatyards here built {joined(yards, 'small ferries')}, and"
        f" the town gave its name to no cloth but sells a good deal of it.",
        "Customs": f"The town's own feasts: {joined(feasts, 'only those of the whole island')}. Its kitchens are"
        f" known for {joined(dishes, 'plain cooking')}.",
        "People": f"Born in {thing.name}: {joined(born, 'nobody with an article yet')}.",
    }
    census = zip(CENSUS, thing["census"], strict=True)
    table = Table(
        f"Census of {thing.name}", ("Year", "Inhabitants"), tuple((str(year), f"{count:,}") for year, count in census)
    )
    return lead, box, sections, [table], [thing["island"], *feasts[:2]]


def river(thing: Thing, things: Things, realm: str) -> Text:
    """A river."""
    towns = [town for town in things["town"] if town["river"] is thing]
    lead = (
        f"The {thing.name} is a river on {thing['island'].link}. It rises on {thing['source'].link} and reaches the sea"
        f" after {thing['length']} kilometres."
    )
    box = {
        "Island": thing["island"].link, "Length": f"{thing['length']} km", "Source": thing["source"].link,
        "Mean flow": f"{thing['flow']} m³/s", "Bridges": str(thing["bridges"]),
    }  # fmt: skip
    floods = [event for event in things["event"] if event["river"] is thing]
    sections = {
        "Course": f"From a spring on {thing['source'].link} the river falls through three gorges and then winds over"
        f" flat pasture. Towns on its banks: {joined(towns, 'none')}.",
        "Bridges and fords": f"There are {thing['bridges']} bridges, the oldest of them of timber. Two fords can be"
        " walked at low water, which the parish councils mark with white stones.",
        "Floods": f"Floods that have articles: {joined(floods, 'none so far')}. The gauge at the lowest bridge is read"
        " every morning.",
    }
    rows = tuple((town.link, f"{town['elevation']}", f"{town['population']:,}") for town in towns)
    tables = [Table("Towns on the river", ("Town", "Elevation (m)", "Population"), rows)] if rows else []
    return lead, box, sections, tables, [thing["island"], thing["source"]]


def mountain(thing: Thing, things: Things, realm: str) -> Text:
    """A mountain."""
    rivers = [river for river in things["river"] if river["source"] is thing]
    lead = (
        f"{thing.name} is a mountain of {thing['height']:,} metres on {thing['island'].link}. The first recorded ascent"
        f" was made by {thing['climber'].link}."
    )
    box = {
        "Height": f"{thing['height']:,} m", "Island": thing["island"].link, "Rock": thing["rock"],
        "First climbed": str(thing["climbed"]), "First climbed by": thing["climber"].link,
        "Marked paths": str(thing["paths"]),
    }  # fmt: skip
    sections = {
        "Geology": f"The upper slopes are {thing['rock'].lower()}, broken by frost into long screes. Rivers that rise"
        f" here: {joined(rivers, 'none')}.",
        "Ascents": f"{thing['climber'].link} reached the summit in {thing['climbed']} with a barometer and two porters."
        f" Today {thing['paths']} marked paths lead up, and a hut is kept open from May to October.",
        "Names": "Shepherds called it by three other names, one for each valley; the survey wrote down the shortest.",
    }
    return lead, box, sections, [], [thing["island"], thing["climber"]]


def person(thing: Thing, things: Things, realm: str) -> Text:
    """A person."""
    works = thing["works"] or [things["festival"][0]]
    verb = {
        "navigator": "commanded", "surveyor": "was first to climb", "botanist": "first described",
        "naturalist": "first described", "cook": "wrote down the recipe of", "painter": "painted forty views of",
    }[thing["trade"]]  # fmt: skip
    lead = (
        f"{thing.name} ({thing['born']}–{thing['died']}) was a {thing['trade']} from {thing['home'].link} who {verb}"
        f" {joined(works)}."
    )
    box = {
        "Born": str(thing["born"]), "Died": str(thing["died"]), "Birthplace": thing["home"].link,
        "Occupation": thing["trade"].capitalize(), "Educated in": thing["school"].link, "Known for": works[0].link,
    }  # fmt: skip
    sections = {
        "Early life": f"The child of a chandler, {thing.name.split()[0]} grew up in {thing['home'].link} and was sent"
        f" to school in {thing['school'].link} at the age of nine.",
        "Work": f"As a {thing['trade']}, {thing.name.split()[0]} {verb} {joined(works)}. Colleagues remembered long"
        " days, cold tea and very clear handwriting.",
        "Legacy": f"{thing['letters']} letters survive and are kept on {thing['home']['island'].link}. A bench by the"
        " harbour bears the name.",
    }
    return lead, box, sections, [], [thing["home"], *works[:2]]


WRITERS: dict[str, Callable[[Thing, Things, str], Text]] = {
    "island": island, "town": town, "river": river, "mountain": mountain, "person": person,
}  # fmt: skip
