"""What one visitor has changed; everything else is the seed's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Overlay = dict[str, dict[str, Any]]  # record → field → value

IN, OUT, EXPIRED = "in", "out", "expired"


@dataclass(slots=True)
class DeskState:
    """Overlays over the seed. A value that is the seed's again leaves the overlay."""

    session: str = IN
    customers: Overlay = field(default_factory=dict)
    orders: Overlay = field(default_factory=dict)
    products: Overlay = field(default_factory=dict)
    suppliers: Overlay = field(default_factory=dict)
    invoices: Overlay = field(default_factory=dict)
    employees: Overlay = field(default_factory=dict)
    tickets: Overlay = field(default_factory=dict)
    coupons: Overlay = field(default_factory=dict)
    new_customers: list[dict[str, Any]] = field(default_factory=list)
    new_tickets: list[dict[str, Any]] = field(default_factory=list)
    new_coupons: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)  # path of a record → texts, newest first
    refunds: list[dict[str, Any]] = field(default_factory=list)
    transfers: list[dict[str, Any]] = field(default_factory=list)
    returns: dict[str, str] = field(default_factory=dict)  # return → Approved or Declined
    pinned: list[str] = field(default_factory=list)  # customers
    company: dict[str, str] = field(default_factory=dict)
    taxes: dict[str, str] = field(default_factory=dict)
    shipping: Overlay = field(default_factory=dict)
    notices: dict[str, bool] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # name → scope, or "revoked"
    profile: dict[str, str] = field(default_factory=dict)

    def put(self, kind: str, record: str, name: str, value: Any, seeded: Any) -> None:
        """Set a field of a record."""
        overlay: Overlay = getattr(self, kind)
        fields = overlay.setdefault(record, {})
        if value == seeded:
            fields.pop(name, None)
        else:
            fields[name] = value
        if not fields:
            del overlay[record]

    def expire(self) -> None:
        """Sign the visitor out."""
        if self.session == IN:
            self.session = EXPIRED

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return asdict(self)


def set_or_drop(values: dict[str, Any], name: str, value: Any, seeded: Any) -> None:
    """Set a value that overlays a seeded one."""
    if value == seeded:
        values.pop(name, None)
    else:
        values[name] = value
