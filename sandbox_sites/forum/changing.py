"""Tasks that change something by buttons, switches and choices."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import both, follow, give_up, press, seen, steps, tick, untick
from sandbox_sites.common.site import Entry
from sandbox_sites.forum.choosing import Choice
from sandbox_sites.forum.judges import JUDGES
from sandbox_sites.forum.ways import bookmark, held, open_member, open_thread, pick, show_tab, sign_out, vote

CHANGE = "change"


def changing(choice: Choice) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _votes(choice)
    yield from _lists(choice)
    yield from _moderating(choice)
    yield from _mine(choice)


def _votes(choice: Choice) -> Iterator[Entry]:
    liked, disliked, poll = choice.plain(9), choice.plain(10), choice.poll(3)
    bad = choice.single_reply(disliked)
    near = next(post for post in disliked.replies if post is not bad)
    option = poll.poll.options[2][0] if poll.poll else ""
    yield Entry(
        CHANGE, 3, f"I like how “{liked.title}” begins: vote its opening post up.",
        JUDGES.do(votes={liked.posts[0].id: 1}), steps(open_thread(liked), vote(liked.posts[0], "up")),
        wrong=steps(open_thread(liked), vote(liked.replies[0], "up")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"what {bad.author} answered under “{disliked.title}” is rubbish, vote it down",
        JUDGES.do(votes={bad.id: -1}), steps(open_thread(disliked), vote(bad, "down")),
        wrong=steps(open_thread(disliked), vote(near, "down")),
    )  # fmt: skip
    yield Entry(
        CHANGE,
        4,
        f"Take part in the survey “{poll.title}” - my choice is “{option}”.",
        JUDGES.do(polls={poll.slug: 2}),
        steps(open_thread(poll), tick(option), press("Cast vote"), seen("Your vote was counted.")),
        wrong=steps(open_thread(poll), tick(option)),
    )


def _lists(choice: Choice) -> Iterator[Entry]:
    new, old, kept = choice.plain(11), choice.followed(), choice.plain(12)
    noisy, silenced = choice.member(12), choice.world.muted[0]
    yield Entry(
        CHANGE, 3, f"Keep me posted about “{new.title}”, I want to follow that discussion.",
        JUDGES.do(followed={new.slug: True}),
        steps(open_thread(new), press("Follow"), seen("You follow this thread.")),
        wrong=steps(open_thread(new), bookmark()),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"I'm fed up with “{old.title}”; take me off its followers",
        JUDGES.do(followed={old.slug: False}),
        steps(follow("Following"), follow(old.title, within="main"), press("Unfollow"),
              seen("You no longer follow this thread.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"bookmark “{kept.title}” pls", JUDGES.do(saved={kept.slug: True}),
        steps(open_thread(kept), bookmark()),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"I can't stand reading {noisy.handle} any longer. Mute them, would you?",
        JUDGES.do(muted={noisy.handle: True}),
        steps(open_member(noisy.handle), press("Mute"), seen("You have muted this member.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"{silenced} and I have made up, so I'd like to see their posts again.",
        JUDGES.do(muted={silenced: False}),
        steps(follow("Settings"), show_tab("Muted members"), press("Unmute"), seen("This member is no longer muted.")),
    )  # fmt: skip


def _moderating(choice: Choice) -> Iterator[Entry]:
    hello, ball = choice.held("Hello from"), choice.held("Which football")
    heated, lost, shiny = choice.plain(13), choice.plain(14), choice.plain(15)
    goal = next(board for board in choice.world.boards if board.slug not in (lost.board, "committee-hut"))
    yield Entry(
        CHANGE, 2, f"With your moderator's hat on, let {hello.author}'s first post through.",
        JUDGES.do(verdicts={hello.id: "approved"}),
        steps(follow("Moderation"), press("Approve", within=held(hello.heading)), seen("The post was approved.")),
        wrong=steps(follow("Moderation"), press("Approve", within=held(ball.heading)), seen("The post was approved.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 4, "The held post about football has nothing to do with us. Turn it down as off topic.",
        JUDGES.do(verdicts={ball.id: "Off topic"}),
        steps(follow("Moderation"), pick("Reason", "Off topic", within=held(ball.heading)),
              press("Reject", within=held(ball.heading)), seen("The post was rejected.")),
        wrong=steps(follow("Moderation"), pick("Reason", "Advertising", within=held(ball.heading)),
                    press("Reject", within=held(ball.heading)), seen("The post was rejected.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"“{heated.title}” has run its course. Lock it so that nobody can answer any more.",
        JUDGES.do(locked={heated.slug: True}),
        steps(open_thread(heated), press("Lock thread"), seen("The thread is locked.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 5, f"“{lost.title}” is on the wrong board, it belongs to {goal.name}. Put it there.",
        JUDGES.do(moved={lost.slug: goal.slug}),
        steps(open_thread(lost), pick("Move to", goal.name), press("Move"), seen("The thread was moved.")),
        wrong=steps(open_thread(lost), pick("Move to", goal.name)),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"Pin “{shiny.title}” so that it stays on top of its board.", JUDGES.refuse(),
        give_up(open_thread(shiny)), answerable=False,
    )  # fmt: skip


def _mine(choice: Choice) -> Iterator[Entry]:
    letter, (thread, post) = choice.unread(0), choice.my_reply(2)
    save = both(press("Save notifications"), seen("Your notifications were saved."))
    yield Entry(
        CHANGE, 5, "No more Friday digest for me, but I do want a sound to be played from now on. Change my alerts"
        " like that.", JUDGES.do(switches={"digest": False, "sound": True}),
        steps(follow("Settings"), show_tab("Notifications"), untick("A digest by mail every Friday"),
              tick("Play a sound"), save),
        wrong=steps(follow("Settings"), show_tab("Notifications"), untick("A digest by mail every Friday"), save),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"mark the letter “{letter.subject}” as read", JUDGES.do(read=[letter.id]),
        steps(follow("Messages", letter.subject), press("Mark as read"), seen("Marked as read.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 4, f"I regret what I said in “{thread.title}”. Get rid of my answer there for good.",
        JUDGES.do(deleted=[post.id]),
        steps(open_thread(thread), press("Delete", within=f"#{post.id}"), press("Delete it"),
              seen("The post was deleted.")),
        wrong=steps(open_thread(thread), press("Delete", within=f"#{post.id}"), press("Keep it")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 2, "this is a shared computer and I'm done here, so log me out", JUDGES.do(signed_in=False),
        steps(sign_out()),
    )  # fmt: skip
