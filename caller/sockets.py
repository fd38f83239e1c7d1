"""Socket.IO: views and commands for pages in the default namespace (docs/live.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError as Refuse
from flask_socketio import Namespace, SocketIO, emit, join_room, leave_room
from pydantic import ValidationError

from caller.actions import CannotPrint, NotAllowed
from caller.agent_door import AgentDoor
from caller.api.answers import refusal
from caller.asked import Asked, Back, Nothing, Rate, Take, Unblock, good_key
from caller.asked_bookings import Book, ComeIn, ComeInByPerson
from caller.dispatcher import NotKept
from caller.journal import Answer
from caller.live import room
from caller.persons import NotValid
from caller.problems import BAD_KEY, printer_problem, problem_body, problem_of
from caller.tokens import VISITOR, Who
from caller.window_actions import WINDOW_ACTIONS
from caller.zone_actions import ZONE_ACTIONS

if TYPE_CHECKING:
    from caller.hub import Hub

log = structlog.get_logger("sockets")
Body = dict[str, Any]
PUBLIC_VIEWS = frozenset({"panel", "window", "kiosk", "pad", "ticket"})


class Pages(Namespace):
    """The default namespace: one socket a page."""

    def __init__(self, hub: Hub) -> None:
        super().__init__("/")
        self._hub = hub
        self._who: dict[str, Who] = {}
        for name, call in (("check-in", self._check_in), ("cancel-booking", self._cancel_booking)):
            setattr(self, "on_" + name, call)
        for name in WINDOW_ACTIONS:
            setattr(self, "on_" + name, self._window_call(name))
        for name in ZONE_ACTIONS:
            setattr(self, "on_zone-" + name, self._zone_call(name))

    def on_connect(self, auth: Any = None) -> None:
        token = auth.get("token") if isinstance(auth, dict) else auth
        who = self._hub.tokens.read(str(token)) if token else VISITOR  # what is no token at all is no visitor either
        if who is None:
            raise Refuse("bad_token")
        self._who[request.sid] = who

    def on_disconnect(self, *_: Any) -> None:
        self._who.pop(request.sid, None)
        self._hub.live.gone(request.sid)
        self._hub.wires.leave(request.sid)

    def on_watch(self, body: Any = None) -> Body:
        view, of = _words(body, "view", "of")
        if view not in self._hub.live.builders:
            return _problem(404, "unknown_view", "没有这个画面", "There is no such view")
        who = self._who.get(request.sid, VISITOR)
        if not self._may_watch(who, view, of):
            status = 403 if who.role != "visitor" else 401
            return _problem(status)
        join_room(room(view, of))
        try:
            data = self._hub.live.watch(request.sid, view, of)
        except KeyError:
            leave_room(room(view, of))
            return _problem(404, "unknown_view", "没有这个画面", "There is no such view")
        except NotKept:
            return _problem(503)
        emit("view", data)
        return {"status": 200}

    def _may_watch(self, who: Who, view: str, of: str) -> bool:
        if view in PUBLIC_VIEWS:
            return True
        if view == "desk":
            return who.may_work_at(of) or who.role == "reception"
        return self._hub.demo or who.is_staff

    def on_unwatch(self, body: Any = None) -> Body:
        view, of = _words(body, "view", "of")
        leave_room(room(view, of))
        self._hub.live.unwatch(request.sid, view, of)
        return {"status": 200}

    def on_receipt(self, body: Any = None) -> Body:
        """What a page has shown or spoken."""
        if not isinstance(body, dict):
            return _problem(422)
        if body.get("kind") == "shown" and isinstance(body.get("call"), int):
            self._hub.receipts.shown(body["call"], request.sid)
            self._hub.live.touch("desk")
        elif body.get("kind") == "spoken" and isinstance(body.get("id"), int):
            self._hub.speaker.spoken(str(body.get("area")), body["id"])
        return {"status": 200}

    def on_take(self, body: Any = None) -> Body:
        return self._do(body, Take, lambda asked, who, key: self._hub.actions.take(asked, who, key))

    def on_unblock(self, body: Any = None) -> Body:
        return self._do(body, Unblock, lambda asked, who, key: self._hub.actions.unblock(asked, who, key))

    def on_rate(self, body: Any = None) -> Body:
        return self._do(body, Rate, lambda asked, who, key: self._hub.actions.rate(asked, who, key))

    def on_abandon(self, body: Any = None) -> Body:
        (number,) = _words(body, "number")
        given = {k: v for k, v in body.items() if k != "number"} if isinstance(body, dict) else body
        return self._do(given, Back, lambda asked, who, key: self._hub.actions.abandon(number, asked, who, key))

    def on_book(self, body: Any = None) -> Body:
        return self._do(body, Book, self._hub.booking_actions.book)

    def _check_in(self, body: Any = None) -> Body:
        """By {"code"} or by {"person"}."""
        (code,) = _words(body, "code")
        given = {k: v for k, v in body.items() if k != "code"} if isinstance(body, dict) else body
        kind = ComeIn if code else ComeInByPerson
        return self._do(given, kind, partial(self._hub.booking_actions.check_in, code))

    def _cancel_booking(self, body: Any = None) -> Body:
        (code,) = _words(body, "code")
        given = {k: v for k, v in body.items() if k != "code"} if isinstance(body, dict) else body
        return self._do(given, Nothing, lambda _, who, key: self._hub.booking_actions.cancel(code, who, key))

    def on_virtual(self, body: Any = None) -> Body:
        """Move the virtual hardware: in the demo anybody, else only who may administer."""
        who = self._who.get(request.sid, VISITOR)
        if not self._hub.demo and who.role not in ("admin", "device"):
            return _problem(403)
        if not isinstance(body, dict) or not self._hub.agents.virtual(body):
            return _problem(
                409, "not_virtual", "这个设备不是虚拟的，或它的代理程序没有连接", "Not a virtual device here"
            )
        return {"status": 200, "body": {}}

    def on_wire(self, body: Any = None) -> Body:
        """Look on at a line, {"line", "on"}: what passes there comes as `wire` messages, to supervisor and admin."""
        (line,) = _words(body, "line")
        who = self._who.get(request.sid, VISITOR)
        if who.role not in ("supervisor", "admin"):
            return _problem(401 if who is VISITOR else 403)
        if isinstance(body, dict) and body.get("on") is False:
            self._hub.wires.leave(request.sid, line)
            return {"status": 200, "body": {}}
        try:
            return {"status": 200, "body": self._hub.wires.look(line, request.sid)}
        except KeyError:
            return _problem(404, "unknown_line", f"没有线路 {line}", f"There is no line {line}")

    def on_scene(self, body: Any = None) -> Body:
        """The demo's own buttons: visitors who come by themselves, five calls at once."""
        if not self._hub.demo or not isinstance(body, dict):
            return _problem(403)
        return {"status": 200, "body": self._hub.scene(body)}

    def _window_call(self, name: str) -> Callable[[Any], Body]:
        def call(body: Any = None) -> Body:
            (window,) = _words(body, "window")
            given = {k: v for k, v in body.items() if k != "window"} if isinstance(body, dict) else {}
            if name == "transfer" and "to" in given:  # "window" is taken by the window that sends
                given["window"] = given.pop("to")
            return self._do(
                given,
                WINDOW_ACTIONS[name].body,
                lambda asked, who, key: self._hub.actions.at_window(name, window, asked, who, key),
            )

        return call

    def _zone_call(self, name: str) -> Callable[[Any], Body]:
        def call(body: Any = None) -> Body:
            (zone,) = _words(body, "zone")
            given = {k: v for k, v in body.items() if k != "zone"} if isinstance(body, dict) else {}
            return self._do(
                given,
                ZONE_ACTIONS[name].body,
                lambda asked, who, key: self._hub.actions.at_zone(name, zone, asked, who, key),
            )

        return call

    def _do(self, body: Any, kind: type[Asked], act: Callable[[Any, Who, str], Answer]) -> Body:
        if not isinstance(body, dict):
            return _problem(422)
        key = body.get("id", "")
        if not good_key(key):
            return _problem(*BAD_KEY)
        try:
            asked = kind(**{k: v for k, v in body.items() if k != "id"})
            answer = act(asked, self._who.get(request.sid, VISITOR), key)
        except ValidationError as error:
            errors = {".".join(map(str, e["loc"])): [e["msg"]] for e in error.errors(include_url=False)}
            return {"status": 422, "body": problem_body(422, errors=errors)}
        except CannotPrint as cannot:
            return {"status": 409, "body": printer_problem(cannot.state)}
        except (NotAllowed, NotKept, NotValid) as error:
            status, told = refusal(error)
            return {"status": status, "body": told}
        return {"status": answer.status, "body": json.loads(answer.body) if answer.status < 400 else problem_of(answer)}


def add_sockets(hub: Hub, socketio: SocketIO) -> None:
    """Both namespaces; an error in a handler is logged and never reaches a page."""
    socketio.on_namespace(Pages(hub))
    socketio.on_namespace(AgentDoor(hub))

    @socketio.on_error_default
    def failed(error: Exception) -> Body:
        log.exception("a socket handler failed", exc_info=error)
        return _problem(500)


def _words(body: Any, *names: str) -> list[str]:
    given = body if isinstance(body, dict) else {}
    # JSON can carry half a surrogate pair, which no journal and no answer can
    return [str(given.get(name, ""))[:200].encode(errors="replace").decode() for name in names]


def _problem(status: int, code: str = "", detail: str = "", detail_en: str = "") -> Body:
    told = problem_body(status, code, detail, detail_en)
    return {"status": status, "code": told["code"], "detail": told["detail"], "body": told}
