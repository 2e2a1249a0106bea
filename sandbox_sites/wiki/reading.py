"""What a visitor reads: the seed with the visitor's own changes laid over it."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from sandbox_sites.wiki.articles import LINK, Article, Content, Reply, Revision, Topic, bare
from sandbox_sites.wiki.past import TODAY
from sandbox_sites.wiki.seed import World
from sandbox_sites.wiki.state import WikiState

OWN_FROM = 20_001  # ids of the visitor's own revisions
DATES = {"long": "14 June 2024", "iso": "2024-06-14", "slash": "06/14/2024"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def written(day: date, style: str = "long") -> str:
    """Write a date as a visitor wants dates."""
    if style == "iso":
        return day.isoformat()
    return f"{day:%m/%d/%Y}" if style == "slash" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class Reading:
    """One visitor's encyclopaedia."""

    def __init__(self, world: World, state: WikiState) -> None:
        self.world, self.state = world, state

    def title(self, article: Article) -> str:
        """Return the title as it is now."""
        rename = self.state.renames.get(article.slug)
        return rename.title if rename else article.title

    def revisions(self, article: Article) -> list[Revision]:
        """Return all versions of an article, newest first, the visitor's own among them."""
        found = list(article.revisions)
        for number, edit in enumerate(self.state.edits):
            if edit.page != article.slug:
                continue
            before = found[0].content
            old = next((one for one in found if one.id == edit.restored), None)
            content = old.content if old else before.changed(edit.changes)
            found.insert(0, Revision(
                OWN_FROM + number, article.slug, TODAY, "12:00", self.world.me.name, edit.summary, edit.minor, content,
                content.size - before.size,
            ))  # fmt: skip
        return found

    def content(self, article: Article) -> Content:
        """Return what an article says now."""
        if not any(edit.page == article.slug for edit in self.state.edits):
            return article.content
        return self.revisions(article)[0].content

    def changes(self) -> list[Revision]:
        """Return the newest versions of all articles, newest first."""
        own = [
            revision
            for slug in dict.fromkeys(edit.page for edit in self.state.edits)
            for revision in self.revisions(self.world.articles[slug])
            if revision.id >= OWN_FROM
        ]
        return sorted(own, key=lambda one: -one.id) + list(self.world.log)

    def watched(self) -> list[Article]:
        """Return the articles on the visitor's watchlist, by title."""
        state = self.state.watch
        slugs = [slug for slug in self.world.watched if state.get(slug, True)]
        slugs += [slug for slug, on in state.items() if on and slug not in self.world.watched]
        return sorted((self.world.articles[slug] for slug in slugs), key=self.title)

    def is_watched(self, slug: str) -> bool:
        """Return whether an article is on the visitor's watchlist."""
        return self.state.watch.get(slug, slug in self.world.watched)

    def topics(self, slug: str) -> list[Topic]:
        """Return an article's discussions, the visitor's own first."""
        me = self.world.me.name
        own = [
            Topic(f"{slug}-own-{number}", topic.title, me, TODAY, topic.text, ())
            for number, topic in enumerate(self.state.topics)
            if topic.page == slug
        ]
        return [self._answered(topic) for topic in [*reversed(own), *self.world.topics.get(slug, [])]]

    def _answered(self, topic: Topic) -> Topic:
        me = self.world.me.name
        own = tuple(Reply(me, TODAY, reply.text) for reply in self.state.replies if reply.topic == topic.id)
        return Topic(topic.id, topic.title, topic.author, topic.day, topic.text, topic.replies + own) if own else topic

    def rich(self, text: str) -> Markup:
        """Return a text with its links as HTML; titles without an article stay text."""
        parts, end = [], 0
        for found in LINK.finditer(text):
            parts.append(escape(text[end : found.start()]))
            slug, shown = self.world.slugs.get(found[1]), escape(found[2] or found[1])
            parts.append(Markup('<a href="/wiki/{}">{}</a>').format(slug, shown) if slug else shown)
            end = found.end()
        parts.append(escape(text[end:]))
        return Markup("").join(parts)

    def day(self, day: date) -> str:
        """Write a date as the visitor wants dates."""
        return written(day, self.state.preference("dates"))

    def citations(self, article: Article) -> dict[str, str]:
        """Return an article's citation in three styles."""
        newest, title = self.revisions(article)[0], self.title(article)
        return {
            "Plain": f"“{title}”, Tidebook, version {newest.id}, read on {written(TODAY)}.",
            "Scholarly": f"Tidebook contributors. {title}. Version {newest.id} ({newest.day.year}). Tidebook Press.",
            "Short": f"TB:{article.slug}@{newest.id}",
        }

    def found(self, query: str) -> list[tuple[Article, str]]:
        """Return the articles that hold all words, best first, each with the sentence around the first word."""
        words = query.lower().split()
        if not words:
            return []
        hits = []
        for article in self.world.articles.values():
            content, title = self.content(article), self.title(article)
            text = bare(". ".join([content.lead, *content.box.values(), *content.sections.values()]))
            low, head = text.lower(), title.lower()
            if all(word in low or word in head for word in words):
                rank = 2 * (head == query.lower()) + all(word in head for word in words)
                sentences = [one for one in text.split(". ") if words[0] in one.lower()]
                hits.append((-rank, title, article, (sentences or [text])[0][:180]))
        return [(article, sentence) for _, _, article, sentence in sorted(hits, key=lambda hit: hit[:2])]
