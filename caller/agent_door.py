"""Socket.IO namespace /agent: where the agents of the hall's machines come in (docs/agent.md).

No agent is believed about another's devices: what it says of them is not heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError as Refuse
from flask_socketio import Namespace

from caller import agent_said
from caller.asked import good_key
from caller.dispatcher import NotKept

if TYPE_CHECKING:
    from caller.hub import Hub

log = structlog.get_logger("agents")
Body = dict[str, Any]

MOST_AGENTS = 300
"""Names, with those that the config does not know."""


class AgentDoor(Namespace):
    """/agent: only with a device's token."""

    def __init__(self, hub: Hub) -> None:
        super().__init__("/agent")
        self._hub = hub
        self._agents: dict[str, str] = {}

    def on_connect(self, auth: Any = None) -> None:
        auth = agent_said.plain(auth) if isinstance(auth, dict) else {}
        who = self._hub.tokens.read(agent_said.word(auth.get("token")))
        if who is None or who.role != "device":
            raise Refuse("bad_token")
        agent, known = agent_said.word(auth.get("agent"), 80) or "main", self._hub.agents.hardware.agents
        if agent not in known and len(known) >= MOST_AGENTS:
            raise Refuse("too_many_agents")
        self._agents[request.sid] = agent
        self._hub.socketio.start_background_task(self._welcome, agent, request.sid, auth)

    def _welcome(self, agent: str, sid: str, auth: Body) -> None:
        self._hub.agents.connected(agent, sid, auth)
        if sid not in self._agents:  # it has gone before it was welcome: nobody would say so any more
            self._hub.agents.disconnected(sid)

    def on_disconnect(self, *_: Any) -> None:
        self._agents.pop(request.sid, None)
        self._hub.agents.disconnected(request.sid)

    def on_health(self, body: Any = None) -> Body:
        mine = self._mine()
        devices, lines = (agent_said.only(agent_said.dicts(body, name), mine) for name in ("devices", "lines"))
        self._hub.agents.health(devices, lines)
        return {"ok": True}

    def on_done(self, body: Any = None) -> Body:
        told = agent_said.outcome(body) if isinstance(body, dict) else {}
        if told and self._hub.agents.device_of_job(told["id"]) in self._mine():
            try:
                self._hub.agents.done(told)
            except NotKept:
                return {"ok": False, "again": True}
        return {"ok": True}

    def on_input(self, body: Any = None) -> Body:
        body = body if isinstance(body, dict) else {}
        device = self._hub.agents.devices.get(agent_said.word(body.get("device")))
        event, id_ = agent_said.event(body.get("event")), body.get("id")
        if device is None or device.id not in self._mine():
            return {"ok": False, "code": "unknown_device"}
        if event is None or not id_ or not good_key(id_):  # with no id of its own it would be the same as the next
            return {"ok": False, "code": "invalid"}
        if event["kind"] in ("spoken", "unspoken"):
            return self._spoken(device.id, event)
        return self._hub.inputs.take(device, event, f"input:{id_}")

    def _spoken(self, voice: str, event: Body) -> Body:
        number, area = event.get("announcement"), agent_said.word(event.get("area"))
        if not isinstance(number, int):
            return {"ok": False, "code": "invalid"}
        if event["kind"] == "spoken":
            self._hub.speaker.spoken(area, number)
        else:
            self._hub.speaker.unspoken(area, number, voice, agent_said.word(event.get("sentence")))
        return {"ok": True}

    def on_wire(self, body: Any = None) -> Body:
        body = body if isinstance(body, dict) else {}
        line, t = agent_said.word(body.get("line")), agent_said.plain(body.get("t"))
        if line in self._mine() and isinstance(t, int | float):
            self._hub.wires.seen({"line": line, "t": t, "seen": agent_said.passed(body.get("seen"))})
        return {"ok": True}

    def on_slip(self, body: Any = None) -> Body:
        body = body if isinstance(body, dict) else {}
        printer, png = agent_said.word(body.get("device")), body.get("png")
        if printer in self._mine() and isinstance(png, bytes):
            job = agent_said.word(body.get("job"))
            try:
                self._hub.slips.keep(printer, job, png, agent_said.lines(body.get("lines")))
            except OSError as error:  # a full disk: a picture for the demo, no slip
                log.warning("a picture of a slip cannot be kept", printer=printer, error=str(error))
        return {"ok": True}

    def _mine(self) -> set[str]:
        """The ids of the asking agent's lines and devices."""
        return self._hub.agents.hardware.ids_of(self._agents.get(request.sid, ""))
