"""How well texts match an instruction, weighted by how rare each word is on the site."""

from __future__ import annotations

from agent.policy.intents import intents
from agent.policy.meaning import Meanings
from agent.policy.meaning import spoken as spoken_texts
from agent.policy.page_vectors import Sense
from agent.policy.site import Goals, Mention, SiteIndex
from agent.policy.spans import MAX_WORDS, spans
from agent.policy.stated import Stated, value_clauses
from agent.policy.text import COMMON_STEMS, STOP_STEMS, bucket, phrase, trigrams, word_set, words

#: Values per match: share of the instruction covered, share of the text covered, weight of the rarest shared word,
#: whether the text occurs as a phrase, share of the text's trigrams that occur.
MATCH = 5
Match = tuple[float, float, float, float, float]
NO_MATCH: Match = (0.0, 0.0, 0.0, 0.0, 0.0)

#: Longer texts are matched by words alone: nearly every trigram occurs in a paragraph.
SHORT = 60
#: Longer texts are no phrase of an instruction.
LONGEST_PHRASE = 120


#: Hash buckets of words; the fewer, the more words share one by chance.
VOCABULARY = 8192
INSTRUCTION_WORDS = 32


def _strangest(instruction: str, site: SiteIndex) -> tuple[float, float]:
    named = [span.text for span in spans(instruction) if span.quoted or (span.capitalised and span.maximal)]
    found = [site.strange(text) for text in named if len(text.split()) <= MAX_WORDS]
    return max((new for new, _ in found), default=0.0), max((apart for _, apart in found), default=0.0)


class Matcher:
    """One instruction on one site. Remembers every text that it was asked about."""

    def __init__(self, instruction: str, site: SiteIndex, *, overlooked: frozenset[str] = frozenset()) -> None:
        """``overlooked``: words that match nothing, as if the person had used others; their meaning is still felt."""
        self.instruction = instruction
        self.site = site
        self.words = word_set(instruction) - overlooked
        self.weights = {word: site.weight(word) for word in self.words}
        self.total = sum(self.weights.values()) or 1.0
        telling = [word for word in self.words if word not in STOP_STEMS and word not in COMMON_STEMS]
        #: Share of the telling words that the site never uses.
        self.unknown = sum(not site.knows(word) for word in telling) / max(len(telling), 1)
        #: Of what is written like a name or quoted, the strangest: what nobody has cannot be had.
        self.strange = _strangest(instruction, site)
        spoken = [word for word in words(instruction) if word not in overlooked]
        self.ids = tuple(bucket(word, VOCABULARY) for word in spoken[:INSTRUCTION_WORDS]) or (0,)
        self._count = max(len(spoken), 1)
        self._first: dict[str, int] = {}
        for i, word in enumerate(spoken):
            self._first.setdefault(word, i)
        self._phrase = f" {' '.join(spoken)} "
        self._trigrams = trigrams(" ".join(spoken) if overlooked else instruction)
        self._matches: dict[str, Match] = {"": NO_MATCH}
        self._shared: dict[str, frozenset[str]] = {}
        self._goals: dict[frozenset[str], Goals | None] = {}
        self.mentions: tuple[Mention, ...] = site.mentions(spoken)
        if site.embedder is not None:  # all that is read of an instruction at once: a call costs more than its texts
            site.embedder.encode([instruction, *spoken_texts(instruction), *value_clauses(instruction).values()])
        self.intents = intents(instruction, site.embedder)
        self.meanings = Meanings(instruction, site.embedder, site.phrases)
        self.stated = Stated(instruction, site.embedder, site.phrases)
        self.sense: Sense | None = site.about.sense(self.meanings)

    def match(self, text: str) -> Match:
        """Return the MATCH values of ``text``, each in [0, 1]."""
        known = self._matches.get(text)
        if known is None:
            known = self._matches[text] = self._compute(text)
        return known

    def _compute(self, text: str) -> Match:
        shared = self.shared(text)
        close = 0.0
        if len(text) <= SHORT:
            grams = trigrams(text)
            close = len(grams & self._trigrams) / len(grams) if grams else 0.0
        if not shared:
            return (0.0, 0.0, 0.0, 0.0, close)
        weights = [self.weights[word] for word in shared]
        weight = sum(weights)
        whole = float(len(text) <= LONGEST_PHRASE and phrase(text) in self._phrase)
        return (weight / self.total, weight / max(self.site.own(text), 1e-6), max(weights), whole, close)

    def shared(self, text: str) -> frozenset[str]:
        """Return the words that ``text`` and the instruction share."""
        known = self._shared.get(text)
        if known is None:
            known = self._shared[text] = self.words & word_set(text)
        return known

    def place(self, position: float) -> float:
        """Return how far into the instruction a word stands, in [0, 1), by its number."""
        return position / self._count

    def where(self, text: str) -> float:
        """Return where the instruction says what it shares with ``text``, its telling words above all; 0: nowhere."""
        shared = self.shared(text)
        total = sum(self.weights[word] for word in shared)
        if not total:
            return 0.0
        return self.place(sum(self.weights[word] * self._first.get(word, 0) for word in shared) / total)

    def rest(self, text: str, consumed: frozenset[str]) -> float:
        """Return the share of the instruction that ``text`` covers beyond what is consumed already."""
        shared = self.shared(text)
        return sum([self.weights[word] for word in shared if word not in consumed]) / self.total if shared else 0.0

    def share(self, some: frozenset[str]) -> float:
        """Return the weight of some of the instruction's words, as a share of the whole."""
        return sum(self.weights[word] for word in some) / self.total

    def goals(self, consumed: frozenset[str] = frozenset()) -> Goals | None:
        """Return the site's pages scored against the words that are left; None where nothing can be said."""
        if consumed not in self._goals:
            left = {word: weight for word, weight in self.weights.items() if word not in consumed}
            self._goals[consumed] = self.site.goals(left)
        return self._goals[consumed]
