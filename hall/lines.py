"""Who stands where: lanes by queue and class, lines of single windows, those who are back; counts of who waits.

A ticket stands in one lane, or, in a step of a visit whose parts go in any order, in one of each of its queues.
`several` lists those, so that whoever counts over queues counts them once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from sortedcontainers import SortedList

if TYPE_CHECKING:
    from hall.state import Ticket


class Lines:
    """Moving a ticket costs O(log n) for each lane it stands in; counting O(log n) and the combinations of queues."""

    def __init__(self) -> None:
        self.lanes: dict[tuple[str, str], SortedList] = {}
        self.lanes_of: dict[str, list[SortedList]] = {}
        self.for_window: dict[str, SortedList] = {}
        self.returning: dict[str, SortedList] = {}
        self.several: dict[tuple[tuple[str, ...], str, str], SortedList] = {}
        self.queue_calls: Counter[str] = Counter()

    def lane(self, queue: str, name: str) -> SortedList:
        """A lane of a queue, of a class or of those who stand by their slot: places of the waiting, oldest first."""
        key = (queue, name)
        if key not in self.lanes:
            self.lanes[key] = SortedList()
            self.lanes_of.setdefault(queue, []).append(self.lanes[key])
        return self.lanes[key]

    def _places(self, ticket: Ticket) -> list[tuple[SortedList, tuple[Any, ...]]]:
        """Every list that a waiting ticket stands in, with its key there."""
        if ticket.to_window:
            return [(self.for_window.setdefault(ticket.to_window, SortedList()), ticket.place)]
        return [
            (self.returning.setdefault(queue, SortedList()), ticket.back)
            if ticket.due and queue == ticket.queue
            else (self.lane(queue, ticket.lane), ticket.place)
            for queue in ticket.queues
        ]

    def _together(self, ticket: Ticket) -> SortedList | None:
        """Those of its lane that stand in the same several queues, and are not let in yet in the same one, or ""."""
        if ticket.to_window or len(ticket.queues) < 2:
            return None
        return self.several.setdefault((ticket.queues, ticket.queue if ticket.due else "", ticket.lane), SortedList())

    def stand(self, ticket: Ticket) -> None:
        """It waits from now on."""
        for line, key in self._places(ticket):
            line.add(key)
        together = self._together(ticket)
        if together is not None:
            together.add(ticket.place)

    def stand_no_more(self, ticket: Ticket) -> None:
        """It waits no longer, wherever it did."""
        for line, key in self._places(ticket):
            line.discard(key)
        together = self._together(ticket)
        if together is not None:
            together.discard(ticket.place)
        ticket.due = 0

    def let_in(self, ticket: Ticket) -> None:
        """It has been back for long enough: it stands at its old place again."""
        self.stand_no_more(ticket)
        self.stand(ticket)

    def waiting(self, *queues: str) -> int:
        """How many wait in the queues, with those who missed their call and are back. Nobody is counted twice."""
        count = sum(sum(map(len, self.lanes_of.get(q, ()))) + len(self.returning.get(q, ())) for q in queues)
        if len(queues) > 1 and self.several:
            count -= sum(len(places) * _again(stood, queues) for (stood, _, _), places in self.several.items())
        return count

    def twice(self, lanes: Collection[tuple[str, str]]) -> int:
        """How many too many are counted by adding up those lanes and who is back there: some stand in several."""
        return sum(
            len(places) * _again(((queue, name) for queue in stood), lanes)
            for (stood, _, name), places in self.several.items()
        )

    def older(self, lanes: Collection[tuple[str, str]], place: tuple[Any, ...]) -> int:
        """How many stand longer than `place` in the lanes of so many queues and names. Nobody is counted twice."""
        count = sum(self.lanes[key].bisect_left(place) for key in lanes if key in self.lanes)
        for (stood, back, name), places in self.several.items():
            again = _again(((queue, name) for queue in stood if queue != back), lanes)
            count -= places.bisect_left(place) * again if again else 0
        return count

    def ahead(self, ticket: Ticket) -> int:
        """How many wait in the same line and stand longer; of several lines, in the shortest. 0 when not waiting."""
        if ticket.state != "waiting":
            return 0
        if ticket.to_window:
            return self.for_window[ticket.to_window].bisect_left(ticket.place)
        return min(self._ahead_in(queue, ticket) for queue in ticket.queues)

    def _ahead_in(self, queue: str, ticket: Ticket) -> int:
        lanes = self.lanes_of.get(queue, ())
        if ticket.due and queue == ticket.queue:
            return min(ticket.due - self.queue_calls[queue], sum(map(len, lanes)))
        return sum(lane.bisect_left(ticket.place) for lane in lanes)

    def picture_of_lines(self) -> dict[str, Any]:
        """Its part of HallState.picture."""
        return {
            "lanes": {key: list(lane) for key, lane in sorted(self.lanes.items()) if lane},
            "for_window": {key: list(places) for key, places in sorted(self.for_window.items()) if places},
            "returning": {queue: list(places) for queue, places in sorted(self.returning.items()) if places},
            "several": {key: list(places) for key, places in sorted(self.several.items()) if places},
            "queue_calls": dict(sorted(self.queue_calls.items())),
        }


def _again(stood: Iterable[object], counted: Collection[object]) -> int:
    """How often too many a ticket is met where one counts, that stands in all of `stood`."""
    return max(0, sum(place in counted for place in stood) - 1)
