"""The hall as plain lists, for test_machine: slow, obvious, and written without a look at how hall/ does it."""

from __future__ import annotations

from typing import Any

WINDOWS = ("1", "2", "3")


class Model:
    """O(n) and obvious. `waiting` holds [number, queue, for_window, (minute, order) it stands since]."""

    def __init__(self, queues: dict[str, dict[str, int]]) -> None:
        self.queues = queues
        self.waiting: list[list[Any]] = []
        self.taken = dict.fromkeys("ab", 0)
        self.doing = dict.fromkeys(WINDOWS, "closed")
        self.clerk = dict.fromkeys(WINDOWS, "")
        self.at: dict[str, str] = {}  # window -> the ticket there
        self.held: list[tuple[str, str]] = []  # (number, window), the latest last
        self.missed: set[str] = set()
        self.finished: set[str] = set()
        self.abandoned: set[str] = set()
        self.arrived: set[str] = set()
        self.queue: dict[str, str] = {}
        self.again: dict[str, int] = {}
        self.last_call: dict[str, int] = {}
        self.calls = 0

    def line(self, window: str) -> list[str]:
        """Whom the window would call, first to last; the front of a transfer stands by the minute taken."""
        own = [it for it in self.waiting if it[2] == window]
        rest = [it for it in self.waiting if not it[2] and it[1] in self.queues[window]]
        rank = self.queues[window]
        return [
            it[0] for it in [*sorted(own, key=self.stood), *sorted(rest, key=lambda w: (rank[w[1]], self.stood(w)))]
        ]

    def left_by(self, window: str) -> set[str]:
        """Who would have no window any more: sent here, on hold here, or in a queue that every other closed on."""
        serve = {q: [w for w in WINDOWS if q in self.queues[w] and self.doing[w] != "closed"] for q in "ab"}
        lost = [q for q, windows in serve.items() if windows == [window]]
        sent = {it[0] for it in self.waiting if it[2] == window}
        return (
            sent
            | {it[0] for it in self.waiting if not it[2] and it[1] in lost}
            | {number for number, by in self.held if by == window or self.queue[number] in lost}
        )

    @staticmethod
    def stood(it: list[Any]) -> Any:
        return it[3]

    def not_called(self, window: str) -> str | None:
        """Nobody is called there who has not come."""
        if window not in self.at:
            return "no_ticket"
        if self.doing[window] != "calling":
            return "not_called"
        return "already_arrived" if self.at[window] in self.arrived else None

    def leave(self, window: str) -> str:
        number = self.at.pop(window)
        self.arrived.discard(number)
        self.doing[window] = "open"
        return number

    def move(self, here: str, there: str) -> None:
        """The clerk goes: who was held goes along, last who was at the window."""
        along = [number for number, by in self.held if by == here] + ([self.leave(here)] if here in self.at else [])
        self.held = [it for it in self.held if it[1] != here] + [(number, there) for number in along]
        self.doing[here], self.clerk[here] = "closed", ""

    def call(self, window: str, number: str, minute: int) -> None:
        if window in self.at:
            self.finished.add(self.leave(window))
        self.waiting = [it for it in self.waiting if it[0] != number]
        self.missed.discard(number)
        self.at[window], self.doing[window] = number, "calling"
        self.again[number] = 1
        self.last_call[number] = minute
        self.calls += 1
