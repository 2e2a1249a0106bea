"""Tasks that end with one fact."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import click_at, follow, give_up, steps
from sandbox_sites.common.judging import all_of, says, says_number
from sandbox_sites.common.site import Entry
from sandbox_sites.forum.choosing import Choice
from sandbox_sites.forum.judges import JUDGES, counted, dated
from sandbox_sites.forum.phrases import TOWNS
from sandbox_sites.forum.seed import long_date
from sandbox_sites.forum.ways import open_member, open_thread


def finding(choice: Choice) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _on_members(choice)
    yield from _on_threads(choice)
    yield from _elsewhere(choice)


def _on_members(choice: Choice) -> Iterator[Entry]:
    find = "find"
    local, digger, old, quoted, ageless = (choice.member(number) for number in (2, 3, 4, 5, 6))
    elsewhere = next(town for town in TOWNS if town != local.town)
    yield Entry(
        find, 1, f"where does {local.handle} live?",
        JUDGES.read_on(("/members", f"/members/{local.handle}"), says(local.town)),
        steps(follow("Members"), answer=local.town),
        wrong=steps(follow("Members"), answer=elsewhere),
    )  # fmt: skip
    yield Entry(
        find, 2, f"I'm choosing a present for {digger.handle}. Which implement do they like best?",
        JUDGES.tell(f"/members/{digger.handle}", says(digger.tool)),
        steps(open_member(digger.handle), answer=digger.tool),
    )  # fmt: skip
    yield Entry(
        find, 1, f"Since which day exactly has {old.handle} belonged to the forum (day, month and year)?",
        JUDGES.read_on(("/members", f"/members/{old.handle}"), dated(old.joined)),
        steps(follow("Members"), answer=long_date(old.joined)),
    )  # fmt: skip
    pages = tuple(
        f"/threads/{t.slug}" for t in choice.world.threads if any(post.author == quoted.handle for post in t.posts)
    )
    yield Entry(
        find, 2, f"What's the motto that {quoted.handle} puts below everything they write?",
        JUDGES.read_on((f"/members/{quoted.handle}", *pages), says(quoted.signature)),
        steps(open_member(quoted.handle), answer=quoted.signature),
    )  # fmt: skip
    yield Entry(
        find, 2, f"When is {ageless.handle}'s birthday?", JUDGES.refuse(), give_up(open_member(ageless.handle)),
        answerable=False,
    )  # fmt: skip


def _on_threads(choice: Choice) -> Iterator[Entry]:
    find = "find"
    watched, poll = choice.plain(3), choice.poll(1)
    options = poll.poll.options if poll.poll else ()
    option, votes = options[1]
    yield Entry(
        find,
        1,
        f"How many times has “{watched.title}” been looked at?",
        all_of(says_number(watched.views), JUDGES.only()),
        steps(open_thread(watched), answer=str(watched.views)),
        wrong=steps(open_thread(watched), answer=str(len(watched.replies))),
    )
    yield Entry(
        find, 3, f"In the survey “{poll.title}”, how many people picked “{option}” so far?",
        JUDGES.tell(f"/threads/{poll.slug}", says_number(votes)),
        steps(open_thread(poll), click_at("main details summary"), answer=str(votes)),
        wrong=steps(open_thread(poll), click_at("main details summary"), answer=str(options[0][1])),
    )  # fmt: skip


def _elsewhere(choice: Choice) -> Iterator[Entry]:
    find, numbers = "find", choice.world.numbers
    report, frame = choice.letter("A report"), choice.letter("Collecting")
    phone = report.text.split("My phone is ")[1].split(",")[0]
    colour = frame.text.split("with the ")[1].split(" ")[0]
    _, day = choice.committee("Treasurer")
    event, (badge, holders) = choice.event(3), choice.badge()
    yield Entry(
        find, 2, "how big may a photo be when I upload one here, in MB",
        JUDGES.tell("/rules", counted(numbers["megabytes"], "MB", "megabytes", "MB each")),
        steps(follow("Rules & FAQ"), click_at("main .fold"), answer=f"{numbers['megabytes']} MB"),
    )  # fmt: skip
    yield Entry(
        find,
        2,
        "What does the club pay for its server each month?",
        JUDGES.tell("/rules", says_number(numbers["server"])),
        steps(follow("Rules & FAQ"), click_at("main section:last-child .fold"), answer=f"£{numbers['server']}"),
    )
    yield Entry(
        find, 1, "I owe the treasurer money: on which weekday can I catch them at the tea hut?",
        JUDGES.tell("/committee", says(day, f"{day}s", f"on {day}", f"on {day}s")),
        steps(follow("Committee"), answer=day),
    )  # fmt: skip
    yield Entry(
        find, 1, f"What's the date of the {event.name.lower()}?", JUDGES.tell("/events", dated(event.day)),
        steps(follow("Events"), answer=long_date(event.day)),
        wrong=steps(follow("Events"), answer=long_date(choice.event(4).day)),
    )  # fmt: skip
    yield Entry(
        find, 1, f"number of people who have earned the {badge} badge, please",
        JUDGES.tell("/badges", counted(holders, "members", "people")), steps(follow("Badges"), answer=str(holders)),
    )  # fmt: skip
    yield Entry(
        find, 2, f"{report.other} once left me a phone number in a letter. What is it?",
        JUDGES.tell(f"/messages/{report.id}", says(phone, phone.replace(" ", ""))),
        steps(follow("Messages", report.subject), answer=phone),
    )  # fmt: skip
    yield Entry(
        find, 2, "I am on my way to fetch the cold frame and forgot: what colour is the door of that house?",
        JUDGES.tell(f"/messages/{frame.id}", says(colour, f"{colour} door")),
        steps(follow("Messages", frame.subject), answer=colour),
    )  # fmt: skip
    yield Entry(
        find, 1, "At what place does the Beekeeping Weekend happen?", JUDGES.refuse(), give_up(follow("Events")),
        answerable=False,
    )  # fmt: skip
