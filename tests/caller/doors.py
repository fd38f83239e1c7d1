"""What is done at the dispatcher's door, and a disk that can be slow or broken."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

from caller.dispatcher import Dispatcher
from caller.journal import Answer
from hall import commands as c


def take(door: Dispatcher, command_id: str = "", service: str = "tax-return", asks: Any = None) -> Answer:
    """Take a number; the answer's body is {"number", "seq"}."""
    return door.handle(
        command_id,
        lambda at: c.TakeTicket(at=at, actor="t", service=service, token=os.urandom(8).hex()),
        lambda state, events, seq: {"number": events[0].number, "seq": seq},
        status=201,
        asks=asks if asks is not None else ["take", service],
    )


def press(door: Dispatcher, command: type[c.Command], command_id: str = "", **words: Any) -> Answer:
    return door.handle(
        command_id,
        lambda at: command(at=at, actor="t", **words),
        lambda state, events, seq: {"numbers": [getattr(event, "number", "") for event in events]},
        asks=[command.__name__, words],
    )


def number(answer: Answer) -> str:
    return json.loads(answer.body)["number"]


class Disk:
    """A slow or broken disk: a commit waits at `gate`; `kept` tells how many events there were after each."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.at_gate = threading.Event()
        self.broken = False
        self.kept: list[int] = []

    def __call__(self, f: Callable[..., Any], *args: Any) -> Any:
        self.at_gate.set()
        assert self.gate.wait(20)
        if self.broken:
            raise sqlite3.OperationalError("disk I/O error")
        f(*args)
        self.kept.append(f.__self__.execute("select count(*) from events").fetchone()[0])  # type: ignore[attr-defined]


def in_thread(f: Callable[..., Any], *args: Any) -> tuple[threading.Thread, list[Any]]:
    given: list[Any] = []
    thread = threading.Thread(target=lambda: given.append(f(*args)), daemon=True)
    thread.start()
    return thread, given
