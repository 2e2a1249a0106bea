"""Tasks made of two or three others."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import enter, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.judging import all_of, looked_at
from sandbox_sites.common.site import Entry
from sandbox_sites.forum.choosing import Choice
from sandbox_sites.forum.judges import JUDGES, counted
from sandbox_sites.forum.ways import (
    answer,
    bookmark,
    held,
    open_member,
    open_thread,
    order_by,
    pick,
    vote,
    write_letter,
)  # fmt: skip

COMPOSE = "compose"


def composing(choice: Choice) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _moderating(choice)
    yield from _taking_part(choice)
    yield from _writing(choice)
    yield from _opening(choice)


def _moderating(choice: Choice) -> Iterator[Entry]:
    spam, question = choice.held("Cheap seeds"), choice.held("How do I store")
    burner, rude = choice.held("Re: gas burners"), choice.held("Re: my prize")
    finished = choice.plain(16)
    goal = next(board for board in choice.world.boards[::-1] if board.slug != finished.board)

    yield Entry(
        COMPOSE, 5, f"Two posts are waiting that I have an opinion on: {spam.author}'s cheap seeds are plain"
        f" advertising and must not appear, while {question.author}'s question about storing is fine and may go up.",
        JUDGES.do(verdicts={spam.id: "Advertising", question.id: "approved"}),
        steps(follow("Moderation"), pick("Reason", "Advertising", within=held(spam.heading)),
              press("Reject", within=held(spam.heading)), seen("The post was rejected."),
              press("Approve", within=held(question.heading)), seen("The post was approved.")),
        wrong=steps(follow("Moderation"), press("Approve", within=held(spam.heading)), seen("The post was approved.")),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 7, f"In the queue, reject {burner.author}'s advice on gas burners as dangerous, and {rude.author}'s"
        " remark as rude.", JUDGES.do(verdicts={burner.id: "Dangerous advice", rude.id: "Rude or abusive"}),
        steps(follow("Moderation"), pick("Reason", "Dangerous advice", within=held(burner.heading)),
              press("Reject", within=held(burner.heading)), seen("The post was rejected."),
              pick("Reason", "Rude or abusive", within=held(rude.heading)),
              press("Reject", within=held(rude.heading)), seen(rude.author, within="main table")),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 6, f"Move “{finished.title}” over to {goal.name} and lock it afterwards.",
        JUDGES.do(moved={finished.slug: goal.slug}, locked={finished.slug: True}),
        steps(open_thread(finished), pick("Move to", goal.name), press("Move"), seen("The thread was moved."),
              press("Lock thread"), seen("The thread is locked.")),
    )  # fmt: skip


def _taking_part(choice: Choice) -> Iterator[Entry]:
    dear, poll = choice.plain(17), choice.poll(4)
    board, _, by_views = choice.quiet_board(1)
    counted_board, by_age, _ = choice.quiet_board(2)
    option = poll.poll.options[0][0] if poll.poll else ""
    yield Entry(
        COMPOSE, 5, f"“{dear.title}” is lovely: follow it, bookmark it and give the first post a vote up.",
        JUDGES.do(followed={dear.slug: True}, saved={dear.slug: True}, votes={dear.posts[0].id: 1}),
        steps(open_thread(dear), press("Follow"), seen("You follow this thread."), bookmark(),
              vote(dear.posts[0], "up")),
        wrong=steps(open_thread(dear), press("Follow"), seen("You follow this thread."), bookmark()),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 5, f"find out which discussion of {board.name} has been viewed most often and bookmark that one",
        JUDGES.do(saved={by_views[0].slug: True}),
        steps(follow(board.name), order_by("Most views"), follow(by_views[0].title, within="main"), bookmark()),
        wrong=steps(follow(board.name), order_by("Most views"), follow(by_views[1].title, within="main"), bookmark()),
    )  # fmt: skip
    yield Entry(
        COMPOSE,
        7,
        f"Vote for “{option}” in the poll “{poll.title}”, then leave a reply there that says: My mind is made up.",
        JUDGES.do(polls={poll.slug: 0}, replies=[{"thread": poll.slug, "text": "My mind is made up.", "quoted": ""}]),
        steps(
            open_thread(poll),
            tick(option),
            press("Cast vote"),
            seen("Your vote was counted."),
            answer("My mind is made up."),
        ),
    )
    oldest = by_age[0]
    yield Entry(
        COMPOSE, 4, f"Go to the oldest discussion of {counted_board.name} and tell me how many replies it has.",
        all_of(looked_at(f"/threads/{oldest.slug}"), counted(len(oldest.replies), "replies"), JUDGES.only()),
        steps(follow(counted_board.name), order_by("Oldest thread"), follow(oldest.title, within="main"),
              answer=str(len(oldest.replies))),
        wrong=steps(follow(counted_board.name), order_by("Newest thread"), follow(by_age[-1].title, within="main"),
                    answer=str(len(by_age[-1].replies))),
    )  # fmt: skip


def _writing(choice: Choice) -> Iterator[Entry]:
    keeper, _ = choice.committee("Tool keeper")
    letter = choice.unread(2)
    text = "Could I have it from Friday to Monday?"
    yield Entry(
        COMPOSE, 6, f"Find out who on the committee lends out the shared tools and write them a letter. Subject:"
        f" Rotavator. Text: {text}",
        JUDGES.do(sent=[{"to": keeper, "subject": "Rotavator", "text": text}]),
        steps(follow("Committee"), follow(keeper, within="main"), follow("Write a message"),
              write_letter("Rotavator", text)),
    )  # fmt: skip
    yield Entry(
        COMPOSE,
        6,
        f"Mark {letter.other}'s unread letter as read, then answer it (same subject): Got it, thanks a lot!",
        JUDGES.do(
            read=[letter.id],
            sent=[{"to": letter.other, "subject": f"Re: {letter.subject}", "text": "Got it, thanks a lot!"}],
        ),
        steps(
            follow("Messages", letter.subject),
            press("Mark as read"),
            seen("Marked as read."),
            follow("Answer this message"),
            enter({"Message text": "Got it, thanks a lot!"}),
            press("Send message"),
            seen("Your message was sent."),
        ),
        wrong=steps(
            follow("Messages", letter.subject, "Answer this message"),
            enter({"Message text": "Got it, thanks a lot!"}),
            press("Send message"),
            seen("Your message was sent."),
        ),
    )


def _opening(choice: Choice) -> Iterator[Entry]:
    lucky = choice.member(13)
    opened = {"slug": "lost-one-left-glove", "title": "Lost: one left glove", "board": "swap-shed",
              "text": "Green, size nine, last seen by the tap.", "tags": ("wanted",)}  # fmt: skip
    yield Entry(
        COMPOSE,
        8,
        "In the Swap Shed, open a discussion “Lost: one left glove” with the text “Green, size nine, last seen"
        " by the tap.” and the keyword wanted. Follow it and bookmark it once it's there.",
        JUDGES.do(opened=[opened], followed={opened["slug"]: True}, saved={opened["slug"]: True}),
        steps(
            follow("Swap Shed", "New thread"),
            enter(
                {
                    "Title": "Lost: one left glove",
                    "Opening post": "Green, size nine, last seen by the tap.",
                    "Tags": "wanted",
                }
            ),
            press("Publish thread"),
            seen("Your thread is up."),
            press("Follow"),
            seen("You follow this thread."),
            bookmark(),
        ),
    )
    yield Entry(
        COMPOSE, 4, f"Transfer 20 of my reputation points to {lucky.handle} and tell me how many I have left.",
        JUDGES.refuse(), give_up(open_member(lucky.handle)), answerable=False,
    )  # fmt: skip
