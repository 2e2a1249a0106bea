"""Tasks that fill in a form."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import enter, follow, give_up, press, seen, steps
from sandbox_sites.common.site import Entry
from sandbox_sites.forum.choosing import Choice
from sandbox_sites.forum.judges import JUDGES
from sandbox_sites.forum.ways import answer, open_member, open_thread, pick, quote, write_letter

FILL = "fill"


def filling(choice: Choice) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _posts(choice)
    yield from _threads()
    yield from _letters(choice)
    yield from _profile()


def _posts(choice: Choice) -> Iterator[Entry]:
    asked, cited, (thread, post) = choice.plain(7), choice.plain(8), choice.my_reply(1)
    text = "Try coffee grounds, it worked for my aunt."
    yield Entry(
        FILL,
        5,
        f"Answer in “{asked.title}”, word for word: {text}",
        JUDGES.do(replies=[{"thread": asked.slug, "text": text, "quoted": ""}]),
        steps(open_thread(asked), answer(text)),
        wrong=steps(open_thread(asked), answer(text.replace("aunt", "uncle"))),
    )
    yield Entry(
        FILL, 5, f"quote the opening post of “{cited.title}” and write below it: I could not agree more",
        JUDGES.do(replies=[{"thread": cited.slug, "text": "I could not agree more", "quoted": cited.posts[0].id}]),
        steps(open_thread(cited), quote(cited.posts[0]), enter({"Your reply": "I could not agree more"}),
              press("Post reply"), seen("Your reply is up.")),
        wrong=steps(open_thread(cited), answer("I could not agree more")),
    )  # fmt: skip
    better = "I was wrong about this, please ignore me."
    yield Entry(
        FILL,
        5,
        f"Please replace what I wrote under “{thread.title}” by: “{better}”",
        JUDGES.do(edits={post.id: better}),
        steps(
            open_thread(thread),
            follow("Edit", within="main"),
            enter({"Your reply": better}),
            press("Save changes"),
            seen("The post was changed."),
        ),
        wrong=steps(open_thread(thread), follow("Edit", within="main"), enter({"Your reply": better})),
    )


def _threads() -> Iterator[Entry]:
    opened = {"slug": "hinges-for-a-cold-frame", "title": "Hinges for a cold frame", "board": "print-cut",
              "text": "Has anybody printed some that last?", "tags": ("printing", "polytunnel")}  # fmt: skip
    fields = {"Title": "Hinges for a cold frame", "Opening post": "Has anybody printed some that last?"}
    yield Entry(
        FILL,
        7,
        "Start a discussion on the board for printers and lasers. Call it “Hinges for a cold frame”, write “Has"
        " anybody printed some that last?” and give it the keywords printing and polytunnel, in this order.",
        JUDGES.do(opened=[opened]),
        steps(
            follow("New thread"),
            enter(fields),
            pick("Board", "Print & Cut"),
            enter({"Tags": "printing polytunnel"}),
            press("Publish thread"),
            seen("Your thread is up."),
        ),
        wrong=steps(
            follow("New thread"),
            enter(fields),
            pick("Board", "Sparks & Sensors"),
            enter({"Tags": "printing polytunnel"}),
            press("Publish thread"),
            seen("Your thread is up."),
        ),
    )


def _letters(choice: Choice) -> Iterator[Entry]:
    friend, offer = choice.member(11), choice.letter("Sensor kit")
    yield Entry(
        FILL, 6, f"Write privately to {friend.handle}. Subject: Scythe course. Text: Shall we share a car on Sunday?",
        JUDGES.do(sent=[{"to": friend.handle, "subject": "Scythe course", "text": "Shall we share a car on Sunday?"}]),
        steps(open_member(friend.handle), follow("Write a message"),
              write_letter("Scythe course", "Shall we share a car on Sunday?")),
    )  # fmt: skip
    yield Entry(
        FILL,
        5,
        f"{offer.other} wrote to me about the sensor kits. Answer that letter, leave the subject as it comes,"
        " and say: I take two of them, thank you.",
        JUDGES.do(
            sent=[{"to": offer.other, "subject": f"Re: {offer.subject}", "text": "I take two of them, thank you."}]
        ),
        steps(
            follow("Messages", offer.subject, "Answer this message"),
            enter({"Message text": "I take two of them, thank you."}),
            press("Send message"),
            seen("Your message was sent."),
        ),
    )


def _profile() -> Iterator[Entry]:
    yield Entry(
        FILL, 3, "I've moved to Aberystwyth - correct that for me in what others can read about me",
        JUDGES.do(profile={"town": "Aberystwyth"}),
        steps(follow("Settings"), enter({"Home town": "Aberystwyth"}), press("Save profile"),
              seen("Your profile was saved.")),
        wrong=steps(follow("Settings"), enter({"Home town": "Aberystwith"}), press("Save profile"),
                    seen("Your profile was saved.")),
    )  # fmt: skip
    yield Entry(
        FILL, 3, "Make “Dig first, ask later” the line that appears under my posts.",
        JUDGES.do(profile={"signature": "Dig first, ask later"}),
        steps(follow("Settings"), enter({"Signature": "Dig first, ask later"}), press("Save profile"),
              seen("Your profile was saved.")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, "new plot, new love: i have number 101 now, and the implement i like best is the wheel hoe. update me"
        " accordingly", JUDGES.do(profile={"tool": "wheel hoe", "plot": "101"}),
        steps(follow("Settings"), enter({"Plot number": "101", "Favourite tool": "wheel hoe"}), press("Save profile"),
              seen("Your profile was saved.")),
    )  # fmt: skip
    yield Entry(
        FILL, 3, "Enter 01632 960477 as my mobile number in my profile.", JUDGES.refuse(), give_up(follow("Settings")),
        answerable=False,
    )  # fmt: skip
