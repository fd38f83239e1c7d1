"""Live views: who watches what, what an event touches, and each touched view built once and sent to its room.

Views are built from durable state only. What a visitor waits to see (a call, its window, its own ticket) goes at
once; what only counts along (the kiosks' and the other desks' numbers) follows within SLOW_S, many changes in one.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import structlog

from caller.dispatcher import Dispatcher, NotKept
from hall import events as ev
from hall.events.concerns import OF_WINDOWS, numbers_of, queues_of, windows_of
from hall.state import HallState

log = structlog.get_logger("live")
SLOW_S = 0.25

Topic = tuple[str, str]
Body = dict[str, Any]
Builder = Callable[[HallState, str], Body]


class Live:
    """`builders` makes the data of each view; a builder raises KeyError for an `of` that does not exist."""

    def __init__(self, dispatcher: Dispatcher, send: Callable[[str, Body], None]) -> None:
        self.builders: dict[str, Builder] = {}
        self._dispatcher = dispatcher
        self._send = send
        self._watchers: dict[Topic, set[str]] = {}
        self._of_sid: dict[str, set[Topic]] = {}
        self._shown: dict[Topic, str] = {}
        self._events: list[ev.Event] = []
        self._fast: dict[Topic, None] = {}
        self._slow: dict[Topic, None] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopped = False
        self._threads = [
            threading.Thread(target=self._run, args=(self._flush_fast, self._wake, SLOW_S), name="live", daemon=True),
            threading.Thread(target=self._run, args=(self._flush_slow, None, SLOW_S), name="live-slow", daemon=True),
        ]

    def start(self) -> None:
        self._dispatcher.listeners.append(self.follow)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped = True
        self._wake.set()

    def watch(self, sid: str, view: str, of: str) -> Body:
        """Join, and get the view as it is now. Raises KeyError when there is no such view."""
        topic = (view, of)
        with self._lock:
            self._watchers.setdefault(topic, set()).add(sid)
            self._of_sid.setdefault(sid, set()).add(topic)
        try:
            payload, picture = self._build(topic)
        except KeyError:
            self.unwatch(sid, view, of)
            raise
        self._shown.setdefault(topic, picture)
        return payload

    def unwatch(self, sid: str, view: str, of: str) -> None:
        topic = (view, of)
        with self._lock:
            self._of_sid.get(sid, set()).discard(topic)
            watchers = self._watchers.get(topic)
            if watchers:
                watchers.discard(sid)
                if not watchers:
                    del self._watchers[topic]
                    self._shown.pop(topic, None)

    def gone(self, sid: str) -> None:
        """The page has disconnected."""
        for view, of in list(self._of_sid.get(sid, ())):
            self.unwatch(sid, view, of)
        self._of_sid.pop(sid, None)

    def watching(self) -> int:
        return sum(map(len, self._watchers.values()))

    def follow(self, events: list[ev.Event]) -> None:
        """The dispatcher's listener: only takes note."""
        with self._lock:
            self._events.extend(events)
        self._wake.set()

    def touch(self, view: str, of: str | None = None) -> None:
        """Something that no event tells has changed in a view: a receipt, a device, an announcement."""
        with self._lock:
            for topic in self._watchers:
                if topic[0] == view and of in (None, topic[1]):
                    self._fast[topic] = None
        self._wake.set()

    def _run(self, flush: Callable[[], None], wake: threading.Event | None, pause: float) -> None:
        tick = threading.Event()
        waits = False
        while not self._stopped:
            if wake and not waits:
                wake.wait()
                wake.clear()
            else:
                tick.wait(pause)
            try:
                flush()
            except NotKept:
                if not waits:
                    log.warning("views wait for the journal")
                waits = True
            except Exception:
                log.exception("views could not be sent")
            else:
                if waits:
                    log.info("views follow the journal again")
                waits = False

    def _flush_fast(self) -> None:
        with self._lock:
            events, self._events = self._events, []
            topics = list(self._watchers)
        if events:
            try:
                with self._dispatcher.reading() as state:
                    at_once, along = touched(events, state, topics)
            except NotKept:
                with self._lock:
                    self._events = events + self._events
                raise
            with self._lock:
                self._slow.update(dict.fromkeys(along))
                self._fast.update(dict.fromkeys(at_once))
        with self._lock:
            fast, self._fast = self._fast, {}
        self._send_all(list(fast))

    def _flush_slow(self) -> None:
        with self._lock:
            slow, self._slow = self._slow, {}
        self._send_all(list(slow))

    def _send_all(self, topics: list[Topic]) -> None:
        """Each on its own: a view that cannot be built keeps no other from its screen. Raises NotKept; none is lost."""
        for n, topic in enumerate(topics):
            if topic not in self._watchers:
                continue
            try:
                payload, picture = self._build(topic)
            except NotKept:
                with self._lock:
                    self._slow.update(dict.fromkeys(topics[n:]))
                raise
            except KeyError:
                continue  # gone with the day: a phone still shows yesterday's ticket
            except Exception:
                log.exception("a view could not be built", view=topic[0], of=topic[1])
                continue
            if self._shown.get(topic) == picture:
                continue
            self._shown[topic] = picture
            self._send(room(*topic), payload)

    def _build(self, topic: Topic) -> tuple[Body, str]:
        view, of = topic
        builder = self.builders[view]
        with self._dispatcher.reading() as state:
            data = builder(state, of)
            seq = self._dispatcher.seq
        picture = json.dumps({key: value for key, value in data.items() if key != "now"}, ensure_ascii=False)
        return {"view": view, "of": of, "seq": seq, "data": data}, picture


def room(view: str, of: str) -> str:
    """The Socket.IO room of a view."""
    return f"{view} {of}"


def touched(events: list[ev.Event], state: HallState, topics: list[Topic]) -> tuple[list[Topic], list[Topic]]:
    """Which of the watched topics the events change: those to send at once, and those that may follow."""
    plan = state.plan
    windows: set[str] = set()
    tokens: set[str] = set()
    queues: set[str] = set()
    everything = False
    for event in events:
        everything |= isinstance(event, ev.DayOpened)
        windows.update(windows_of(event))
        if isinstance(event, ev.ZoneClosed | ev.ZoneOpened):
            queues |= set(plan.queues_of_zone.get(event.zone, ()))
        queues.update(queues_of(event))
        tickets = [state.tickets[number] for number in numbers_of(event) if number in state.tickets]
        tokens.update(ticket.token for ticket in tickets)
        queues.update(queue for ticket in tickets for queue in ticket.concerns)
        if not tickets and isinstance(event, OF_WINDOWS) and event.window in plan.window:
            queues |= plan.window[event.window].queues.keys()  # who calls there, and where tickets are sent
    if everything:
        return topics, []
    zones = {plan.window[w].zone for w in windows if w in plan.window}
    zones |= {plan.queue[q].zone for q in queues if q in plan.queue}
    at_once, along = [], []
    for topic in topics:
        view, of = topic
        if (
            (view == "panel" and (of == "hall" or of in zones))
            or (view in ("window", "desk", "pad") and of in windows)
            or (view == "ticket" and of in tokens)
        ):
            at_once.append(topic)
        elif view == "ticket":
            number = state.by_token.get(of)
            if number and state.tickets[number].concerns & queues:
                along.append(topic)
        elif view == "desk":
            if of in plan.window and queues & plan.window[of].queues.keys():
                along.append(topic)
        elif view != "pad":
            along.append(topic)
    return at_once, along
