"""Words and character trigrams of short texts, cached: the raw material of every lexical feature."""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
#: Words of three letters that have lost an "e": "rat" of "rated".
_SHORT = re.compile(r"[^aeiou][aeiou][^aeiouxwy]")
_VOWELS = frozenset("aeiouy")

#: Words that say nothing about a page's subject; they weigh little where a site's own rarity is unknown.
STOPWORDS = frozenset({
    "a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "by", "can", "could", "do", "does", "for",
    "from", "get", "give", "go", "has", "have", "here", "i", "if", "in", "into", "is", "it", "its", "just", "let",
    "like", "me", "my", "need", "of", "on", "one", "or", "our", "out", "page", "please", "s", "see", "show", "so",
    "tell", "that", "the", "their", "them", "then", "there", "this", "to", "up", "us", "want", "was", "what",
    "when", "where", "which", "who", "will", "with", "would", "you", "your", "cheers", "pls", "plz", "thanks", "thx",
    "ty",
})  # fmt: skip

#: Everyday words of requests and of talk around them. On a small site they are rare, and yet say little about a page.
COMMON = frozenset({
    "above", "after", "again", "ago", "already", "also", "always", "am", "another", "anyone", "anything", "around",
    "ask", "away", "back", "because", "been", "before", "being", "below", "best", "better", "between", "both", "bring",
    "but", "came", "check", "come", "did", "doing", "done", "down", "each", "either", "else", "enough", "even", "ever",
    "every", "everyone", "everything", "few", "find", "first", "found", "gave", "getting", "give", "given", "goes",
    "going", "gone", "good", "got", "great", "had", "half", "having", "he", "hello", "help", "her", "hey", "hi", "him",
    "his", "how", "however", "instead", "keep", "kind", "know", "known", "last", "later", "least", "left", "less", "ll",
    "long", "look", "looking", "lot", "made", "make", "making", "many", "may", "maybe", "mean", "might", "mine",
    "more", "most", "much", "must", "name", "near", "never", "new", "next", "nice", "no", "not", "note", "nothing",
    "now", "off", "often", "ok", "old", "once", "only", "onto", "open", "other", "others", "over", "own", "per",
    "pull", "put", "quick", "quite", "rather", "re", "read", "really", "right", "said", "same", "say", "says",
    "second", "seen", "sent", "several", "shall", "she", "should", "since", "somebody", "someone", "something",
    "somewhere", "soon", "still", "such", "sure", "take", "than", "thank", "thanks", "they", "thing", "things",
    "think", "thinking", "those", "through", "time", "times", "today", "tomorrow", "too", "try", "trying", "two",
    "under", "until", "use", "used", "using", "ve", "very", "visit", "wait", "wants", "way", "we", "week", "well",
    "went", "were", "whatever", "whether", "while", "whole", "whose", "why", "within", "without", "wonder",
    "wondering", "word", "words", "yes", "yesterday", "yet",
})  # fmt: skip

NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "dozen": "12",
}  # fmt: skip
#: Number words that are read as digits wherever they stand: "two stars" and "2 stars" are the same. "One" is mostly not
#: meant as a number.
_DIGITS = {word: digits for word, digits in NUMBER_WORDS.items() if word not in ("one", "dozen")}
#: Typographic characters, and what they are typed as.
_TYPED = str.maketrans({"’": "'", "‘": "'", "–": " ", "—": " ", "×": " ", "“": '"', "”": '"'})
#: Words that only look like a plural, or like the form of a verb.
_WHOLE = frozenset({"evening", "morning", "news", "thing", "during", "need", "speed", "hundred"})


def fold(text: str) -> str:
    """Lower the case and strip the accents; an e-mail is an email."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_TYPED)).encode("ascii", "ignore").decode()
    return text.lower().replace("e-mail", "email")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Strip plural and common verb endings, so that "saved" and "saves" meet "save"; numbers stay as they are."""
    if len(word) < 4 or word[0].isdigit() or word in _WHOLE:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and not _VOWELS.isdisjoint(rest) and word not in _WHOLE:
            if rest[-1] == rest[-2] and rest[-1] not in "lsz":
                word = rest[:-1]
            else:
                word = f"{rest}e" if _SHORT.fullmatch(rest) else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


#: The stopwords as :func:`words` returns them.
STOP_STEMS = frozenset(stem(word) for word in STOPWORDS)
COMMON_STEMS = frozenset(stem(word) for word in COMMON) - STOP_STEMS


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """Return the stemmed words of ``text`` in order."""
    return tuple(_DIGITS.get(word) or stem(word) for word in _WORD.findall(fold(text)))


@lru_cache(maxsize=50_000)
def word_set(text: str) -> frozenset[str]:
    """Return the distinct stemmed words of ``text``."""
    return frozenset(words(text))


@lru_cache(maxsize=50_000)
def trigrams(text: str) -> frozenset[str]:
    """Return the character trigrams of ``text``, word by word, with word boundaries."""
    grams: set[str] = set()
    for word in _WORD.findall(fold(text))[:40]:
        padded = f"^{word}$"
        grams.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return frozenset(grams)


@lru_cache(maxsize=50_000)
def bucket(word: str, buckets: int) -> int:
    """Return a stable hash bucket from 1 to ``buckets`` - 1 (0 is padding)."""
    return 1 + zlib.crc32(word.encode()) % (buckets - 1)


@lru_cache(maxsize=50_000)
def phrase(text: str) -> str:
    """Return the words of ``text`` as one string with a space at both ends, for whole-word containment."""
    return f" {' '.join(words(text))} "
