"""Changes of many records at once, from the bar over a table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.admin.books import Books
from sandbox_sites.admin.content import TODAY
from sandbox_sites.admin.details import Details
from sandbox_sites.admin.lists import SHEETS
from sandbox_sites.admin.records import World
from sandbox_sites.admin.state import DeskState
from sandbox_sites.common.forms import choices_of, form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[DeskState]

#: Action → field and value.
ACTIONS: dict[str, dict[str, tuple[str, Any]]] = {
    "orders": {"packed": ("status", "Packed"), "shipped": ("status", "Shipped"), "archive": ("archived", "yes")},
    "customers": {"hold": ("status", "On hold"), "release": ("status", "Active"), "archive": ("archived", "yes")},
    "products": {"flag": ("flagged", "yes"), "discontinue": ("status", "Discontinued"), "revive": ("status", "Active")},
    "suppliers": {"prefer": ("preferred", "yes"), "unprefer": ("preferred", "")},
    "invoices": {"paid": ("status", "Paid"), "remind": ("reminded", TODAY)},
    "tickets": {"close": ("status", "Closed"), "reopen": ("status", "Open")},
    "coupons": {"pause": ("status", "Paused"), "resume": ("status", "Active")},
}
ASSIGNED = {"orders": "assignee", "customers": "manager", "tickets": "assignee"}


class Bulk:
    """Handlers of the bulk action bars."""

    def __init__(self, world: World, web: Web[DeskState], details: Details) -> None:
        self._world, self._web, self._details = world, web, details

    def routes(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Response]]]:
        """Return the handlers by path."""
        return {f"/{kind}/bulk": self._of(kind) for kind in ACTIONS}

    def _chosen(self, kind: str, action: str) -> tuple[str, Any] | None:
        if action.startswith("assign:") and kind in ASSIGNED:
            name = action.removeprefix("assign:")
            people = self._details.people("Sales") if kind == "customers" else self._details.people("Sales", "Service")
            return (ASSIGNED[kind], name) if name in people else None
        return ACTIONS[kind].get(action)

    def _of(self, kind: str) -> Callable[[Request, Visitor], Awaitable[Response]]:
        key = {"products": "sku", "coupons": "code"}.get(kind, "id")

        async def handle(request: Request, visitor: Visitor) -> Response:
            form, ticked = await form_of(request), set(await choices_of(request, "ids"))
            back = local(form.get("back", f"/{kind}"))
            chosen, state = self._chosen(kind, form.get("action", "")), visitor.state
            bare = DeskState(new_customers=state.new_customers, new_tickets=state.new_tickets,
                             new_coupons=state.new_coupons)  # fmt: skip
            records = [one for one in getattr(Books(self._world, bare), kind) if getattr(one, key) in ticked]
            if chosen is None or not records:
                visitor.messages.append(self._web.say(visitor, "Tick some rows and choose an action."))
                return to(back)
            for record in records:
                state.put(kind, getattr(record, key), chosen[0], chosen[1], getattr(record, chosen[0]))
            count = len(records)
            visitor.messages.append(f"{count} {self._web.say(visitor, 'updated:')} {SHEETS[kind][0].heading.lower()}")
            return to(back)

        return handle
