"""An instance of the encyclopaedia: deterministic by seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from sandbox_sites.wiki import lore, names, prose
from sandbox_sites.wiki.articles import Article, Content, Editor, Revision, Topic, bare
from sandbox_sites.wiki.past import dated, revisions
from sandbox_sites.wiki.talking import discussions, glossary
from sandbox_sites.wiki.things import PLAIN_KINDS, Thing, Things, slug

KINDS = {
    "island": "Islands", "town": "Towns", "river": "Rivers", "mountain": "Mountains", "person": "People",
    "animal": "Animals", "plant": "Plants", "dish": "Dishes", "festival": "Festivals", "ship": "Ships",
    "event": "Historical events", "list": "Lists",
}  # fmt: skip
PORTALS = {
    "geography": ("Land and water", ("island", "town", "river", "mountain")),
    "wildlife": ("Wildlife", ("animal", "plant")),
    "table": ("Food and feasts", ("dish", "festival")),
    "sea": ("Seafaring and history", ("ship", "person", "event")),
}
HELP = {
    "editing": ("How to edit", ("Longest summary", "{0} characters"), ("Preview", "Always before you publish"),
                ("Minor edit", "Spelling and punctuation only")),
    "citing": ("How to cite", ("Citation styles", "Plain, scholarly and short"), ("Archive copies", "Every {1} days"),
               ("Licence", "Open Islands 2")),
    "renaming": ("How to rename an article", ("Waiting time for newcomers", "{2} days"),
                 ("Who can undo it", "Any steward"), ("Old address", "Stays as it is")),
    "discussing": ("How to discuss", ("A topic falls asleep after", "{3} days"), ("Signature", "Added for you"),
                   ("Quarrels", "Go to the stewards' table")),
}  # fmt: skip
INTERESTS = (
    "Lighthouses",
    "Bird counts",
    "Old maps",
    "Shipwrecks",
    "Baking",
    "Surnames",
    "Bridges",
    "Mosses",
    "Ballads",
)
SPOILT = 2  # animals that a guest has written nonsense about
BADGES = ("Newcomer", "Regular", "Steward", "Veteran")


@dataclass(frozen=True, slots=True)
class World:
    """Everything that an instance holds."""

    realm: str
    things: Things
    articles: dict[str, Article]  # by slug
    shared: dict[str, list[Thing]]  # by slug of the disambiguation page
    editors: tuple[Editor, ...]  # without the visitor; the last one is a guest
    me: Editor
    topics: dict[str, list[Topic]]
    glossary: dict[str, str]
    help: dict[str, tuple[str, dict[str, str]]]
    watched: tuple[str, ...]
    motto: str
    slugs: dict[str, str] = field(default_factory=dict)  # title → slug
    log: tuple[Revision, ...] = ()  # newest first

    def of(self, kind: str) -> list[Article]:
        """Return the articles of a kind, by title."""
        return sorted((one for one in self.articles.values() if one.kind == kind), key=lambda one: one.title)

    def categories(self) -> dict[str, list[Article]]:
        """Return all categories with their articles, by title."""
        found: dict[str, list[Article]] = {}
        for article in sorted(self.articles.values(), key=lambda one: one.title):
            for category in article.categories:
                found.setdefault(category, []).append(article)
        return dict(sorted(found.items()))

    def editor(self, wanted: str) -> Editor | None:
        """Return an editor by slug or name."""
        return next((one for one in (*self.editors, self.me) if wanted in (one.slug, one.name)), None)

    def linking(self, title: str) -> list[Article]:
        """Return the articles that link to a title."""
        marks = (f"[[{title}]]", f"[[{title}|")
        return [
            one
            for one in sorted(self.articles.values(), key=lambda one: one.title)
            if one.title != title and any(mark in text for text in one.content.parts().values() for mark in marks)
        ]


def _article(thing: Thing, write: Callable[[Thing, Things, str], prose.Text], things: Things, realm: str) -> Article:
    lead, box, sections, tables, see = write(thing, things, realm)
    island = None if thing.kind == "island" else thing["island"]
    categories = (KINDS[thing.kind], *([f"On {island.name}"] if island else [f"On {thing.name}"]))
    others = tuple(dict.fromkeys(other.title for other in see if other is not thing))
    return Article(
        slug(thing.title), thing.title, thing.kind, Content(lead, box, sections), tuple(tables), others, categories
    )


def _editors(rng: random.Random, things: Things) -> tuple[tuple[Editor, ...], Editor]:
    towns, interests = rng.sample(things["town"], 11), rng.sample(INTERESTS, 9)
    found = []
    for i, name in enumerate(
        [*rng.sample(names.EDITORS, 9), f"Guest {rng.randint(100, 999)}", rng.choice(names.WRITERS)]
    ):
        joined = date(rng.randint(2016, 2019), rng.randint(1, 12), rng.randint(1, 28))
        badge = BADGES[0] if name.startswith("Guest") else rng.choice(BADGES[1:])
        found.append(Editor(slug(name), name, joined, towns[i].name, interests[i % 9], badge))
    return tuple(found[:-1]), found[-1]


@lru_cache(maxsize=8)
def world(seed: int) -> World:
    """Return an instance."""
    rng = random.Random(f"wiki {seed}")  # noqa: S311 - a fixture, not a secret
    realm = rng.choice(names.REALMS)
    things = Things(rng)
    writers = {**prose.WRITERS, **lore.WRITERS}
    articles = [_article(thing, writers[kind], things, realm) for kind in PLAIN_KINDS for thing in things[kind]]
    for title, (lead, box, sections, tables, see) in lore.lists(things, realm).items():
        content = Content(lead, box, sections)
        others = tuple(other.title for other in see)
        articles.append(Article(slug(title), title, "list", content, tuple(tables), others, (KINDS["list"],)))
    editors, me = _editors(rng, things)
    people = [*editors[:-1], me, editors[-1]]
    spoilt = {beast.title for beast in things["animal"][:SPOILT]}
    articles = dated(
        [replace(one, revisions=tuple(revisions(rng, one, people, spoilt=one.title in spoilt))) for one in articles]
    )
    log = sorted((one for article in articles for one in article.revisions), key=lambda one: -one.id)
    numbers = (rng.randint(80, 200), rng.randint(10, 60), rng.randint(4, 30), rng.randint(30, 120))
    return World(
        realm=realm,
        things=things,
        articles={one.slug: one for one in articles},
        shared={slug(name): bearers for name, bearers in things.shared.items()},
        editors=editors,
        me=me,
        topics=discussions(rng, articles, editors),
        glossary=glossary(rng),
        help={
            name: (heading, {label: value.format(*numbers) for label, value in facts})
            for name, (heading, *facts) in HELP.items()
        },
        watched=tuple(slug(things[kind][1].title) for kind in ("town", "mountain", "dish", "ship")),
        motto=rng.choice(("Facts above the tide line", "Written by whoever has dry ink", "Known, noted, corrected")),
        slugs={one.title: one.slug for one in articles},
        log=tuple(log),
    )


def summary_of(article: Article) -> str:
    """Return the first sentence of an article."""
    return bare(article.content.lead).partition(". ")[0].rstrip(".") + "."
