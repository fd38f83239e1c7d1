"""32 clerks press next on the same queues: by keypad, by HTTP and by socket at once, with repeats, on `hall serve`.

The keypads' presses are frames on virtual lines, read by the real agent in its own process.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests

from caller.journal import Journal

from .halls import Served

WINDOWS = 32
LINES = 4
SOCKETS = 4
TAKEN = 120
BY_SOCKET = 8


def _config() -> str:
    begins = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=12)  # no test runs into a new day
    windows = range(1, WINDOWS + 1)
    rows = [
        f"hall: {{name: 大厅, day_starts: '{begins:%H:%M}', recall_spacing_s: 0}}",
        "zones: [{id: z, letter: A, name: 综合}]",
        "queues: [{id: a, zone: z, name: 甲, letters: A}, {id: b, zone: z, name: 乙, letters: AB}]",
        "services: [{id: sa, name: 甲事, queue: a}, {id: sb, name: 乙事, queue: b}]",
        "windows:",
        *(f"  - {{id: {w}, zone: z, queues: [a, b]}}" for w in windows),
        "lines:",
        *(f"  - {{id: line-{n}, port: virtual, speed: 115200}}" for n in range(LINES)),
        "devices:",
        *(
            f"  - {{id: keys-{w}, driver: ff68-keypad, line: line-{w % LINES}, address: {w}, window: {w}}}"
            for w in windows
        ),
    ]
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def rush(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The hall with its agent, all keypads there."""
    folder = tmp_path_factory.mktemp("rush")
    (folder / "hall_config.yaml").write_text(_config(), encoding="utf-8")
    hall = Served(folder / "hall_config.yaml", folder / "data")
    hall.start("--host", "127.0.0.1")
    yield hall
    hall.stop()


def journal_rows(hall: Served, kind: str) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{hall.data / 'hall.db'}?mode=ro", uri=True) as conn:
        rows = conn.execute("select data from events where kind = ? order by seq", [kind]).fetchall()
    return [json.loads(row[0]) for row in rows]


def get(hall: Served, path: str) -> Any:
    return hall.session.get(f"{hall.url}/api/v1/{path}", timeout=20).json()


def test_whoever_presses_however_often_every_ticket_is_called_once(
    rush: Served, at_once: Callable[..., Any], until: Callable[..., Any]
) -> None:
    """Keypads, HTTP with each press sent twice, and sockets: as many calls as presses, in order of standing."""
    token = rush.token()
    until(lambda: _keypads_there(rush), 60)
    for n in range(TAKEN):
        assert rush.post("tickets", {"service": "sab"[0] + "ab"[n % 2]}, token=token).status_code == 201
    for w in range(1, WINDOWS + 1):
        assert rush.post(f"windows/{w}/open", token=token).status_code == 200
    sockets = [rush.socket(auth={"token": token}) for _ in range(SOCKETS)]
    keys = [str(uuid.uuid4()) for _ in range(WINDOWS)]
    sessions = [requests.Session() for _ in range(2 * WINDOWS)]
    socket_keys = [str(uuid.uuid4()) for _ in range(BY_SOCKET)]

    def press(i: int) -> Any:
        if i < WINDOWS:  # by keypad: a frame on its line
            moved = {"device": f"keys-{i + 1}", "do": "press", "key": "next"}
            # refused while the agent is not connected, as a rush on a busy machine may have it: then nobody has pressed
            until(lambda: sockets[i % SOCKETS].call("virtual", moved, timeout=60)["status"] == HTTPStatus.OK, 60)
            return HTTPStatus.OK, None
        if i < 3 * WINDOWS:  # by HTTP, each id by two clients
            w = (i - WINDOWS) // 2
            answer = rush.post(f"windows/{w + 1}/next", token=token, key=keys[w], session=sessions[i - WINDOWS])
            return answer.status_code, answer.json()
        w = (i - 3 * WINDOWS) // 2  # by socket, each id twice
        told = sockets[i % SOCKETS].call("next", {"window": str(w + 1), "id": socket_keys[w]}, timeout=60)
        return told["status"], told["body"]

    answers = at_once(3 * WINDOWS + 2 * BY_SOCKET, press)
    assert Counter(status for status, _ in answers) == {200: len(answers)}
    told = [body for _, body in answers]
    assert told[WINDOWS::2] == told[WINDOWS + 1 :: 2], "one id, one answer, for both who sent it"
    presses = WINDOWS + WINDOWS + BY_SOCKET
    called = until(lambda: len(it := journal_rows(rush, "TicketCalled")) >= presses and it, 60)
    numbers = [call["number"] for call in called]
    assert len(numbers) == len(set(numbers)) == presses, "every press called one, nobody is called twice"
    taken = [event["number"] for event in journal_rows(rush, "TicketTaken")]
    assert numbers == taken[:presses], "in the order in which they came, none passed over"
    waiting = {number for number in taken if get(rush, f"tickets/{number}")["state"] == "waiting"}
    assert waiting == set(taken[presses:]), "and none is lost"
    at_windows = [window["ticket"]["number"] for window in get(rush, "windows") if window["ticket"]]
    assert len(at_windows) == len(set(at_windows)) == WINDOWS, "one ticket at each window"


def _keypads_there(hall: Served) -> bool:
    devices = get(hall, "health")["devices"]
    return all(device["state"] != "lost" for device in devices)  # a keypad is silent until it is pressed


def press_by_http(hall: Served, i: int, token: str, keys: list[str]) -> int:
    return hall.post(f"windows/{i + 1}/next", token=token, key=keys[i], session=requests.Session()).status_code


def test_a_killed_hub_calls_nobody_twice_when_everybody_presses_again(
    rush: Served, at_once: Callable[..., Any], until: Callable[..., Any]
) -> None:
    """kill -9 in the middle of the presses: what was called is kept, each press is done once, the journal verifies."""
    before = len(journal_rows(rush, "TicketCalled"))
    token = rush.token()
    keys = [str(uuid.uuid4()) for _ in range(16)]

    def press(i: int) -> int:
        if i == 16:
            until(lambda: len(journal_rows(rush, "TicketCalled")) > before, 30)
            rush.kill()
            return 0
        try:
            return press_by_http(rush, i, token, keys)
        except requests.RequestException:
            return 0

    first = at_once(17, press)
    rush.start("--host", "127.0.0.1")
    again = at_once(16, lambda i: press_by_http(rush, i, token, keys))
    assert set(first[:16]) <= {0, 200}
    assert set(again) == {200}
    numbers = [call["number"] for call in journal_rows(rush, "TicketCalled")]
    assert len(numbers) == len(set(numbers)) == before + 16
    rush.stop()
    journal = Journal(Path(rush.data / "hall.db"))
    assert journal.verify() == journal.seq
    journal.close()
