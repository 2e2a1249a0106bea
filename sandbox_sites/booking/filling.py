"""Tasks that fill in a form."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.booking.judges import JUDGES
from sandbox_sites.booking.papers import PAST
from sandbox_sites.booking.ways import open_trip
from sandbox_sites.booking.world import World
from sandbox_sites.common.hand import (
    Steps,
    choose,
    click,
    enter,
    enter_at,
    follow,
    give_up,
    press,
    seen,
    steps,
    tick,
)
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Entry

FILL = "fill"


def filling(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _account(world)
    yield from _letters(world)
    yield from _long(world)


def _account(world: World) -> Iterator[Entry]:
    code, other = list(world.codes)

    def phone(number: str) -> tuple[Steps, ...]:
        return follow("My account", "Profile"), enter({"Telephone": number}), press("Save details")

    yield Entry(
        FILL, 4, "I have a new mobile: +44 20 5551 4471. Please keep that in my personal data instead of the old one.",
        all_of(JUDGES.only(profile={"phone": "+44 20 5551 4471"}), silent),
        steps(*phone("+44 20 5551 4471"), seen("Your details were saved.")),
        wrong=steps(*phone("+44 20 5551 4417"), seen("Your details were saved.")),
    )  # fmt: skip
    yield Entry(
        FILL, 5, "we've moved! my account should say 14 Kiln Terrace, in Whitby now",
        all_of(JUDGES.only(profile={"street": "14 Kiln Terrace", "city": "Whitby"}), silent),
        steps(follow("My account", "Profile"), enter({"Street": "14 Kiln Terrace", "City": "Whitby"}),
              press("Save details"), seen("Your details were saved.")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, f"I was given a voucher for my birthday, it reads {code}. Could you put it into my account?",
        all_of(JUDGES.only(codes=[code]), silent),
        steps(follow("My account", "Vouchers"), enter({"Voucher code": code}), press("Redeem code"),
              seen("the voucher was added.")),
        wrong=steps(follow("My account", "Vouchers"), enter({"Voucher code": other}), press("Redeem code"),
                    seen("the voucher was added.")),
    )  # fmt: skip
    yield Entry(
        FILL, 3, 'Begin a new collection of houses called "Winter reading".',
        all_of(JUDGES.only(lists={"winter-reading": []}, list_names={"winter-reading": "Winter reading"}), silent),
        steps(follow("Wish lists"), enter({"Name of the new list": "Winter reading"}), press("Create list"),
              seen("The wish list was created.")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, "Put my passport number, 5520 8841, into its field in my profile.", JUDGES.refuse(),
        give_up(follow("My account", "Profile")), answerable=False,
    )  # fmt: skip


def _letters(world: World) -> Iterator[Entry]:
    trip, host = world.bookings[PAST + 1], world.hosts[2]
    text = "We arrive with two bicycles."
    yield Entry(
        FILL, 5, f"Let the people of my reservation {trip.number} know, in these words: {text}",
        all_of(JUDGES.only(letters=[(trip.number, text)]), silent),
        steps(open_trip(trip), _write_host(world, trip.stay, text), press("Send message"),
              seen("Your message is on its way.")),
        wrong=steps(open_trip(trip), _write_host(world, trip.stay, text)),
    )  # fmt: skip
    yield Entry(
        FILL, 4, f'Ask {host.name} this for me: "Do you lend out wellingtons?"',
        all_of(JUDGES.only(letters=[(host.slug, "Do you lend out wellingtons?")]), silent),
        steps(follow("Hosts", host.name), enter_at("Your message", "Do you lend out wellingtons?"),
              press("Send message"), seen("Your message is on its way.")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, 'Send Tidehouse itself a question. Subject: Prams. Text: "Is the coast path fit for prams?"',
        all_of(JUDGES.only(enquiries=[{"subject": "Prams", "text": "Is the coast path fit for prams?"}]), silent),
        steps(follow("Write to us"), enter({"Subject": "Prams", "Your question": "Is the coast path fit for prams?"}),
              press("Send question"), seen("We have your question and will answer soon.")),
    )  # fmt: skip


def _write_host(world: World, slug: str, text: str) -> Steps:
    stay = world.stay(slug)
    host = world.host(stay.host) if stay else None
    return enter({f"Message to {host.name if host else ''}": text})


def _long(world: World) -> Iterator[Entry]:
    trip = world.bookings[PAST - 2]
    stay = world.stay(trip.stay)
    gift = {
        "value": "50", "design": "Lighthouse", "to": "Runa Holm", "email": "runa@holm.example", "sender": "Bo",
        "text": "",
    }  # fmt: skip
    fields = enter({"Who is it for?": "Runa Holm", "Their e-mail": "runa@holm.example", "From": "Bo"})
    gulls = {**gift, "value": "100", "design": "Gulls", "to": "Uncle Per", "email": "per@lund.example",
             "sender": "All of us"}  # fmt: skip
    opinion = {"stay": trip.stay, "title": "Calm week", "stars": "4", "text": "Good beds and kind hosts."}
    review = (
        click("tab", "Past"), follow(trip.number, "Write a review"), tick("4 stars"),
        enter({"Title": "Calm week", "Your review": opinion["text"]}),
    )  # fmt: skip
    yield Entry(
        FILL, 6, "Get a 50 euro present for Runa Holm (runa@holm.example), it comes from Bo. The picture does not"
        " matter, so leave the one that is set, and no words.",
        all_of(JUDGES.only(gifts=[gift]), silent),
        steps(follow("Gift cards"), tick("€50"), fields, press("Order gift card"), seen("The gift card was ordered.")),
        wrong=steps(follow("Gift cards"), tick("€75"), fields, press("Order gift card"),
                    seen("The gift card was ordered.")),
    )  # fmt: skip
    yield Entry(
        FILL, 7, "gift card w/ gulls on it, 100€, to Uncle Per per@lund.example, signed All of us, no text",
        all_of(JUDGES.only(gifts=[gulls]), silent),
        steps(follow("Gift cards"), tick("€100"), choose("Picture", "Gulls"),
              enter({"Who is it for?": "Uncle Per", "Their e-mail": "per@lund.example", "From": "All of us"}),
              press("Order gift card"), seen("The gift card was ordered.")),
    )  # fmt: skip
    yield Entry(
        FILL, 7, f"I was at {stay.name if stay else ''} once. Give it four stars, headline “Calm week”, and write:"
        f" {opinion['text']}",
        all_of(JUDGES.only(opinions=[opinion]), silent),
        steps(*review, press("Publish review"), seen("Thank you: your review is online.")),
        wrong=steps(*review), start="/account/trips",
    )  # fmt: skip
