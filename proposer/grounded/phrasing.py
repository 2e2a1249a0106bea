"""The words of tasks: clauses for each kind, and the manners in which people ask.

A clause is an imperative without capital or full stop ("open the Help page"), so that it can stand alone or in a
composition; :func:`request` and :func:`question` dress it tersely, politely or chattily. All choices are drawn from
the generator that is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from random import Random

from infra.contracts.task import TaskKind
from infra.phrasebook.spoken import Carrier, Talk, carriers, small_talk
from proposer.grounded import everyday, framing, wording
from proposer.grounded.everyday import capital
from proposer.reading import fold

#: Stands for the name of a field that is a choice among radios: "the option Express delivery".
OPTION = "the option"
#: Shares of instructions with a sentence before the request, with one after it, and without care for capitals.
TALKATIVE, CLOSING, CARELESS = 0.4, 0.3, 0.15
#: Share of requests for a page that are no orders.
NO_ORDER = 0.35
#: Where a page, or a row of a list, is named that a clause leaves out; the first ones stand before it.
_ON_PAGE = ("on {name}, {clause}", "in {name}, {clause}", "{clause} on {name}", "{clause} ({name})")
_BESIDE = ("for {name}, {clause}", "next to {name}, {clause}", "{clause} beside {name}", "{clause} next to {name}")


def ending(kind: TaskKind, *, answers: bool) -> Talk:
    """Return what people may add after a task: what would do, and what is not wanted."""
    if answers:
        return Talk.CLOSER_ASK
    if kind in (TaskKind.NAVIGATE, TaskKind.SEARCH):
        return Talk.CLOSER_OPEN
    return Talk.CLOSER_DO if kind in (TaskKind.CHANGE, TaskKind.FILL) else Talk.CLOSER


def request(rng: Random, clause: str, end: Talk = Talk.CLOSER) -> str:
    """Dress a clause as a request."""
    manner = rng.choice(wording.MANNERS) if framing.fits(clause) else "{Clause}."
    dressed = manner.format(clause=clause, Clause=capital(clause))
    return talk(rng, re.sub(r"\?[.?](?= |$)", "?", dressed), end)


def where(rng: Random, page: str) -> str:
    """Ask for a page as people do who do not give orders."""
    said = everyday.where(rng, page)
    text = said if said else _one_of(rng, wording.WHERE, Carrier.OPEN_SAID).format(page=quoted(rng, page, 0.1))
    return talk(rng, capital(text), Talk.CLOSER_OPEN)


def talk(rng: Random, text: str, end: Talk = Talk.CLOSER) -> str:
    """Add what people say around a request, and their way of writing it, now and then."""
    if rng.random() < TALKATIVE:
        opener = rng.choice(small_talk(Talk.OPENER))
        whole = opener.endswith((".", "!", "?")) or text.startswith(("I ", "I'"))
        text = f"{opener} {text if whole else _small(text)}"
    if rng.random() < CLOSING:
        text = f"{text if text.endswith(('.', '?', '!')) else f'{text}.'} {rng.choice(small_talk(_closer(rng, end)))}"
    return _small(text) if rng.random() < CARELESS else text


def _closer(rng: Random, end: Talk) -> Talk:
    return rng.choice((end, end, Talk.CLOSER))


def _one_of(rng: Random, templates: Sequence[str], kind: Carrier) -> str:
    """Return one of our templates or of the carriers."""
    return rng.choice(rng.choice((templates, carriers(kind))))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def question(rng: Random, asked: str) -> str:
    """Dress a question; it keeps its question mark, most of the time."""
    text = rng.choice(wording.ASKING).format(question=asked, Question=capital(asked))
    return talk(rng, text.rstrip("?") if rng.random() < 0.1 else text, Talk.CLOSER_ASK)


def quoted(rng: Random, text: str, share: float = 0.2) -> str:
    """Quote a name now and then, and always where it could be mistaken for the sentence's own words."""
    if rng.random() < share or len(text.split()) > 7 or re.search(r"[,;:?!.]\s|\.$", text):
        return rng.choice(("“{}”", '"{}"', "'{}'")).format(text) if "'" not in text else f'"{text}"'
    return text


def navigate(rng: Random, page: str) -> str:
    """Return a clause that asks for a page."""
    said = everyday.navigate(rng, page)
    if said:
        return said
    name = quoted(rng, page)
    return page_once(_one_of(rng, wording.NAVIGATE, Carrier.OPEN), page).format(page=name)


def page_once(template: str, page: str) -> str:
    """Return the template such that a page whose name ends in "page" is not called a page again."""
    return template.replace("{page} page", "{page}") if re.search(r"\bpage$", page, re.IGNORECASE) else template


def find(rng: Random, label: str, subject: str) -> str:
    """Return a clause that asks for a fact."""
    return _one_of(rng, wording.FIND, Carrier.FIND).format(label=label, subject=quoted(rng, subject, 0.1))


def ask(rng: Random, label: str, subject: str) -> str:
    """Return a question that asks for a fact."""
    return _one_of(rng, wording.ASK, Carrier.ASK).format(label=label, subject=quoted(rng, subject, 0.1))


def search(rng: Random, query: str) -> str:
    """Return a clause that asks for a search."""
    return _one_of(rng, wording.SEARCH, Carrier.SEARCH).format(query=quoted(rng, query, 0.5))


def open_result(rng: Random, page: str, query: str = "") -> str:
    """Return what follows a search clause to ask for one of the results; what was searched for is "it"."""
    if fold(page) == fold(query):
        return rng.choice(wording.OPEN_FOUND)
    return rng.choice(wording.OPEN_RESULT).format(page=quoted(rng, page))


def sorts(field: str) -> bool:
    """Return whether a field of a list's form puts the list in order."""
    return re.search(r"\bsort|\border(?:ed)? by\b|\border$", field, re.IGNORECASE) is not None


def choose(rng: Random, field: str, option: str, page: str) -> str:
    """Return a clause that asks for a filter or an order."""
    sorting = sorts(field)
    said = everyday.choose(rng, option, quoted(rng, page, 0.1), sorting=sorting)
    if said:
        return said
    own, kind = (wording.SORT, Carrier.SORT) if sorting else (wording.FILTER, Carrier.FILTER)
    return _one_of(rng, own, kind).format(
        page=quoted(rng, page, 0.1), field=field_words(field), option=quoted(rng, option, 0.3)
    )


def fill(
    rng: Random,
    form: str,
    pairs: Sequence[tuple[str, str]],
    submit: str,
    about: str,
    texts: Set[str] = frozenset(),
    thing: str = "",
    *,
    row: bool = False,
) -> str:
    """Return a clause that asks for a form to be filled in and sent.

    ``about``: what the page with it is headed, or with ``row`` the name of its row in a list; ``texts``: the fields of
    which one is what is written, about ``thing``.
    Which of several pages or rows is meant may remain to be said: :func:`placed`.
    """
    plain = all(name != OPTION for name, _ in pairs)
    said = everyday.write(rng, (submit, form), thing and quoted(rng, thing, 0.1), pairs, texts) if plain else None
    said = said or everyday.fill(rng, form_words(rng, form, about, row=row), pairs)
    if said:
        return said
    form = form_words(rng, form, about, row=row)
    template = rng.choice(wording.PAIRS)
    quoting = rng.random() < 0.5
    parts = []
    for name, value in pairs:
        if name == OPTION:
            parts.append(f"{OPTION} {quoted(rng, value)}")
            continue
        quoting_it = (quoting or len(value.split()) > 4) and "“" not in template and '"' not in value
        text = f'"{value}"' if quoting_it else value
        parts.append(template.format(name=field_words(name), value=text))
    joined = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return _one_of(rng, wording.FILL, Carrier.FORM).format(form=form, fields=joined, submit=quoted(rng, submit))


def placed(rng: Random, clause: str, name: str, values: Iterable[str] = (), *, row: bool = False) -> str:
    """Return the clause with the page's name, or the row's, for which it is to be done.

    The name comes first where it would be taken for a part of what is entered, which are ``values``.
    """
    ways = _BESIDE if row else _ON_PAGE
    bare = clause.rstrip("”\"'")
    open_ended = (
        framing.several(clause) or clause.endswith(("?", " on", " in")) or any(bare.endswith(value) for value in values)
    )
    return rng.choice(ways[:2] if open_ended else ways).format(clause=clause, name=quoted(rng, name, 0.1))


def says(clause: str, name: str, form: str) -> bool:
    """Return whether the clause names the page or row ``name``, and not only a form that is called so."""
    return name in clause and name not in form


def act(rng: Random, button: str, page: str, count: tuple[str, str] | None = None, *, row: bool = False) -> str:
    """Return a clause that asks for what a button does on a page; ``count``: a field's name and its value.

    ``row``: ``page`` is no page but the name of a list's row, beside which the button stands.
    """
    into = wording.ADD_TO.fullmatch(button.strip())
    what = quoted(rng, page, 0.1)
    said = everyday.act(rng, button, what) if count is None else None
    if said:
        return said
    if into is not None:
        if count is not None:
            what = rng.choice(wording.COUNT).format(count=count[1], page=what)
        thing = rng.choice(wording.PLACES.get(into.group(2).lower(), (into.group(2).lower(),)))
        return rng.choice(wording.INTO).format(verb=into.group(1).lower(), what=what, thing=thing, place=f"the {thing}")
    if count is not None:
        field, value = field_words(count[0]), count[1]
        return rng.choice(wording.PRESS_COUNT_BESIDE if row else wording.PRESS_COUNT).format(
            field=field, count=value, page=what, row=what, button=quoted(rng, button, 0.5)
        )
    if wording.VERB.fullmatch(button.strip()) and rng.random() < 0.7:
        return rng.choice(wording.BARE_VERB_OF_ROW if row else wording.BARE_VERB).format(
            verb=button.strip().lower(), what=what
        )
    return press_beside(rng, button, what) if row else press(rng, button, what)


def press(rng: Random, button: str, page: str) -> str:
    """Return a clause that asks for a button by its name."""
    template = page_once(_one_of(rng, wording.PRESS, Carrier.PRESS), page)
    return template.format(button=quoted(rng, button, 0.5), page=page)


def press_beside(rng: Random, button: str, row: str) -> str:
    """Return a clause that asks for the one of several such buttons that stands in this row of a list."""
    return rng.choice(carriers(Carrier.PRESS_BESIDE)).format(button=quoted(rng, button, 0.5), row=row)


def paired(rng: Random, kind: Carrier, first: str, second: str) -> str:
    """Return two clauses joined by one of the carriers of this kind."""
    return rng.choice(framing.joints(carriers(kind), first, second)).format(a=first, b=second)


def then(rng: Random, *clauses: str) -> str:
    """Return several clauses in order."""
    if len(clauses) == 2 and rng.random() < 0.5:
        return paired(rng, Carrier.THEN, *clauses)
    rest = next((clause for clause in clauses[1:] if not framing.fits(clause)), clauses[1])
    fitting = framing.joints([f"{lead}{{a}}{between}{{b}}" for lead, between, _ in wording.THEN], clauses[0], rest)
    lead, between, last = rng.choice([one for one in wording.THEN if f"{one[0]}{{a}}{one[1]}{{b}}" in fitting])
    if len(clauses) > 2:
        lead = lead.replace("two", "three")
    text = f"{lead}{clauses[0]}"
    for place, clause in enumerate(clauses[1:], start=2):
        joint = last if place == len(clauses) > 2 else between
        text += joint + clause
    return text


def field_words(name: str) -> str:
    """Return a field's or label's name as it would stand within a sentence: lower case unless it is an acronym."""
    words = name.strip().rstrip(":*").strip().split()
    return " ".join(
        word if sum(c.isupper() for c in word) > 1 or any(c.isdigit() for c in word) else word.lower() for word in words
    )


def form_words(rng: Random, name: str, page: str, *, row: bool = False) -> str:
    """Return how to speak of a form: by its own name, else by its page or the row in which it stands."""
    own = name.strip()
    known = own or page.strip()
    bare = re.sub(r"\s*form$", "", known, flags=re.IGNORECASE).strip() or known
    by = "the form called {}" if own else "the form beside {}" if row else "the form on {}"
    return rng.choice(("the {} form", "the form “{}”", "the {} form", by)).format(bare)
