"""From events to the hardware: the job for each printer, bar, panel, keypad and evaluator that an event concerns."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import structlog

from caller.agents import Agents, Job
from caller.dispatcher import Dispatcher, NotKept
from caller.prints import Prints
from caller.receipts import Receipts
from displays.bar_text import bar_number, bar_text, panel_rows
from hall import events as ev
from hall import telling
from hall.events.concerns import OF_WINDOWS, numbers_of, queues_of, windows_of

log = structlog.get_logger("outlets")
Body = dict[str, Any]


class Outlets:
    """Follows the events in a thread of its own."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        agents: Agents,
        receipts: Receipts,
        prints: Prints,
        touch: Callable[..., None],
    ) -> None:
        self._dispatcher = dispatcher
        self._agents = agents
        self._receipts = receipts
        self._touch = touch
        self._prints = prints
        self._events: list[ev.Event] = []
        self._sent: dict[str, Body] = {}
        self._count = 0
        self._panels = [device for device in agents.devices.values() if device.kind == "panel"]
        self._lock = threading.Lock()
        self._showing = threading.Lock()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outlets", daemon=True)
        agents.on_done["show"] = self._show_done

    def start(self) -> None:
        """Give what the journal left undone, then follow."""
        self._prints.begin()
        self._thread.start()
        self.refresh()

    def follow(self, events: list[ev.Event]) -> None:
        """The dispatcher's listener."""
        with self._lock:
            self._events.extend(events)
        self._wake.set()

    def look_at_printers(self) -> None:
        """How a printer is has changed: it may be well again."""
        self._wake.set()

    def refresh(self) -> None:
        """Say again what every bar, panel and keypad should show."""
        self._sent.clear()
        self._show(self._dispatcher.plan.window)

    def _run(self) -> None:
        while True:
            self._wake.wait(5.0)
            self._wake.clear()
            with self._lock:
                events, self._events = self._events, []
            try:
                self._prints.look()
                if events:
                    self._take(events)
            except NotKept:
                log.warning("outlets wait for the journal")
                with self._lock:
                    self._events = events + self._events
            except Exception:
                log.exception("an outlet could not be told")

    def _take(self, events: list[ev.Event]) -> None:
        windows: dict[str, None] = {}
        plan = self._dispatcher.plan
        with self._dispatcher.reading() as state:
            for event in events:
                if isinstance(event, ev.DayOpened):
                    windows |= dict.fromkeys(plan.window)
                    self._prints.forget_all()  # their numbers are somebody else's today
                # Who is called looks at this window's bar; how many wait elsewhere can come after it.
                theirs = dict.fromkeys(window for window in windows_of(event) if window in plan.window)
                windows = theirs | windows
                tickets = [state.tickets[number] for number in numbers_of(event) if number in state.tickets]
                for queue in set().union(queues_of(event), *(ticket.concerns for ticket in tickets)):
                    windows |= dict.fromkeys(w.id for w in plan.windows_of_queue.get(queue, ()))
                if plan.class_floor and not tickets and isinstance(event, OF_WINDOWS):
                    windows |= dict.fromkeys(plan.neighbours(event.window))  # what they leave to each other changes
                if isinstance(event, ev.TicketTaken) and event.kiosk:
                    self._prints.give(state, event.number)
                if isinstance(event, ev.ServiceFinished) and event.rate_until:
                    for pad in self._agents.of_window("pad", event.window):
                        self._give(pad.id, "prompt", {})
                if isinstance(event, ev.WindowOpened) and event.clerk in plan.clerk:
                    for pad in self._agents.of_window("pad", event.window):
                        self._give(pad.id, "stars", {"stars": plan.clerk[event.clerk].stars})
        self._show(windows)

    def _show(self, windows: Iterable[str]) -> None:
        """What stands at these windows, in this order."""
        with self._showing:  # what is older is never sent after what is newer
            told: list[tuple[str, str, Body]] = []
            with self._dispatcher.reading() as state:
                for window in windows:
                    bars = self._agents.of_window("bar", window)
                    keypads = self._agents.of_window("keypad", window)
                    if bars:
                        text, colour = bar_text(state, window)
                        ticket = state.tickets.get(state.windows[window].ticket)
                        data = {"text": text, "colour": colour, "call": ticket.call if ticket else 0}
                        data["number"] = bar_number(state, window)
                        for bar in bars:
                            told.append((bar.id, "show", data))
                    if keypads:
                        data = {
                            "waiting": telling.waiting_for(state, window),
                            "number": state.windows[window].ticket or None,
                        }
                        for keypad in keypads:
                            told.append((keypad.id, "display", data))
                for panel in self._panels:
                    told.append((panel.id, "rows", {"rows": panel_rows(state, panel.zone)}))
            for device, kind, data in told:  # the hub's events do not wait for that
                self._once(device, kind, data)

    def _once(self, device: str, kind: str, data: Body) -> None:
        if self._sent.get(device) != data:
            self._sent[device] = data
            self._give(device, kind, data)

    def _give(self, device: str, kind: str, data: Body) -> None:
        self._count += 1
        self._agents.give(Job(f"{kind}-{device}-{self._dispatcher.seq}-{self._count}", device, kind, data))

    def _show_done(self, job: Job, done: Body) -> None:
        if job.data.get("call"):
            self._receipts.bar(job.data["call"], bool(done.get("ok")))
            self._touch("desk")
