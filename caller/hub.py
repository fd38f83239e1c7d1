"""The hub: everything that a running hall is made of, wired in one place."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_socketio import SocketIO

from caller import views as desk_views
from caller.actions import Actions
from caller.agents import Agents, Job
from caller.alarms import CHANGE_ALARMS, alarm_list, stops
from caller.auto_next import AutoNext
from caller.booking_actions import BookingActions
from caller.config import Config
from caller.devices_view import devices_view
from caller.dispatcher import Dispatcher, NotKept
from caller.happenings import Happenings
from caller.hours import HoursWatch
from caller.inputs import Inputs
from caller.journal import Journal
from caller.live import Live
from caller.outlets import Outlets
from caller.persons import Persons
from caller.prints import Prints, number_of_print
from caller.receipts import Receipts
from caller.shown import ShownAtKiosks
from caller.slip_told import slip_of
from caller.slips import Slips
from caller.speaker import Speaker
from caller.tokens import Tokens
from caller.waits import Waits
from caller.wires import Wires
from displays import views as display_views
from hall import events as ev
from hall.left import hall_phase
from hall.no_window import next_back
from hall.state import HallState
from kiosk import views as kiosk_views

Body = dict[str, Any]
DAY_LOOKED_AT_S = 20.0


class Hub:
    """`url()` is the address that phones reach the hall at; `run_blocking` runs a commit off the greenlets,
    `drawing` a slip that is tried out."""

    def __init__(
        self,
        config: Config,
        data: Path,
        *,
        url: Callable[[], str] = lambda: "http://127.0.0.1:8000",
        demo: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        run_blocking: Callable[..., Any] = lambda f, *args: f(*args),
        drawing: Callable[..., Any] = lambda f, *args: f(*args),
    ) -> None:
        self.config = config
        self.plan = config.plan()
        self.data = data
        self.demo = demo
        self.url = url
        self.drawing = drawing
        self.visitors = 0
        self._stopped = threading.Event()
        self._look = threading.Event()
        self.scene: Callable[[Body], Body] = lambda body: {}
        self.tokens = Tokens(data)
        self.persons = Persons(data)
        self.socketio = SocketIO(
            async_mode="gevent",
            cors_allowed_origins=None,
            ping_interval=10,
            ping_timeout=10,
            max_http_buffer_size=4_000_000,
        )
        self.journal = Journal(data / "hall.db", run_blocking)
        self.dispatcher = Dispatcher(self.plan, self.journal, clock, self.persons.key_of_marks)
        self.live = Live(self.dispatcher, lambda room, body: self.socketio.emit("view", body, to=room))
        self.hours = HoursWatch(self.plan, self.dispatcher.now, self.live.touch, self._next_back)
        self.receipts = Receipts()
        self.happenings = Happenings(self.plan)
        self.agents = Agents(config, self._to_agent, lambda: self.dispatcher.now().isoformat())
        self.wires = Wires(
            config,
            self.agents.hardware,
            lambda agent, line, on: self.agents.tell(agent, "wire", {"line": line, "on": on}),
            lambda sid, body: self.socketio.emit("wire", body, to=sid),
            lambda: self.dispatcher.now().isoformat(),
        )
        self.speaker = Speaker(config, self.plan, self.agents, self.receipts, data / "voice", self._heard)
        self.prints = Prints(
            self.dispatcher,
            self.agents,
            lambda state, ticket: slip_of(
                state, ticket, self.page_of(ticket.token), self.dispatcher.now(), config.slip_of(ticket.kiosk)
            ),
        )
        self.outlets = Outlets(self.dispatcher, self.agents, self.receipts, self.prints, self.live.touch)
        self.waits = Waits(self.dispatcher, self.live.touch)
        self.slips = Slips(data / "slips", lambda job: number_of_print(job, self.dispatcher.day), self._slip_is_out)
        self.shown = ShownAtKiosks(self.dispatcher, self.persons, lambda kiosk: self.live.touch("kiosk", kiosk))
        self.actions = Actions(self.dispatcher, self.persons, self.shown, self.printer_stops)
        known_as = self.persons.known_as
        self.booking_actions = BookingActions(self.dispatcher, self.shown, self.actions.paper, known_as)
        self.inputs = Inputs(self.dispatcher, self.actions, self.shown)
        self.auto_next = AutoNext(self.dispatcher)
        self.agents.on_change = self._devices_changed
        self.agents.on_connect = self._agent_has_come
        self._build_views()

    def _build_views(self) -> None:
        now = self.dispatcher.now
        self.live.builders.update(
            panel=lambda state, of: display_views.panel(
                state, of, now(), self.speaker.current(display_views.area_of(state, of))
            ),
            window=lambda state, of: display_views.window_screen(state, of, now()),
            kiosk=self._kiosk,
            pad=lambda state, of: kiosk_views.pad(state, of, now()),
            ticket=lambda state, of: kiosk_views.ticket(state, of, now()),
            desk=lambda state, of: desk_views.desk(state, of, now(), self.receipts.of_window(state, of)),
            devices=self._devices,
            alarms=self._alarms,
            bookings=lambda state, of: desk_views.bookings(state, of, now()),
            lost=lambda state, of: desk_views.lost(state, of, now()),
        )

    def start(self) -> None:
        """Replay, open the day, then follow."""
        self.dispatcher.start()
        self.dispatcher.listeners += [
            self.outlets.follow,
            self.speaker.follow,
            self.happenings.follow,
            self.waits.follow,
            self._follow,
        ]
        self.waits.start()
        self.live.start()
        self.speaker.start()
        self.outlets.start()
        self.auto_next.start()
        threading.Thread(target=self._watch_the_day, name="day", daemon=True).start()

    def _watch_the_day(self) -> None:
        """In the small hours nobody presses anything, and still yesterday's numbers leave the screens."""
        self.hours.look()
        while True:
            self._look.wait(min(DAY_LOOKED_AT_S, self.hours.seconds_to_change()))
            self._look.clear()
            if self._stopped.is_set():
                return
            try:
                self.dispatcher.look_at_the_day()
            except NotKept:
                pass  # the dispatcher has said why; the next look tries again
            self.hours.look()
            self.shown.forget_old()

    def _next_back(self, at: datetime) -> datetime | None:
        try:
            with self.dispatcher.reading() as state:
                return next_back(state, at)
        except NotKept:
            return None

    def stop(self) -> None:
        self._stopped.set()
        self._look.set()
        self.auto_next.stop()
        self.waits.stop()
        self.live.stop()
        self.dispatcher.stop()

    def printer_state(self, kiosk: str) -> str:
        """How the kiosk's printer is: a device state, "" for a kiosk without one or that does not exist."""
        it = self.plan.kiosk.get(kiosk)
        if it is None or not it.printer:
            return ""
        device = self.agents.devices.get(it.printer)
        return device.state if device else "lost"

    def printer_stops(self, kiosk: str) -> str:
        """The state for which no number is taken at the kiosk, "" when its printer prints or it has none."""
        state = self.printer_state(kiosk)
        device = self.agents.devices.get(self.plan.kiosk[kiosk].printer) if state else None
        return state if state and (device is None or stops(device)) else ""

    def new_roll(self, printer: str) -> str:
        """Somebody has put a new roll in; returns when it was noted. The printer's agent counts from there."""
        now = self.dispatcher.now().isoformat()
        self.agents.give(Job(f"roll-{printer}-{now}", printer, "roll", {}))
        return now

    def call_staff(self, kiosk: str) -> str:
        """Somebody is wanted at a kiosk; returns when it was noted."""
        at = self.dispatcher.now().isoformat()
        self.happenings.add(at, f"{self.plan.kiosk[kiosk].name}呼叫工作人员")
        self.live.touch("devices")
        return at

    def health(self) -> Body:
        """For `GET health`: the hub, its journal, the agents, each device."""
        return {
            "hub": {
                "name": self.plan.name,
                "now": self.dispatcher.now().isoformat(),
                "day": self.dispatcher.day,
                "state": self._phase(),
                "watching": self.live.watching(),
            },
            "journal": {"seq": self.dispatcher.seq},
            "agents": self.agents.online(),
            "devices": [
                {"id": d.id, "kind": d.kind, "driver": d.driver, "state": d.state, "since": d.since, "error": d.error}
                for d in self.agents.devices.values()
            ],
        }

    def _phase(self) -> str | None:
        """The hall open, finishing or closed; None while the journal cannot be read."""
        try:
            with self.dispatcher.reading() as state:
                return hall_phase(state, self.dispatcher.now())
        except NotKept:
            return None

    def _to_agent(self, event: str, data: Body, sid: str) -> None:
        self.socketio.emit(event, data, namespace="/agent", to=sid)

    def page_of(self, token: str) -> str:
        """The address of a ticket's page, as it stands in the slip's QR."""
        return f"{(self.config.settings.hall.public_url or self.url()).rstrip('/')}/t/{token}"

    def _heard(self, area: str) -> None:
        self.live.touch("panel")
        self.live.touch("desk")
        self.live.touch("devices")

    def _slip_is_out(self) -> None:
        self.live.touch("kiosk")
        self.live.touch("devices")

    def _agent_has_come(self, agent: str) -> None:
        self.outlets.refresh()
        self.wires.came(agent)

    def _devices_changed(self, devices: set[str]) -> None:
        self.live.touch("devices")
        self.live.touch("alarms")
        kinds = {self.agents.devices[device].kind for device in devices}
        if "printer" in kinds:
            self.outlets.look_at_printers()
        if kinds & {"printer", "reader", "scanner"}:
            self.live.touch("kiosk")

    def _kiosk(self, state: HallState, of: str) -> Body:
        now = self.dispatcher.now()
        view = kiosk_views.kiosk(state, of, now, self._printers(), self.slips.of_ticket)
        works = {kind: self.agents.works_at(kind, of) for kind in ("reader", "scanner")}
        return {**view, **works, "shown": self.shown.at_kiosk(of, now)}

    def _printers(self) -> dict[str, Body]:
        printers = [device for device in self.agents.devices.values() if device.kind == "printer"]
        return {d.id: {"state": d.state, "since": d.since, "stops": stops(d)} for d in printers}

    def _devices(self, state: HallState, of: str) -> Body:
        if of != "hall":
            raise KeyError(of)
        return devices_view(self, state)

    def _alarms(self, state: HallState, of: str) -> Body:
        if of != "hall":
            raise KeyError(of)
        return {"now": self.dispatcher.now().isoformat(), "alarms": self.alarms(state)}

    def alarms(self, state: HallState) -> list[Body]:
        """What somebody has to see to, the gravest first."""
        return alarm_list(self.agents, state)

    def _follow(self, events: list[ev.Event]) -> None:
        if any(isinstance(event, CHANGE_ALARMS) for event in events):
            self.live.touch("alarms")
        if any(isinstance(event, ev.DayOpened) for event in events):
            self.slips.clear()
        if any(isinstance(event, ev.WindowPaused) for event in events):
            self._look.set()  # its end may come sooner than what is waited for
