"""What one visitor has changed; everything else is the world's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox_sites.booking.world import Booking, Voucher, World

PREFERENCES = {"currency": "EUR", "newsletter": "off", "reminders": "on"}


@dataclass(slots=True)
class BookingState:
    """Overlays over the world. ``lapsed``: the session ran out, which is nobody's wish."""

    signed_in: bool = True
    lapsed: bool = False
    draft: dict[str, str] = field(default_factory=dict)  # a reservation that is being made
    draft_extras: list[str] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    cancelled: dict[str, str] = field(default_factory=dict)  # booking number → reason
    party: dict[str, int] = field(default_factory=dict)  # booking number → guests
    letters: list[tuple[str, str]] = field(default_factory=list)  # (booking number or host, text)
    lists: dict[str, list[str]] = field(default_factory=dict)  # wish lists that differ from the world's
    list_names: dict[str, str] = field(default_factory=dict)  # new wish lists
    opinions: list[dict[str, str]] = field(default_factory=list)
    profile: dict[str, str] = field(default_factory=dict)  # what differs from the world's
    preferences: dict[str, str] = field(default_factory=dict)  # what differs from the usual ones
    codes: list[str] = field(default_factory=list)  # redeemed
    gifts: list[dict[str, str]] = field(default_factory=list)
    signups: list[dict[str, str]] = field(default_factory=list)
    waiting: list[dict[str, str]] = field(default_factory=list)
    enquiries: list[dict[str, str]] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether the guest is signed in."""
        return self.signed_in and not self.lapsed

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return asdict(self)

    def trips(self, world: World) -> list[Booking]:
        """All reservations, cancelled ones too."""
        return [*world.bookings, *self.bookings]

    def guests(self, trip: Booking) -> int:
        """How many come."""
        return self.party.get(trip.number, trip.guests)

    def wish_lists(self, world: World) -> dict[str, list[str]]:
        """All wish lists by slug."""
        return {**{name: list(stays) for name, stays in world.lists.items()}, **self.lists}

    def put_list(self, world: World, name: str, stays: list[str]) -> None:
        """Change a wish list; one that is as it was is no change."""
        if list(world.lists.get(name, ())) == stays and name in world.lists:
            self.lists.pop(name, None)
        else:
            self.lists[name] = stays

    def names(self, world: World) -> dict[str, str]:
        """Return the wish lists' names by slug."""
        return {**world.list_names, **self.list_names}

    def vouchers(self, world: World) -> list[Voucher]:
        """All vouchers of the guest."""
        spent = {trip.code for trip in self.bookings if trip.number not in self.cancelled and trip.code}
        new = [Voucher(code, world.codes[code], "2032-05-31", "Open") for code in self.codes]
        return [Voucher(v.code, v.worth, v.until, "Used") if v.code in spent else v for v in [*world.vouchers, *new]]


def changed(usual: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Return what differs."""
    return {name: value for name, value in now.items() if usual.get(name) != value}
