"""What is learnt from, made harder in ways in which it will be: other people's words, and websites without a map.

The proposer mostly speaks in the site's own words of a site that it surveyed. Each episode to be imitated is drawn,
once and for all, into one of these: said in other words, some of its words overlooked, or as it was; and some are
learnt as if the website had not been surveyed, or only in part: what is not on the map is searched for. What the
policy gradient learns from stays as it was sampled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from agent.learner.paraphrase import paraphrase
from agent.policy.site import SiteIndex
from agent.policy.text import words
from infra.contracts.action import Action, Answer, Select, Type

#: Shares of episodes that are learnt without the map, with one that lacks many pages, and that are said in other words.
MAPLESS, THINNED, PARAPHRASED = 0.12, 0.15, 0.35
#: Share of the others in which words are overlooked, and of the words then.
OVERLOOKING = 0.5
OVERLOOKED_WORDS, OVERLOOKED_NAMES = 0.5, 0.08

_WORD = re.compile(r"[^\s\"“”‘’,;:!?.()]+")


@dataclass(frozen=True, slots=True)
class Varied:
    """How an episode is learnt."""

    instruction: str
    site: SiteIndex
    overlooked: frozenset[str]  # stemmed words


def varied(instruction: str, actions: Sequence[Action], site: SiteIndex, *, seed: str) -> Varied:
    """Draw how to learn an episode; the same seed draws the same."""
    rng = Random(f"{instruction} {seed}")  # noqa: S311 - augments data, no secret
    if any(isinstance(action, Answer) and action.impossible for action in actions):
        # What makes it so is a word that matches nothing on the site: without the word or the map it looks possible.
        return as_it_was(instruction, site)
    drawn = rng.random()
    if drawn < MAPLESS:
        site = SiteIndex(None, site.embedder, site.phrases)
    elif drawn < MAPLESS + THINNED:
        site = site.thinned()
    if rng.random() < PARAPHRASED:
        return Varied(paraphrase(instruction, rng, kept=_entered(actions)), site, frozenset())
    return Varied(instruction, site, overlooked(instruction, rng))


def as_it_was(instruction: str, site: SiteIndex) -> Varied:
    """Return how an episode is learnt without any of this."""
    return Varied(instruction, site, frozenset())


def _entered(actions: Sequence[Action]) -> Iterator[str]:
    """Yield the texts that an instruction must go on naming: what is typed, chosen or answered."""
    for action in actions:
        if isinstance(action, Type):
            yield action.text
        elif isinstance(action, Select):
            yield action.option
        elif isinstance(action, Answer) and action.text:
            yield action.text


def overlooked(instruction: str, rng: Random) -> frozenset[str]:
    """Draw words of an instruction to be overlooked, so that the policy learns to cope with words that match nothing.

    Practice mostly speaks in the site's own words, people mostly do so for names alone: other words go more often.
    """
    if rng.random() >= OVERLOOKING:
        return frozenset()
    gone = set()
    for i, word in enumerate(_WORD.findall(instruction)):
        named = i > 0 and (word[0].isupper() or word[0].isdigit())
        if rng.random() < (OVERLOOKED_NAMES if named else OVERLOOKED_WORDS):
            gone |= set(words(word))
    return frozenset(gone)
