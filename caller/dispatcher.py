"""The one door to the hall: every command enters here, every event leaves here.

Commands that arrive together are decided one after the other, each on the state that the one before left, and share
one durable commit. Nobody is answered, and nobody can read the state, before that commit: what is told is on disk.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from caller.at_the_door import FAULT, REUSED, Body, Waiting, problem, touched
from caller.journal import Answer, Journal, is_of_the_disk, ticket_row
from hall import events as ev
from hall.commands import Command, OpenDay
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import evolve, replay
from hall.plan import Plan
from hall.state import HallState

log = structlog.get_logger("dispatcher")
BATCH_MOST = 256
ANSWERS_BESIDES = 200


class NotKept(Exception):
    """The journal could not keep it; nothing has happened, try again."""


class Dispatcher:
    """Owns the state and the journal.

    `clock()` is the time with zone. Listeners get the events after they are durable; they may only enqueue.
    `key_of_marks` keys the hash by which a repeated request is known: it covers the whole body, and an ID number could
    be guessed from a plain one.
    """

    def __init__(
        self,
        plan: Plan,
        journal: Journal,
        clock: Callable[[], datetime],
        key_of_marks: bytes = b"",
    ) -> None:
        self.plan = plan
        self.journal = journal
        self.listeners: list[Callable[[list[ev.Event]], None]] = []
        self._zone = ZoneInfo(plan.timezone)
        hour, minute = map(int, plan.day_starts.split(":"))
        self._day_starts = timedelta(hours=hour, minutes=minute)
        self._clock = clock
        self._key_of_marks = key_of_marks
        self._door: queue.Queue[Waiting | None] = queue.Queue()
        self._settled = threading.RLock()
        self._state = HallState(plan)
        self._answers: dict[str, Answer] = {}
        self._besides: deque[tuple[str, Answer]] = deque()
        self._sound = False
        self._keeps_not = ""
        self._stopped = False
        self._at_the_door = threading.Lock()
        self.seq = 0
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def start(self) -> None:
        """Replay today, open the day if it is a new one, then let commands in."""
        self._rebuild()
        self._thread.start()
        self.look_at_the_day()

    def look_at_the_day(self) -> None:
        """Open the new business day if it has begun. Every command does so too; this is for a hall where nobody is."""
        self.handle("", lambda at: OpenDay(at=at, actor="hub", day=self._state.day), lambda *_: {})

    def stop(self) -> None:
        """Finish what is at the door, then close the journal. Whoever comes later gets NotKept."""
        with self._at_the_door:
            self._stopped = True
            self._door.put(None)
        self._thread.join()
        self.journal.close()

    @property
    def day(self) -> str:
        """The business day, "2026-11-22"."""
        return self._state.day

    def now(self) -> datetime:
        """The hall's time."""
        return self._clock().astimezone(self._zone)

    @contextmanager
    def reading(self) -> Iterator[HallState]:
        """The state, all of it durable, for as long as the block lasts. Keep it short and do not wait inside.

        Raises NotKept while the journal cannot be read.
        """
        with self._settled:
            if not self._sound:
                raise NotKept
            yield self._state

    def handle(
        self,
        command_id: str,
        make: Callable[[datetime], Command],
        tell: Callable[[HallState, list[ev.Event], int], Body],
        *,
        status: int = 200,
        asks: Any = None,
    ) -> Answer:
        """Do a command once and answer when it is durable.

        `make(at)` builds the command with the hall's time; `tell(state, events, seq)` its answer, in the state that it
        left. The same `command_id` again gives the first answer; with another `asks` it is refused ("id_reused").
        Raises NotKept when the journal could not keep it.
        """
        asked = json.dumps(asks, sort_keys=True, default=str).encode()
        mark = hmac.new(self._key_of_marks, asked, hashlib.sha256).hexdigest()[:16]
        waiting = Waiting(command_id, make, tell, status, mark)
        with self._at_the_door:  # nobody enters behind the None that ends the day's work, to wait for ever
            if self._stopped:
                raise NotKept
            self._door.put(waiting)
        waiting.done.wait()
        if waiting.failed or waiting.answer is None:
            raise NotKept
        return waiting.answer

    def earlier(self, command_id: str) -> Answer | None:
        """What a command of this id was answered today."""
        return self._answers.get(command_id) if command_id else None

    def answered(self, command_id: str, answer: Answer) -> None:
        """What was answered to something that is no command: its id is used up, as a command's is, while the hub runs.

        The oldest of more than ANSWERS_BESIDES are forgotten: anybody may ask for such things.
        """
        if not command_id:
            return
        self._answers[command_id] = answer
        self._besides.append((command_id, answer))
        if len(self._besides) > ANSWERS_BESIDES:
            oldest, its_answer = self._besides.popleft()
            if self._answers.get(oldest) is its_answer:
                del self._answers[oldest]

    def accepted(self, case: str) -> dict[str, str]:
        """Journal.accepted: when and where a case was accepted. Raises NotKept while the journal cannot be read."""
        if not case:
            return {}
        with self.reading():
            return self.journal.accepted(case)

    def figures(self, day: str) -> dict[str, Any] | None:
        """Journal.figures of a day. Raises NotKept while the journal cannot be read."""
        with self.reading():
            return self.journal.figures(day)

    def _run(self) -> None:
        while True:
            first = self._door.get()
            if first is None:
                return
            batch = [first]
            stop = False
            while len(batch) < BATCH_MOST and not self._door.empty():
                more = self._door.get()
                if more is None:
                    stop = True
                    break
                batch.append(more)
            events = self._do(batch)
            for waiting in batch:
                waiting.done.set()
            if events:
                self._tell(events)
            if stop:
                return

    def _tell(self, events: list[ev.Event]) -> None:
        for listener in self.listeners:
            try:
                listener(events)
            except Exception:
                log.exception("a listener failed", listener=repr(listener))

    def _do(self, batch: list[Waiting]) -> list[ev.Event]:
        with self._settled:
            failed: Exception | None = None
            try:
                events, answered = self._together(batch)
            except Exception as error:
                failed = error
            if failed:
                return self._not_together(batch, failed)
            if self._keeps_not and (events or answered):
                self._keeps_not = ""
                log.info("the journal keeps again what is done")
            return events

    def _together(self, batch: list[Waiting]) -> tuple[list[ev.Event], bool]:
        """All of the batch in one commit: what happened, and whether there was anything to keep."""
        if not self._sound:
            self._rebuild()
        self._day_changes()
        events: list[ev.Event] = []
        answers: dict[str, Answer] = {}
        for waiting in batch:
            events += self._answer(waiting, answers, len(events))
        if events or answers:
            rows = [ticket_row(self._state.day, self._state.tickets[n]) for n in touched(events, self._state)]
            self.seq = self.journal.append(self._state.day, events, answers.items(), rows)
            self._answers.update(answers)
        return events, bool(events or answers)

    def _not_together(self, batch: list[Waiting], error: Exception) -> list[ev.Event]:
        """The disk fails all alike. An error of ours is the fault of one command: each is done again, by itself."""
        self._sound = False
        if is_of_the_disk(error):
            self._lost(error)
            for waiting in batch:
                waiting.failed = True
        elif len(batch) > 1:
            return [event for waiting in batch for event in self._do([waiting])]
        else:
            log.error("a command could not be done; nothing has happened", id=batch[0].id, exc_info=error)
            batch[0].answer = FAULT
        self._try_to_rebuild()
        return []

    def _lost(self, error: Exception) -> None:
        """Once for each reason: on a full disk, where every command is refused, the log is not what fills it."""
        if self._keeps_not != str(error):
            log.error("the journal could not keep it; nothing has happened, and who asked is told", exc_info=error)
        self._keeps_not = str(error)

    def _try_to_rebuild(self) -> None:
        try:
            self._rebuild()
        except Exception as error:  # the disk is gone: every command tries again, nobody reads what is not on disk
            self._lost(error)

    def _day_changes(self) -> None:
        day = (self.now() - self._day_starts).date().isoformat()
        if self._state.day and day <= self._state.day:  # a clock that jumps back does not open yesterday again
            return
        events = decide(OpenDay(at=self.now(), actor="hub", day=day), self._state)
        rows = []
        for event in events:
            evolve(event, self._state)
            if isinstance(event, ev.DayClosed):
                rows = [ticket_row(event.day, self._state.tickets[n]) for n in event.unserved]
        self._answers.clear()
        self.journal.append(day, events, [], rows)
        self.journal.forget_answers(day)
        self.seq = self.journal.seq
        self._tell(events)

    def _answer(self, waiting: Waiting, new: dict[str, Answer], before: int) -> list[ev.Event]:
        known = (new.get(waiting.id) or self._answers.get(waiting.id)) if waiting.id else None
        if known:
            waiting.answer = known if known.mark == waiting.mark else REUSED
            return []
        command = waiting.make(self.now())
        if isinstance(command, OpenDay):  # the day is looked at before every batch
            waiting.answer = Answer(waiting.mark, 200, "{}")
            return []
        try:
            events = decide(command, self._state)
            for event in events:
                evolve(event, self._state)
            body, status = waiting.tell(self._state, events, self.seq + before + len(events)), waiting.status
        except Refused as refused:
            events, status, body = [], 404 if refused.unknown else 409, problem(refused)
        waiting.answer = Answer(waiting.mark, status, json.dumps(body, ensure_ascii=False))
        if waiting.id:
            new[waiting.id] = waiting.answer
        return events

    def _rebuild(self) -> None:
        self._state = replay(self.journal.today(), HallState(self.plan))
        self._answers = self.journal.answers(self._state.day)
        self.seq = self.journal.seq
        self._sound = True
