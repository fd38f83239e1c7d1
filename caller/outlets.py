"""From events to the hardware: the job for each printer, bar, panel, keypad and evaluator that an event concerns."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog

from caller.agents import Agents, Job
from caller.dispatcher import Dispatcher, NotKept
from caller.receipts import Receipts
from displays.bar_text import bar_text, panel_rows
from hall import commands as c
from hall import events as ev
from hall import no_window, telling
from hall.estimate import told as waits
from hall.events.concerns import OF_WINDOWS, numbers_of, queues_of, windows_of
from hall.rule.reasons import CLASS_NAMES
from hall.state import HallState

log = structlog.get_logger("outlets")
Body = dict[str, Any]

TOO_OLD_S = 60
"""A slip that has not come out by then is not printed any more: no burst of old slips when the paper is back."""


class Outlets:
    """Follows the events in a thread of its own; `url` gives the address of a ticket's page."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        agents: Agents,
        receipts: Receipts,
        url: Callable[[str], str],
        touch: Callable[..., None],
    ) -> None:
        self._dispatcher = dispatcher
        self._agents = agents
        self._receipts = receipts
        self._url = url
        self._touch = touch
        self._events: list[ev.Event] = []
        self._sent: dict[str, Body] = {}
        self._count = 0
        self._panels = [device for device in agents.devices.values() if device.kind == "panel"]
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outlets", daemon=True)
        agents.on_done["print"] = self._print_done
        agents.on_done["show"] = self._show_done

    def start(self) -> None:
        """Give what the journal left undone, then follow."""
        with self._dispatcher.reading() as state:
            prints = [self._print_job(state, number) for number in state.to_print]
        for job in filter(None, prints):
            self._agents.give(job)
        self._thread.start()
        self.refresh()

    def follow(self, events: list[ev.Event]) -> None:
        """The dispatcher's listener."""
        with self._lock:
            self._events.extend(events)
        self._wake.set()

    def refresh(self) -> None:
        """Say again what every bar, panel and keypad should show."""
        self._sent.clear()
        self._show(set(self._dispatcher.plan.window))

    def _run(self) -> None:
        while True:
            self._wake.wait(5.0)
            self._wake.clear()
            with self._lock:
                events, self._events = self._events, []
            try:
                self._drop_old_prints()
                if events:
                    self._take(events)
            except NotKept:
                log.warning("outlets wait for the journal")
                with self._lock:
                    self._events = events + self._events
            except Exception:
                log.exception("an outlet could not be told")

    def _take(self, events: list[ev.Event]) -> None:
        windows: set[str] = set()
        plan = self._dispatcher.plan
        with self._dispatcher.reading() as state:
            for event in events:
                if isinstance(event, ev.DayOpened):
                    windows |= set(plan.window)
                    for old in self._agents.waiting("print"):  # its number is somebody else's today
                        self._agents.forget(old.id)
                windows |= {window for window in windows_of(event) if window in plan.window}
                tickets = [state.tickets[number] for number in numbers_of(event) if number in state.tickets]
                for queue in set().union(queues_of(event), *(ticket.concerns for ticket in tickets)):
                    windows |= {w.id for w in plan.windows_of_queue.get(queue, ())}
                if plan.class_floor and not tickets and isinstance(event, OF_WINDOWS):
                    windows |= plan.neighbours(event.window)  # what they leave to each other changes
                if isinstance(event, ev.TicketTaken) and event.kiosk:
                    job = self._print_job(state, event.number)
                    if job:
                        self._agents.give(job)
                if isinstance(event, ev.ServiceFinished) and event.rate_until:
                    for pad in self._agents.of_window("pad", event.window):
                        self._give(pad.id, "prompt", {})
                if isinstance(event, ev.WindowOpened) and event.clerk in plan.clerk:
                    for pad in self._agents.of_window("pad", event.window):
                        self._give(pad.id, "stars", {"stars": plan.clerk[event.clerk].stars})
        self._show(windows)

    def _show(self, windows: set[str]) -> None:
        with self._dispatcher.reading() as state:
            for window in windows:
                bars = self._agents.of_window("bar", window)
                keypads = self._agents.of_window("keypad", window)
                if bars:
                    text, colour = bar_text(state, window)
                    ticket = state.tickets.get(state.windows[window].ticket)
                    data = {"text": text, "colour": colour, "call": ticket.call if ticket else 0}
                    for bar in bars:
                        self._once(bar.id, "show", data)
                if keypads:
                    data = {
                        "waiting": telling.waiting_for(state, window),
                        "number": state.windows[window].ticket or None,
                    }
                    for keypad in keypads:
                        self._once(keypad.id, "display", data)
            for panel in self._panels:
                self._once(panel.id, "rows", {"rows": panel_rows(state, panel.zone)})

    def _once(self, device: str, kind: str, data: Body) -> None:
        if self._sent.get(device) != data:
            self._sent[device] = data
            self._give(device, kind, data)

    def _give(self, device: str, kind: str, data: Body) -> None:
        self._count += 1
        self._agents.give(Job(f"{kind}-{device}-{self._dispatcher.seq}-{self._count}", device, kind, data))

    def _print_job(self, state: HallState, number: str) -> Job | None:
        plan, it = state.plan, state.tickets[number]
        kiosk = plan.kiosk.get(it.kiosk)
        if kiosk is None or kiosk.printer not in self._agents.devices:
            return None
        if it.service not in plan.service or it.queue not in plan.queue:
            return None  # the config was changed since: nobody could say where to go
        service, queue = plan.service[it.service], plan.queue[it.queue]
        zone = plan.zone[queue.zone]
        ahead = state.ahead(it)
        guess = waits.of_ticket(state, it)
        shut = no_window.of_ticket(state, it, self._dispatcher.now())
        told = telling.ticket(state, number)
        slip = {
            "hall": plan.name,
            "hall_en": plan.name_en,
            "number": number,
            "zone": zone.name,
            "zone_en": zone.name_en,
            "letter": zone.letter,
            "service": service.name,
            "service_en": service.name_en,
            "floor": told["floor"],
            "windows": telling.span(told["windows"]),
            "ahead": ahead,
            "estimate_s": guess["p50_s"] if guess else None,
            "estimate": guess["spoken"]["zh"] if guess else "",
            "estimate_en": guess["spoken"]["en"] if guess else "",
            "no_window": shut["sentence"]["zh"] if shut else "",
            "no_window_en": shut["sentence"]["en"] if shut else "",
            "taken_at": it.taken_at.isoformat(),
            "materials": list(service.materials),
            "steps": [telling.step_name(plan, step) for step in service.steps],
            "case": it.case,
            "url": self._url(it.token),
            "check": it.check,
            "wifi": plan.wifi,
            "class": CLASS_NAMES[it.klass][0],
            "kiosk": kiosk.name,
            "copy": False,
            "return_after": plan.return_after,
        }
        return Job(_print_id(state.day, number), kiosk.printer, "print", slip)

    def _print_done(self, job: Job, done: Body) -> None:
        number, printer = job.data["number"], job.device
        if job.id != _print_id(self._dispatcher.day, number):
            return  # yesterday's slip
        if done.get("ok"):
            self._settle_print(number, lambda at: c.ConfirmPrint(at=at, actor="agent", number=number, printer=printer))
        else:
            error = str(done.get("error") or "unknown")
            self._settle_print(
                number, lambda at: c.FailPrint(at=at, actor="agent", number=number, printer=printer, error=error)
            )

    def _settle_print(self, number: str, make: Callable[[Any], c.Command]) -> None:
        self._dispatcher.handle("", make, lambda state, events, seq: {"number": number})

    def _drop_old_prints(self) -> None:
        oldest = self._dispatcher.now() - timedelta(seconds=TOO_OLD_S)
        with self._dispatcher.reading() as state:
            late = [n for n in state.to_print if state.tickets[n].taken_at < oldest]
            kiosks = {n: state.plan.kiosk.get(state.tickets[n].kiosk) for n in late}
            jobs = {n: (_print_id(state.day, n), kiosk.printer if kiosk else "") for n, kiosk in kiosks.items()}
        for number, (job, printer) in jobs.items():
            self._agents.forget(job)
            log.warning("a slip is too old to print", number=number)
            self._settle_print(
                number,
                lambda at, number=number, printer=printer: c.FailPrint(
                    at=at, actor="hub", number=number, printer=printer, error="too_late"
                ),
            )

    def _show_done(self, job: Job, done: Body) -> None:
        if job.data.get("call"):
            self._receipts.bar(job.data["call"], bool(done.get("ok")))
            self._touch("desk")


def number_of_print(job: str, day: str) -> str:
    """The ticket whose slip a job prints, "" when it is no print job of the day.

    >>> number_of_print(_print_id("2026-11-22", "A001"), "2026-11-22")
    'A001'
    """
    before = _print_id(day, "")
    return job.removeprefix(before) if job.startswith(before) else ""


def _print_id(day: str, number: str) -> str:
    return f"print-{day}-{number}"
