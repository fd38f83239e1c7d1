"""Slips on their way to paper: given to a printer until it says they are out; one that broke off, once more as a copy.

A slip that may have left paper (the printer stopped in the middle, the wire broke, the agent was killed) is never
printed again as itself: once the printer is well it comes as 补打, if its visitor still waits and it is not too late.
What breaks off a second time goes to reception (the alarm list), which has the number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from caller.agents import Agents, Job
from caller.alarms import stops
from caller.dispatcher import Dispatcher
from hall import commands as c
from hall.decide.tickets import WANTS_A_SLIP
from hall.state import HallState, Ticket

log = structlog.get_logger("prints")
Body = dict[str, Any]

TOO_OLD_S = 60
"""A slip that has not come out by then is not printed any more: no burst of old slips when the paper is back."""

AGAIN = "-again"
OWED = ("print_broken", "print_ordered")
"""The lines of a ticket's history after which a copy is owed."""


class Prints:
    """`slip(state, ticket)` is the data of a print job, None when nobody could say where to go."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        agents: Agents,
        slip: Callable[[HallState, Ticket], Body | None],
    ) -> None:
        self._dispatcher = dispatcher
        self._agents = agents
        self._slip = slip
        agents.on_done["print"] = self._done

    def begin(self) -> None:
        """Give what the journal left undone: the agent knows which of these it has printed."""
        with self._dispatcher.reading() as state:
            for number in state.to_print:
                self.give(state, number)

    def give(self, state: HallState, number: str) -> None:
        """Give the ticket's slip to its kiosk's printer; a copy only to one that prints now."""
        ticket = state.tickets[number]
        kiosk = state.plan.kiosk.get(state.to_print[number])
        device = self._agents.devices.get(kiosk.printer) if kiosk else None
        data = self._slip(state, ticket) if device else None
        if device is None or data is None:
            return
        copy = ticket.printed == "again"
        if not copy or not stops(device):
            self._agents.give(Job(print_id(state.day, ticket), device.id, "print", {**data, "copy": copy}))

    def look(self) -> None:
        """Give the copies whose printer is well again; drop what nobody waits for any more. Raises NotKept."""
        now = self._dispatcher.now()
        given = {job.id for job in self._agents.waiting("print")}
        with self._dispatcher.reading() as state:
            late = [number for number in state.to_print if self._too_late(state.tickets[number], now)]
            for number in state.to_print:
                waits = state.tickets[number].printed == "again" and number not in late
                if waits and print_id(state.day, state.tickets[number]) not in given:
                    self.give(state, number)
            gone = [(n, print_id(state.day, state.tickets[n]), _printer(state, n)) for n in late]
        for number, job, printer in gone:
            self._agents.forget(job)
            log.warning("a slip is too old to print", number=number)
            self._fail(number, printer, "too_late", actor="hub")

    def forget_all(self) -> None:
        for old in self._agents.waiting("print"):
            self._agents.forget(old.id)

    def _too_late(self, ticket: Ticket, now: datetime) -> bool:
        if ticket.printed != "again":
            return ticket.taken_at < now - timedelta(seconds=TOO_OLD_S)
        owed = next(entry["at"] for entry in reversed(ticket.history) if entry["what"] in OWED)
        waits_s = max(TOO_OLD_S, self._dispatcher.plan.reprint_s)  # reception may want one where none comes by itself
        too_old = datetime.fromisoformat(owed) < now - timedelta(seconds=waits_s)
        return too_old or ticket.state not in WANTS_A_SLIP

    def _done(self, job: Job, done: Body) -> None:
        number, printer = job.data["number"], job.device
        if number_of_print(job.id, self._dispatcher.day) != number:
            return  # yesterday's slip
        if done.get("ok"):
            self._settle(number, lambda at: c.ConfirmPrint(at=at, actor="agent", number=number, printer=printer))
            return
        error = str(done.get("error") or "unknown")
        begun = error == "interrupted" or bool((done.get("detail") or {}).get("begun"))
        if job.data["copy"] and not begun:
            return  # the printer is not well after all: the copy waits on
        self._fail(number, printer, error, begun=begun)

    def _fail(self, number: str, printer: str, error: str, actor: str = "agent", begun: bool = False) -> None:
        self._settle(
            number,
            lambda at: c.FailPrint(at=at, actor=actor, number=number, printer=printer, error=error, begun=begun),
        )

    def _settle(self, number: str, make: Callable[[Any], c.Command]) -> None:
        self._dispatcher.handle("", make, lambda state, events, seq: {"number": number})


def _printer(state: HallState, number: str) -> str:
    kiosk = state.plan.kiosk.get(state.to_print[number])
    return kiosk.printer if kiosk else ""


def print_id(day: str, ticket: Ticket) -> str:
    """The job that prints a ticket's slip; each copy that is owed is a job of its own."""
    copies = sum(entry["what"] in OWED for entry in ticket.history)
    return f"print-{day}-{ticket.number}" + (f"{AGAIN}{copies}" if ticket.printed == "again" else "")


def number_of_print(job: str, day: str) -> str:
    """The ticket whose slip a job prints, "" when it is no print job of the day.

    >>> [number_of_print(f"print-2026-11-{end}", "2026-11-22") for end in ("22-A001", "22-A001-again2", "21-A001")]
    ['A001', 'A001', '']
    """
    before = f"print-{day}-"
    return job.removeprefix(before).partition(AGAIN)[0] if job.startswith(before) else ""
