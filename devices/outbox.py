"""What an agent must not forget: what the hub has not answered yet, and which slips have been printed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import structlog

from devices.records import Record, RecordFile

FIRST_REPEAT_S = 2.0
MOST_REPEAT_S = 30.0

KEY_LIFE_S = 20.0
"""A key pressed while the hub was away: delivered when it is back soon, forgotten after this long. Nobody wants the
"next" of ten minutes ago; the clerk has long pressed again, or walked to the visitor."""

PRINTS_KEPT = 2000
"""Prints remembered, some days of a busy kiosk; the hub asks again only for today's."""

COMPACT_AFTER = 10_000
"""Records after which the file is written anew with what still counts."""

INTERRUPTED = "打印时程序中断,请看号票是否已经打出,没有再补打"

log = structlog.get_logger(__name__)


@dataclass
class _Letter:
    event: Literal["input", "done"]
    payload: Mapping[str, Any]
    born: float
    lasting: bool = True
    repeat_at: float = 0.0
    repeat_s: float = FIRST_REPEAT_S


class Outbox:
    """Letters to the hub, each repeated until answered, on the disk (devices.records) before they are sent.

    `clock` is monotonic seconds and times everything; `wall`, an aware datetime, only says when a key was pressed, and
    how old one is that an agent before this one has left. Several threads may call.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float], wall: Callable[[], datetime]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = RecordFile(folder / "outbox.jsonl")
        self._clock = clock
        self._wall = wall
        self._lock = threading.RLock()
        self._letters: dict[tuple[str, str], _Letter] = {}
        self._prints: dict[str, Record | None] = {}
        self._disk_is_full = False
        self._closed = False
        self._added = 0
        for record in self._file.read():
            try:
                self._apply(record, self._born(record))
            except (KeyError, TypeError, ValueError, AttributeError):  # somebody has edited the file
                log.warning("a record of the agent cannot be understood and is left out", record=record)
        self._put_down(self._write_anew)

    def input(self, id: str, device: str, event: Mapping[str, Any]) -> bool:  # noqa: A002
        """A key or a grade to tell. False if the same one of that device still waits for its answer.

        Who presses the same key again because nothing happened yet means the same press.
        """
        with self._lock:
            self._drop_stale()
            for letter in self._letters.values():
                told = letter.payload
                if letter.event == "input" and told["device"] == device and told["event"] == dict(event):
                    return False
            at = self._wall().isoformat(timespec="milliseconds")
            self._write({"letter": "input", "payload": {"id": id, "device": device, "event": dict(event), "at": at}})
            return True

    def done(self, payload: Mapping[str, Any], print_job: bool = False, *, shown: bool = False) -> None:
        """The outcome of a job: {"id", "device", "ok", "error", "sentence", "detail"}.

        That something is `shown` is not put on the disk, hundreds of times for each call: an agent that starts anew is
        given by the hub what it shall show, and shows it again.
        """
        with self._lock:
            self._write({"letter": "done", "payload": dict(payload), "print": print_job, "shown": shown})

    def began_print(self, id: str) -> None:  # noqa: A002
        """On disk before the first byte goes to the printer."""
        with self._lock:
            self._write({"began": id})

    def outcome_of_print(self, id: str, device: str) -> Mapping[str, Any] | None:  # noqa: A002
        """What to answer when the hub sends this print again: None if it may be printed.

        A print that succeeded, or that was cut short by the end of a process, is not done again; one that failed
        may be, once the hub has heard of the failure.
        """
        with self._lock:
            if waiting := self._letters.get(("done", id)):
                return waiting.payload
            if id not in self._prints:
                return None
            outcome = self._prints[id]
            if outcome is None:
                return {
                    "id": id,
                    "device": device,
                    "ok": False,
                    "error": "interrupted",
                    "sentence": INTERRUPTED,
                    "detail": {},
                }
            return outcome if outcome["ok"] else None

    def answered(self, event: str, id: str) -> None:  # noqa: A002
        with self._lock:
            if letter := self._letters.get((event, id)):
                if letter.lasting:
                    self._write({"answered": [event, id]})
                else:
                    del self._letters[event, id]

    def due(self) -> list[tuple[str, Mapping[str, Any]]]:
        """The letters to send now; each is due again after a growing while."""
        now = self._clock()
        with self._lock:
            self._drop_stale()
            letters = [letter for letter in self._letters.values() if letter.repeat_at <= now]
            for letter in letters:
                letter.repeat_at = now + letter.repeat_s
                letter.repeat_s = min(letter.repeat_s * 2, MOST_REPEAT_S)
            return [(letter.event, letter.payload) for letter in letters]

    def all_due(self) -> None:
        """The hub is there again: everything unanswered goes out at once."""
        with self._lock:
            for letter in self._letters.values():
                letter.repeat_at, letter.repeat_s = 0.0, FIRST_REPEAT_S

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._file.close()

    def _drop_stale(self) -> None:
        now = self._clock()
        for (event, id_), letter in list(self._letters.items()):
            if event == "input" and letter.payload["event"].get("kind") == "key" and now - letter.born > KEY_LIFE_S:
                log.warning("a key press was never answered and is dropped", press=letter.payload)
                self._write({"answered": [event, id_]})

    def _write(self, record: Record) -> None:
        self._apply(record, self._clock())
        if self._closed or not _lasting(record):
            return
        self._added += 1
        if self._disk_is_full or self._added > COMPACT_AFTER:
            self._put_down(self._write_anew)  # also what could not be added before
        else:
            self._put_down(lambda: self._file.add(record))

    def _put_down(self, write: Callable[[], None]) -> None:
        """A full disk stops no keypad and no printer: letters travel from memory, and only kill -9 costs them."""
        try:
            write()
        except OSError as error:
            if not self._disk_is_full:
                file = str(self._file.path)
                log.warning("what the agent must not forget cannot be written", error=str(error), file=file)
            self._disk_is_full = True
        else:
            if self._disk_is_full:
                log.info("what the agent must not forget is written again", file=str(self._file.path))
            self._disk_is_full = False

    def _apply(self, record: Record, born: float) -> None:
        match record:
            case {"letter": "input" | "done" as event, "payload": payload}:
                self._letters[event, payload["id"]] = _Letter(event, payload, born, _lasting(record))
                if record.get("print"):
                    self._prints[payload["id"]] = payload
            case {"answered": [event, id_]}:
                self._letters.pop((event, id_), None)
            case {"began": id_}:
                self._prints[id_] = None
            case {"print": payload}:
                self._prints[payload["id"]] = payload

    def _born(self, record: Record) -> float:
        """When a letter of an agent before this one was written, on this one's clock; never later than now."""
        at = record.get("payload", {}).get("at")
        age = (self._wall() - datetime.fromisoformat(at)).total_seconds() if at else 0.0
        return self._clock() - max(age, 0.0)

    def _write_anew(self) -> None:
        """Write what still counts, so that the file stays small for years. Raises OSError, nothing lost."""
        self._prints = dict(list(self._prints.items())[-PRINTS_KEPT:])
        self._file.write_anew(self._what_counts())
        self._added = 0

    def _what_counts(self) -> Iterator[Record]:
        for id_, payload in self._prints.items():
            yield {"began": id_} if payload is None else {"print": payload}
        for letter in self._letters.values():
            if letter.lasting:
                yield {"letter": letter.event, "payload": letter.payload}


def _lasting(record: Record) -> bool:
    """Whether the record goes to disk. A sound does not: the hub asks for it again if it still wants it."""
    if record.get("shown"):
        return False
    detail = record.get("payload", {}).get("detail", {})
    return not any(isinstance(value, bytes) for value in detail.values())
