"""HTTP under /api/v1: thin over Actions; the OpenAPI document is generated from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import Response, g, request
from pypinyin import Style, lazy_pinyin

from caller import api_schema as told
from caller.actions import WINDOW_ACTIONS, CannotPrint, NotAllowed
from caller.asked import Asked, Back, Nothing, Rate, Take, good_key
from caller.dispatcher import NotKept
from caller.journal import Answer
from caller.problems import BAD_KEY, cannot_print, problem, problem_body, problem_of, problem_response
from caller.tokens import VISITOR, Who
from hall import telling

if TYPE_CHECKING:
    from caller.hub import Hub

STAFF_CALLS_KEPT = 200
PROBLEMS = {
    status: {"description": text}
    for status, text in (
        (401, "No token"),
        (403, "The token may not"),
        (404, "Does not exist"),
        (409, "The rules refuse; nothing has changed"),
        (413, "Too large"),
        (422, "Malformed"),
        (503, "The journal could not keep it; nothing has happened"),
    )
}
for _it in PROBLEMS.values():
    _it["content"] = {"application/problem+json": {"schema": told.Problem.model_json_schema()}}


def _problems(*statuses: int) -> dict[int, Any]:
    return {status: PROBLEMS[status] for status in statuses}


def api(hub: Hub) -> APIBlueprint:
    """The calls of DESIGN §3, over a hub."""
    calls = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="hall")
    staff_called: dict[tuple[str, str], str] = {}  # no event of the hall: remembered for as long as the hub runs
    initials = {s.id: "".join(lazy_pinyin(s.name, style=Style.FIRST_LETTER)).lower() for s in hub.plan.services}

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
        key = request.headers.get("Idempotency-Key", "")
        if not good_key(key):
            return problem(*BAD_KEY)
        g.key = key
        return None

    @calls.get("/services")
    @calls.output(list[told.ServiceTold])
    @calls.doc(responses=_problems(401, 503))
    def services() -> Any:
        """All services, in the plan's order."""
        with hub.dispatcher.reading() as state:
            return _json([telling.service(state, it.id, initials[it.id]) for it in hub.plan.services])

    @calls.get("/zones")
    @calls.output(list[told.ZoneTold])
    @calls.doc(responses=_problems(401, 503))
    def zones() -> Any:
        """All zones."""
        with hub.dispatcher.reading() as state:
            return _json(
                [
                    {
                        **telling.zone(hub.plan, zone.id),
                        "waiting": telling.waiting_in(state, zone.id),
                        "windows": telling.windows_of_zone(hub.plan, zone.id),
                    }
                    for zone in hub.plan.zones
                ]
            )

    @calls.get("/windows")
    @calls.output(list[told.WindowTold])
    @calls.doc(responses=_problems(401, 503))
    def windows() -> Any:
        """All windows as they stand."""
        with hub.dispatcher.reading() as state:
            return _json([telling.window(state, w.id, hub.dispatcher.seq) for w in hub.plan.windows])

    @calls.get("/kiosks")
    @calls.output(list[told.KioskTold])
    @calls.doc(responses=_problems(401))
    def kiosks() -> Any:
        """All kiosks, and how their printers are."""
        return _json(
            [
                {"id": k.id, "name": k.name, "floor": k.floor, "printer": hub.printer_state(k.id) or "none"}
                for k in hub.plan.kiosks
            ]
        )

    @calls.post("/tickets")
    @calls.input(Take, arg_name="asked")
    @calls.output(told.TicketTaken, status_code=201)
    @calls.doc(responses=_problems(401, 403, 404, 409, 413, 422, 503))
    def take(asked: Take) -> Any:
        """Take a number; with `kiosk` it is printed there: refused, no number burnt, when its printer is not ready."""
        try:
            return _answer(hub.actions.take(asked, g.who, g.key))
        except CannotPrint as cannot:
            return cannot_print(cannot.state)

    @calls.get("/tickets/<number>")
    @calls.output(told.TicketHistory)
    @calls.doc(responses=_problems(401, 404, 503))
    def ticket(number: str) -> Any:
        """The ticket of today, with its history. Actors and words are for staff."""
        number = number.upper()
        with hub.dispatcher.reading() as state:
            if number not in state.tickets:
                return problem(404, "unknown_ticket", f"今天没有 {number} 这个号", f"There is no ticket {number} today")
            body = telling.ticket_with_history(state, number)
        if g.who == VISITOR:
            body["history"] = [{k: v for k, v in entry.items() if k != "actor"} for entry in body["history"]]
            body["grade"] = None
        return _json(body)

    @calls.post("/tickets/<number>/return")
    @calls.input(Back, arg_name="asked")
    @calls.output(told.TicketBack)
    @calls.doc(responses=_problems(401, 403, 404, 409, 413, 422, 503))
    def come_back(number: str, asked: Back) -> Any:
        """The visitor missed the call and is back: called after the next few of the queue."""
        return _answer(hub.actions.come_back(number, asked, g.who, g.key))

    @calls.post("/ratings")
    @calls.input(Rate, arg_name="asked")
    @calls.output(told.RatingTold, status_code=201)
    @calls.doc(responses=_problems(401, 403, 404, 409, 413, 422, 503))
    def rate(asked: Rate) -> Any:
        """Rate a visit, once. By the ticket's token, or its number with check digits, or while the pad asks."""
        return _answer(hub.actions.rate(asked, g.who, g.key))

    @calls.post("/kiosks/<kiosk>/staff")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.StaffCalled)
    @calls.doc(responses=_problems(401, 404, 413, 422))
    def staff(kiosk: str, asked: Nothing) -> Any:
        """呼叫工作人员: somebody is wanted at the kiosk."""
        if kiosk not in hub.plan.kiosk:
            return problem(404, "unknown_kiosk", f"没有 {kiosk} 号取号机", f"There is no kiosk {kiosk}")
        again = staff_called.get((kiosk, g.key)) if g.key else None
        at = again or hub.call_staff(kiosk)
        staff_called[kiosk, g.key] = at
        for old in list(staff_called)[:-STAFF_CALLS_KEPT]:
            del staff_called[old]
        return _json({"kiosk": kiosk, "at": at})

    @calls.get("/health")
    @calls.output(told.Health)
    @calls.doc(responses=_problems(401))
    def health() -> Any:
        """The hub, its journal, the agents, the devices."""
        return _json(hub.health())

    for name, action in WINDOW_ACTIONS.items():
        _add_window_call(calls, hub, name, action.body, action.summary)
    return calls


def _add_window_call(calls: APIBlueprint, hub: Hub, name: str, body: type[Asked], summary: str) -> None:
    def call(window: str, asked: Asked) -> Any:
        who: Who = g.who
        return _answer(hub.actions.at_window(name, window, asked, who, g.key))

    call.__name__ = f"window_{name.replace('-', '_')}"
    call.__doc__ = summary + "."
    view = calls.doc(responses=_problems(401, 403, 404, 409, 413, 422, 503), summary=summary)(call)
    view = calls.output(told.WindowTold)(view)
    view = calls.input(body, arg_name="asked")(view)
    calls.post(f"/windows/<window>/{name}")(view)


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json")


def _answer(answer: Answer) -> Response:
    if answer.status < 400:
        return Response(answer.body, answer.status, content_type="application/json")
    return problem_response(problem_of(answer))


def refusal(error: Exception) -> tuple[int, dict[str, Any]]:
    """The status and body for an error that an action raises, for HTTP and sockets alike."""
    if isinstance(error, NotAllowed):
        return (403, problem_body(403)) if error.known else (401, problem_body(401))
    if isinstance(error, NotKept):
        return 503, problem_body(503)
    raise error
