"""The forum's judges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qsl

from sandbox_sites.common.judging import Judges, Part, all_of, says, silent
from sandbox_sites.common.site import Check, Outcome
from sandbox_sites.forum.state import ForumState


class ForumJudges(Judges[ForumState]):
    """Judges that do not mind whether a session that ran out was taken up again."""

    def __init__(self, fresh: Callable[[], ForumState]) -> None:
        super().__init__(fresh)
        self._names.remove("expired")

    def read_on(self, paths: tuple[str, ...], part: Part) -> Check:
        """Answer from one of these pages, with nothing changed."""

        def seen(outcome: Outcome) -> list[tuple[str, bool]]:
            places = {place.partition("?")[0] for place in outcome.session.visited}
            return [(f"one of {', '.join(paths[:3])} was looked at", not places.isdisjoint(paths))]

        return all_of(seen, part, self.only())

    def do(self, **changes: object) -> Check:
        """Change this and nothing else, without an answer."""
        return all_of(self.only(**changes), silent)

    def found(self, **chosen: str) -> Check:
        """Be on the list that a search with these filters gives, with nothing changed."""

        def shown(outcome: Outcome) -> list[tuple[str, bool]]:
            place, _, query = outcome.final_path.partition("?")
            given = {n: value.lower() for n, value in parse_qsl(query) if n != "page" and (n, value) != ("min", "0")}
            wanted = {name: value.lower() for name, value in chosen.items()}
            # An empty name or word stands for no filter, as the page itself takes it.
            given = {name: " ".join(value.split()) for name, value in given.items() if value.strip()}
            visited = outcome.session.visited[-1:] == [outcome.final_path]
            return [(f"the list with {wanted} is shown", place == "/search" and given == wanted and visited)]

        return all_of(shown, self.only(), silent)


JUDGES = ForumJudges(ForumState)


def counted(number: int, *units: str) -> Part:
    """The answer is a number, bare or with one of these units."""
    return says(str(number), *(f"{number} {unit}" for unit in units), *(f"{number}{unit}" for unit in units))


def dated(day: date) -> Part:
    """The answer is this date, in one of the usual ways of writing it."""
    number, month = day.day, f"{day:%B}"
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")
    ways = [f"{number} {month}", f"{month} {number}", f"{number}{ordinal} {month}", f"{month} {number}{ordinal}"]
    ways += [f"{number}{ordinal} of {month}", f"the {number}{ordinal} of {month}"]
    full = [f"{way}{comma} {day.year}" for way in ways for comma in ("", ",")]
    return says(*full, day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{number}/{day.month}/{day.year}")
