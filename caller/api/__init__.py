"""HTTP under /api/v1: thin over Actions; the OpenAPI document is generated from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint
from flask import Response, g, request

from caller.api import bookings, days, devices, hall, kiosks, persons, printers, slips, tickets, ways, windows, zones
from caller.asked import good_key
from caller.problems import BAD_KEY, problem
from caller.tokens import VISITOR

if TYPE_CHECKING:
    from caller.hub import Hub


def api(hub: Hub) -> APIBlueprint:
    """The calls of DESIGN §3, over a hub."""
    calls = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="hall")

    @calls.before_request
    def who_asks() -> Response | None:
        given = request.headers.get("Authorization", "")
        g.who = VISITOR
        if given:
            scheme, _, token = given.partition(" ")
            who = hub.tokens.read(token.strip()) if scheme.lower() == "bearer" else None
            if who is None:
                return problem(401, "bad_token", "令牌无效，请重新登录", "This token is not valid")
            g.who = who
        changes = request.method not in ("GET", "HEAD", "OPTIONS")  # a look is asked again as often as one likes
        key = request.headers.get("Idempotency-Key", "") if changes else ""
        if not good_key(key):
            return problem(*BAD_KEY)
        g.key = key
        return None

    for part in (hall, zones, tickets, bookings, kiosks, printers, windows, persons, days, devices, slips, ways):
        part.add(calls, hub)
    return calls
