"""Tasks that end on a page: navigate and search."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import choose, enter, follow, give_up, press, steps
from sandbox_sites.common.judging import all_of, listed, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.forum.choosing import Choice
from sandbox_sites.forum.judges import JUDGES
from sandbox_sites.forum.ways import open_member, open_thread, order_by, pick, search


def going(choice: Choice) -> Iterator[Entry]:
    """Yield the tasks that reach a page."""
    go, reach = "navigate", JUDGES.reach
    wanted, neighbour, letter = choice.plain(0), choice.plain(1), choice.unread(1)
    someone, other = choice.member(0), choice.member(1)
    yield Entry(go, 1, "bring me to where the woodworkers hang out", reach("/boards/bench-timber"),
                steps(follow("Bench & Timber")), wrong=steps(follow("Print & Cut")))  # fmt: skip
    yield Entry(go, 1, "I'd like to see who has which job in the club. Just open that page, please.",
                reach("/committee"), steps(follow("Committee")))  # fmt: skip
    yield Entry(go, 1, "my private mail, please", reach("/messages"), steps(follow("Messages")))
    yield Entry(go, 2, f"Show me the profile of {someone.handle}", reach(f"/members/{someone.handle}"),
                steps(open_member(someone.handle)), wrong=steps(open_member(other.handle)))  # fmt: skip
    yield Entry(go, 2, f"There's a discussion called “{wanted.title}”. I want to read it.",
                reach(f"/threads/{wanted.slug}"), steps(open_thread(wanted)),
                wrong=steps(open_thread(neighbour)))  # fmt: skip
    yield Entry(go, 2, "which discussions carry the keyword solar? take me to that collection", reach("/tags/solar"),
                steps(follow("Tags", "solar")))  # fmt: skip
    yield Entry(go, 2, "Open the list of private letters I have written to other people.", reach("/messages/sent"),
                steps(follow("Messages", "Sent")))  # fmt: skip
    yield Entry(go, 2, f"{letter.other} has written to me and I haven't looked yet. Open it and stop there, please.",
                reach(f"/messages/{letter.id}"), steps(follow("Messages", letter.subject)))  # fmt: skip
    thread, post = choice.my_reply(0)
    yield Entry(go, 3, f"I want to reword what I once answered in “{thread.title}”. Get me as far as the form for it,"
                " I'll do the typing.", reach(f"/posts/{post.id}/edit"),
                steps(open_thread(thread), follow("Edit", within="main")))  # fmt: skip
    yield Entry(go, 2, "pull up GlassyGordon's profile", JUDGES.refuse(), give_up(follow("Members")),
                answerable=False)  # fmt: skip


def searching(choice: Choice) -> Iterator[Entry]:
    """Yield the tasks that search, filter or sort."""
    find = "search"
    word, rare = choice.word()
    starter = choice.plain(2).author
    board, by_age, _ = choice.quiet_board(0)
    yield Entry(find, 1, "Search the whole forum for manure.", JUDGES.found(q="manure"), steps(search("manure")),
                wrong=steps(search("compost")))  # fmt: skip
    yield Entry(
        find,
        2,
        f"somebody opened a discussion with “{word}” in its name - look for it and go in",
        JUDGES.reach(f"/threads/{rare.slug}"),
        steps(search(word), follow(rare.title, within="main")),
    )
    yield Entry(find, 4, "Anything about seeds, but only from the greenhouse folks (Under Glass). Give me the list.",
                JUDGES.found(q="seeds", board="under-glass"),
                steps(follow("Advanced search"), enter({"Words": "seeds"}), choose("Board", "Under Glass"),
                      press("Filter")),
                wrong=steps(search("seeds")))  # fmt: skip
    yield Entry(find, 3, f"List every discussion that {starter} has started, using the search with filters.",
                JUDGES.found(author=starter),
                steps(follow("Advanced search"), enter({"Started by": starter}), press("Filter")))  # fmt: skip
    yield Entry(find, 3, "Go to the Swap Shed and put what gets looked at the most on top",
                all_of(listed("/boards/swap-shed", {"sort": "views"}), JUDGES.only(), silent),
                steps(follow("Swap Shed"), order_by("Most views")),
                wrong=steps(follow("Swap Shed"), order_by("Most replies")))  # fmt: skip
    yield Entry(
        find,
        4,
        f"On the board {board.name}, sort by age and open the very first discussion ever started there.",
        JUDGES.reach(f"/threads/{by_age[0].slug}"),
        steps(follow(board.name), order_by("Oldest thread"), follow(by_age[0].title, within="main")),
        wrong=steps(follow(board.name), order_by("Newest thread"), follow(by_age[-1].title, within="main")),
    )
    yield Entry(find, 5, "I need all hits for “solar”, most recently started first, on screen.",
                JUDGES.found(q="solar", sort="newest"),
                steps(follow("Advanced search"), enter({"Words": "solar"}), pick("Order", "Newest thread"),
                      press("Filter")))  # fmt: skip
    yield Entry(find, 6, "Show me the Print & Cut discussions about “laser”, the ones with the most answers on top.",
                JUDGES.found(q="laser", board="print-cut", sort="replies"),
                steps(follow("Advanced search"), enter({"Words": "laser"}), choose("Board", "Print & Cut"),
                      pick("Order", "Most replies"), press("Filter")))  # fmt: skip
    yield Entry(find, 2, "Look for the discussion “Shearing alpacas on a small plot” and open it.", JUDGES.refuse(),
                give_up(search("alpacas")), answerable=False)  # fmt: skip
