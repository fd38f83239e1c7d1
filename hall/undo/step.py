"""A clerk's last step at a window: what it was, and how everything was that it changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hall import events as ev

Place = tuple[str, str, str]
"""Where something stands: ("ticket", number, field), ("window", id, field), ("held", id, number), or a tally's
(its name in HallState, key, "")."""

NOWHERE: Final = "nowhere"
"""What stands at a place of which the state knows nothing; no tally is this word."""

NAMES: dict[type[ev.Event], str] = {
    ev.TicketCalled: "next",
    ev.TicketRecalled: "recall",
    ev.TicketArrived: "arrive",
    ev.ServiceStarted: "start",
    ev.ServiceFinished: "finish",
    ev.StepFinished: "finish",
    ev.StepSkipped: "skip",
    ev.TicketMissed: "no-show",
    ev.TicketHeld: "hold",
    ev.TicketResumed: "resume",
    ev.TicketTransferred: "transfer",
    ev.TicketMoved: "open",
    ev.WindowOpened: "open",
    ev.WindowPaused: "pause",
    ev.WindowClosed: "close",
}
"""The events of a step at a window, and the call that makes each. Any of them can be taken back."""

_LEAD = (ev.TicketCalled, ev.WindowOpened)


@dataclass(slots=True)
class Step:
    """`changes` has a pair for each place that the step changed: what stood there before, and after.

    `lines` are the lines it wrote into the history of each of its tickets, from and to; `calls` the calls it made;
    `let_in` the returned visitors whose turn its call let come: number, due, and how long the history was.
    """

    window: str
    what: str
    at: datetime
    number: str = ""
    changes: dict[Place, tuple[Any, Any]] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    calls: list[int] = field(default_factory=list)
    let_in: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def windows(self) -> list[str]:
        """The windows that it changed, its own first."""
        changed = (key for kind, key, _ in self.changes if kind in ("window", "held"))
        return list(dict.fromkeys([self.window, *changed]))

    @property
    def queues(self) -> list[str]:
        """The queues that its tickets left or came to."""
        pairs = (pair for (kind, _, name), pair in self.changes.items() if (kind, name) == ("ticket", "queue"))
        return list(dict.fromkeys(queue for pair in pairs for queue in pair))

    def goes_on(self, event: ev.Event) -> None:
        """One more event of the same press: who is called names it, not who is finished by that."""
        self.window = getattr(event, "window", "") or self.window
        if isinstance(event, _LEAD):
            self.what, self.number = name_of(event), getattr(event, "number", "")


def name_of(event: ev.Event) -> str:
    """The call that makes this event: "next"."""
    by_number = isinstance(event, ev.TicketCalled) and event.why.get("part") == "by_number"
    return "call" if by_number else NAMES[type(event)]


def is_an_act(line: dict[str, str]) -> bool:
    """Is it a line of a ticket's history that something was done with it, and not taken back? A slip is nothing."""
    of_the_slip = ("printed", "print_broken", "print_failed", "print_ordered")
    return line["what"] not in (*of_the_slip, "undone") and "undone" not in line
