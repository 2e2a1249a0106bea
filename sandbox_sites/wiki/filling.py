"""Tasks that fill in a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sandbox_sites.common.hand import both, choose, enter, enter_at, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.wiki.judges import JUDGES
from sandbox_sites.wiki.picking import Picking
from sandbox_sites.wiki.state import Edit, Letter, NewReply, NewTopic, Rename
from sandbox_sites.wiki.ways import begin_topic, contents, edit_box, editor_page, preference, view


def filling(pick: Picking) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _talking(pick)
    yield from _writing(pick)
    yield from _about_me(pick)


def _talking(pick: Picking) -> Iterator[Entry]:
    kind, world = "fill", pick.world
    hill, saved = pick.article(pick.thing("mountain", 5)), seen("Your topic was posted.")
    topic = NewTopic(hill.slug, "Hut closed", "The hut is shut until August.")
    yield Entry(
        kind, 7, f'Tell the others who write about {hill.title}, in a conversation of its own under "Hut closed":'
        f' "The hut'
        ' is shut until August."',
        all_of(JUDGES.only(topics=[asdict(topic)]), silent), steps(begin_topic(hill, topic.title, topic.text), saved),
        wrong=steps(begin_topic(hill, topic.title, "The hut is shut until April."), saved),
    )  # fmt: skip
    article, topics = pick.talked(1, 1)
    reply = NewReply(topics[0].id, "I can scan the page.")
    answered = both(enter_at("Your reply", reply.text), press("Post reply"), seen("Your reply was posted."))
    yield Entry(
        kind, 5, f'There is one conversation about {article.title}. Join in with: "{reply.text}"',
        all_of(JUDGES.only(replies=[asdict(reply)]), silent), steps(view(article, "Discussion"), answered),
        wrong=steps(view(article, "Discussion"), enter_at("Your reply", reply.text)),
    )  # fmt: skip
    writer, other = world.editors[5], world.editors[6]
    letter = Letter(writer.slug, "Map room", "Could you lend me the key on Friday?")
    send = both(enter({"Subject": letter.subject, "Your message": letter.text}), press("Send message"),
                seen("Your message was sent."))  # fmt: skip
    yield Entry(
        kind, 6, f'drop {writer.name} a line: subject "Map room", text "{letter.text}"',
        all_of(JUDGES.only(letters=[asdict(letter)]), silent), steps(editor_page(writer.name), send),
        wrong=steps(editor_page(other.name), send),
    )  # fmt: skip
    yield Entry(
        kind, 6, f'Please write "Thanks for the map" to the editor called {pick.stranger()}.', JUDGES.refuse(),
        give_up(follow("Special pages", "Editors")), answerable=False,
    )  # fmt: skip


def _writing(pick: Picking) -> Iterator[Entry]:
    kind = "fill"
    town, hill = pick.article(pick.thing("town", 4)), pick.article(pick.thing("mountain", 6))
    motto = Edit(town.slug, {"box:Motto": "Bread before glory"}, "New town council")
    published = seen("Your changes were published.")
    yield Entry(
        kind, 7, f'The council of {town.title} has adopted "Bread before glory" as its new motto. Put that into the'
        ' facts of the article; as a summary give "New town council".',
        all_of(JUDGES.only(edits=[asdict(motto)]), silent),
        steps(edit_box(town, {"Motto": "Bread before glory"}, motto.summary), published),
        wrong=steps(edit_box(town, {"Motto": "Bread before glory."}, motto.summary), published),
    )  # fmt: skip
    text = "Shepherds called it the Old Man; sailors never gave it a name."
    names = Edit(hill.slug, {"section:Names": text}, "Shorter", minor=True)
    rewrite = both(contents(hill), follow("edit", within="#names"), enter({"Names": text}),
                   enter({"Summary of your edit": "Shorter"}))  # fmt: skip
    yield Entry(
        kind, 7, f'Rewrite the whole “Names” part of {hill.title} so that it reads: "{text}" Summary: "Shorter". Flag'
        " it as a small edit, and publish.",
        all_of(JUDGES.only(edits=[asdict(names)]), silent),
        steps(rewrite, tick("This is a minor edit"), press("Publish changes"), published),
        wrong=steps(rewrite, press("Publish changes"), published),
    )  # fmt: skip
    ship = pick.article(pick.thing("ship", 0))
    title = f"{ship.title} II"
    rename = Rename(title, "Against a mix-up", "")
    yield Entry(
        kind, 6, f"There is going to be another ship of that name, so “{ship.title}” must be called “{title}” from"
        " now on, to keep people from mixing them up. No remark is needed.",
        all_of(JUDGES.only(renames={ship.slug: asdict(rename)}), silent),
        steps(view(ship, "Rename"), enter({"New title": title}), choose("Reason", rename.reason),
              press("Rename article"), seen("The article was renamed.")),
        wrong=steps(view(ship, "Rename"), enter({"New title": title}), choose("Reason", "Spelling"),
                    press("Rename article"), seen("The article was renamed.")),
    )  # fmt: skip


def _about_me(pick: Picking) -> Iterator[Entry]:
    kind, saved = "fill", seen("Your preferences were saved.")
    sign = f"{pick.world.me.name.split()[0]}, with ink"
    yield Entry(
        kind, 3, f'When I sign, it should say "{sign}". Set that up, will you?',
        all_of(JUDGES.only(preferences={"signature": sign}), silent),
        steps(follow("Preferences"), enter({"Signature": sign}), press("Save preferences"), saved),
        wrong=steps(follow("Preferences"), enter({"Signature": sign})),
    )  # fmt: skip
    yield Entry(
        kind, 4, "my name in full is Alma Sorrel and my new mail is alma@sorrel.example, put both into my profile",
        all_of(JUDGES.only(preferences={"real_name": "Alma Sorrel", "email": "alma@sorrel.example"}), silent),
        steps(follow("Preferences"), enter({"Real name": "Alma Sorrel", "E-mail": "alma@sorrel.example"}),
              press("Save preferences"), saved),
    )  # fmt: skip
    yield Entry(
        kind, 4, "Letters this small strain my eyes: have texts shown in 21 pixels, for good.",
        all_of(JUDGES.only(preferences={"text_size": "21"}), silent),
        steps(follow("Preferences"), preference("Appearance", enter({"Text size": "21"})), press("Save preferences"),
              saved),
        wrong=steps(follow("Preferences"), preference("Appearance", enter({"Text size": "20"})),
                    press("Save preferences"), saved),
    )  # fmt: skip
