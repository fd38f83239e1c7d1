"""Durable before told: the hub is killed in the middle of its work, again and again; nothing that it said is untrue."""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from caller.journal import Journal
from hall import events as ev

KILLS = 4
PER_LIFE = (15, 90)
"""So many answers are given, about, before the next kill."""


@dataclass
class Crowd:
    """People who press until they are answered: after a broken connection the same press again, with the same id."""

    hall: Any
    answers: dict[str, tuple[str, int, dict[str, Any]]] = field(default_factory=dict)
    presses: int = 0
    broken: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def press(self, session: requests.Session, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        key = str(uuid.uuid4())
        limit = time.monotonic() + 30
        while True:
            self.presses += 1
            try:
                answer = self.hall.post(path, body, key=key, session=session)
            except requests.RequestException:
                self.broken += 1
            else:
                if answer.status_code != 503:
                    self.answers[key] = (path, answer.status_code, answer.json())
                    return answer.status_code, answer.json()
            assert time.monotonic() < limit, f"no answer to {path} in 30 s"
            time.sleep(0.02)

    def visit(self, rng: random.Random) -> None:
        with requests.Session() as session:
            while not self.over.is_set():
                service = rng.choice(("tax-return", "tax-card", "pension"))
                status, _ = self.press(session, "tickets", {"service": service})
                assert status == 201

    def work(self, window: str) -> None:
        with requests.Session() as session:
            self.press(session, f"windows/{window}/open")
            while not self.over.is_set():
                for call in ("next", "start", "finish"):
                    status, _ = self.press(session, f"windows/{window}/{call}")
                    assert status in (200, 409), "409: nobody is waiting at this moment"


def test_kill_9_at_any_point_loses_nothing_and_does_nothing_twice(
    serve_in: Callable[..., Any], tmp_path: Path, until: Callable[..., Any], hall_command: Callable[..., Any]
) -> None:
    """No number twice, nobody called twice, all that was told is true, and a watching page catches up by itself."""
    rng = random.Random(20261122)
    hall = serve_in(tmp_path / "data")
    crowd = Crowd(hall)
    page = hall.socket(reconnection=True, reconnection_delay=0.1, reconnection_delay_max=0.3)
    page.on("connect", lambda: page.emit("watch", {"view": "panel", "of": "hall"}))
    page.emit("watch", {"view": "panel", "of": "hall"})
    failures: list[BaseException] = []

    def person(doing: Callable[..., None], *args: Any) -> threading.Thread:
        def live() -> None:
            try:
                doing(*args)
            except BaseException as error:
                failures.append(error)

        thread = threading.Thread(target=live, daemon=True)
        thread.start()
        return thread

    people = [person(crowd.visit, random.Random(n)) for n in range(2)]
    people += [person(crowd.work, window) for window in "123"]
    try:
        for _ in range(KILLS):
            enough = len(crowd.answers) + rng.randint(*PER_LIFE)
            until(lambda enough=enough: failures or len(crowd.answers) >= enough, 40)
            hall.kill()
            hall.start()
        enough = len(crowd.answers) + 30
        until(lambda: failures or len(crowd.answers) >= enough, 40)
    finally:
        crowd.over.set()
    for thread in people:
        thread.join(40)
    assert not failures and crowd.broken >= KILLS

    for key, (path, status, body) in rng.sample(sorted(crowd.answers.items()), 12):
        again = hall.post(path, {"service": body["service"]} if path == "tickets" else None, key=key)
        assert (again.status_code, again.json()) == (status, body), "asked again, it answers what it answered"
    seq = requests.get(f"{hall.url}/api/v1/health", timeout=10).json()["journal"]["seq"]
    last = until(lambda: (it := page.seen.last("panel", "hall")) and it["seq"] == seq and it)
    seqs = [view["seq"] for view in page.seen.views]
    assert seqs == sorted(seqs), "seq never goes down, also over a restart"
    hall.stop()

    journal = Journal(tmp_path / "data" / "hall.db")
    assert journal.verify() == journal.seq == seq
    events = list(journal.today())
    opened = events[0]
    assert isinstance(opened, ev.DayOpened)
    kept = journal.answers(opened.day)
    journal.close()
    taken = Counter(event.number for event in events if isinstance(event, ev.TicketTaken))
    called = [event for event in events if isinstance(event, ev.TicketCalled)]
    assert set(taken.values()) == {1}, "no number twice"
    assert set(Counter(event.number for event in called).values()) == {1}, "nobody called twice"
    assert [event.call for event in called] == list(range(1, len(called) + 1))
    for key, (path, status, body) in crowd.answers.items():
        fact = "code" if status >= 400 else "seq"
        in_journal = (kept[key].status, json.loads(kept[key].body)[fact])
        assert in_journal == (status, body[fact]), f"the answer to {path} is in the journal"
    told = Counter(body["number"] for path, status, body in crowd.answers.values() if path == "tickets")
    assert told == taken, "every ticket was told to exactly one visitor"
    calls_told = {
        (body["ticket"]["number"], body["window"])
        for path, status, body in crowd.answers.values()
        if path.endswith("/next") and status == 200
    }
    assert calls_told == {(event.number, event.window) for event in called}, "every call was told to its clerk"
    newest = last["data"]["calls"][0]
    assert (newest["call"], newest["number"]) == (called[-1].call, called[-1].number)

    verified = hall_command("verify", "--data", tmp_path / "data")
    assert (verified.returncode, f"{seq} events" in verified.stdout) == (0, True)
