"""Discussions of articles, and the glossary."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from sandbox_sites.wiki.articles import Article, Editor, Reply, Topic
from sandbox_sites.wiki.past import TODAY

OPENINGS = (
    ("Where does this figure come from?", "The info box of {title} gives a value that I cannot find in the yearbook."
    " Does"
     " anyone own the newer edition?"),
    ("A picture would help", "There must be an engraving of {title} somewhere in the parish collections."),
    ("Pronunciation", "Visitors keep asking me how to say {title}. Could we add a line on it?"),
    ("The introduction is too short", "I think that the first paragraph on {title} should say why it matters."),
    ("Old spelling", "Before the reform the name {title} was written with a double letter. Worth a sentence?"),
    ("Tone of the last section", "The end reads like a travel brochure. Shall we cut it down?"),
    ("Two sources disagree", "The harbour book and the parish roll do not agree about {title}. Which one do we"
    " follow?"),
    ("Translation", "A reader offers to translate {title} for the schools. Any objections?"),
)  # fmt: skip
ANSWERS = (
    "I have the book at home and will look it up on Sunday.", "Agreed. Please go ahead.",
    "I would rather wait until the council has published its list.", "The harbour book is older, so I trust it more.",
    "No objection from me, as long as the source is named.", "We had this talk two years ago and kept it as it is.",
    "My grandmother says the same, but she is no source.", "Done, have a look.",
)  # fmt: skip
TERMS = (
    ("Skerry", "A rock that the sea covers at spring tide; anything that stays dry is an islet."),
    ("Machair", "Grassland on shell sand. It floods in winter and must not be ploughed."),
    ("Rope", "An old measure of length, equal to {0} fathoms."),
    ("Noust", "A boat-shaped hollow in the beach where a boat is kept in winter."),
    ("Peat right", "Leave to cut fuel on common ground, up to {1} baskets a year."),
    ("Firth", "An arm of the sea that runs into the land."),
    ("Tidewaiter", "The officer who counts boats at the turn of the tide."),
    ("Hundredweight", "In the islands, {2} pounds of dried fish."),
    ("Kist", "A chest for blankets; also the share that a bride brings along."),
    ("Lamp tax", "A due of {3} pence on each window that shows a light to the sea."),
    ("Udal law", "Ownership by settlement, without a lord or a deed."),
    ("Geo", "A narrow cleft in a cliff where the sea runs in."),
    ("Bannock hour", "The rest in the middle of the day, {4} minutes by the harbour clock."),
    ("Wrack", "Seaweed that a storm throws ashore, free to whoever forks it first."),
)  # fmt: skip


def discussions(rng: random.Random, articles: Sequence[Article], editors: Sequence[Editor]) -> dict[str, list[Topic]]:
    """Return the topics of every article that is talked about; no title twice on one article."""
    found: dict[str, list[Topic]] = {}
    people = editors[:-1]
    for article in articles:
        count = rng.choice((0, 0, 1, 2, 3))
        topics = []
        for number, (title, text) in enumerate(rng.sample(OPENINGS, count), start=1):
            day = TODAY - timedelta(days=rng.randint(20, 700))
            author, *others = rng.sample(people, rng.randint(1, 4))
            replies = tuple(
                Reply(other.name, min(TODAY, day + timedelta(days=3 * i)), answer)
                for i, (other, answer) in enumerate(zip(others, rng.sample(ANSWERS, len(others)), strict=True), start=1)
            )
            said = text.format(title=article.title)
            topics.append(Topic(f"{article.slug}-{number}", title, author.name, day, said, replies))
        if topics:
            found[article.slug] = topics
    return found


def glossary(rng: random.Random) -> dict[str, str]:
    """Return the glossary; its numbers differ by instance."""
    numbers = (rng.randint(3, 19), rng.randint(20, 95), rng.randint(90, 140), rng.randint(2, 11), rng.randint(35, 75))
    return {term: text.format(*numbers) for term, text in sorted(TERMS)}
