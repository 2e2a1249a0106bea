"""Which things of an instance the tasks are about: such as have one true answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox_sites.wiki import names
from sandbox_sites.wiki.articles import Article, Revision, Topic, bare
from sandbox_sites.wiki.seed import World
from sandbox_sites.wiki.things import Thing, slug

_CORRECTED = "Corrected the value of “"


class Picking:
    """Choices over a world. What bears a shared name is left out where the name alone must do."""

    def __init__(self, world: World) -> None:
        self.world = world

    def thing(self, kind: str, number: int) -> Thing:
        """Return a thing whose name is nobody else's."""
        return [thing for thing in self.world.things[kind] if thing.title == thing.name][number]

    def article(self, thing: Thing) -> Article:
        """Return a thing's article."""
        return self.world.articles[slug(thing.title)]

    def of_others(self, kind: str, after: int) -> Article:
        """Return an article that somebody else has edited last, that is nobody's joke and not watched."""
        found = [self.article(thing) for thing in self.world.things[kind] if thing.title == thing.name]
        return next(
            one
            for one in found[after:] + found[:after]
            if one.revisions[0].editor != self.world.me.name and one.slug not in self.world.watched
        )

    def talked(self, least: int, most: int, skip: int = 0) -> tuple[Article, list[Topic]]:
        """Return an article with so many discussions."""
        found = [
            (self.world.articles[name], topics)
            for name, topics in self.world.topics.items()
            if least <= len(topics) <= most
        ]
        return found[skip]

    def corrected(self) -> tuple[Article, str, str, Revision]:
        """Return an article with one value that was corrected once, its label, the value before, the version before."""
        for kind in ("ship", "river", "festival", "town", "mountain"):
            for thing in self.world.things[kind]:
                article = self.article(thing)
                rows = article.revisions
                hits = [i for i, row in enumerate(rows) if row.summary.startswith(_CORRECTED)]
                if len(hits) == 1 and thing.title == thing.name:
                    label = rows[hits[0]].summary.removeprefix(_CORRECTED).rstrip("”")
                    before = rows[hits[0] + 1]
                    return article, label, bare(before.content.box[label]), before
        raise LookupError("nothing was corrected")

    def differing(self, kind: str, fact: Callable[[Thing], Any], start: int) -> tuple[Thing, Thing]:
        """Return two things that differ in a fact: first the one with more."""
        things = [thing for thing in self.world.things[kind] if thing.title == thing.name]
        one = things[start]
        other = next(thing for thing in things[start + 1 :] + things[:start] if fact(thing) != fact(one))
        return (one, other) if fact(one) > fact(other) else (other, one)

    def ranked(self, kind: str, fact: Callable[[Thing], Any]) -> list[Thing]:
        """Return things by a fact, most first, without those that share a value."""
        values = [fact(thing) for thing in self.world.things[kind]]
        alone = [thing for thing in self.world.things[kind] if values.count(fact(thing)) == 1]
        return sorted(alone, key=fact, reverse=True)

    def unknown(self, pool: tuple[str, ...], kind: str) -> str:
        """Return a name that nothing here bears."""
        known = {thing.name for thing in self.world.things[kind]}
        return next(name for name in pool if name not in known)

    def stranger(self) -> str:
        """Return an editor's name that nobody here bears."""
        known = {editor.name for editor in self.world.editors}
        return next(name for name in names.EDITORS if name not in known)

    def edits(self, name: str) -> int:
        """Return how many versions somebody has written."""
        return sum(row.editor == name for row in self.world.log)
