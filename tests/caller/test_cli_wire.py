"""`hall wire`: a line of a running hall, a port of this machine, a capture; recorded, and sent in again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from caller.cli import main
from devices import ff68
from devices.driver import DeviceSpec
from devices.virtual import FarEnd, VirtualWire

from .halls import Served

CAPTURE = Path(__file__).parents[1] / "devices" / "captures" / "loose_wire.jsonl"
NEXT = ff68.encode(ff68.Frame(5, ff68.KEY, b"\x0c"))
Hall = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hall(capsys: pytest.CaptureFixture[str]) -> Hall:
    def run(*words: str | Path) -> tuple[int, str, str]:
        return main([str(word) for word in words]), *capsys.readouterr()

    return run


@pytest.fixture
def port() -> Iterator[VirtualWire]:
    wire = VirtualWire("a-port")
    yield wire
    wire.close()


def test_a_capture_is_told_line_by_line_with_its_times(hall: Hall) -> None:
    status, out, _ = hall("wire", "--replay", CAPTURE)
    lines = out.splitlines()
    assert (status, len(lines)) == (0, 10)
    assert lines[0].startswith("14:02:11.254  in   ff 68 03 03 68 07 01 0c 14 16 ")
    assert lines[0].endswith("  keypad-7       key next")
    assert "bar-7          text=A015 colour=red" in lines[3]
    assert lines[5].endswith("!! no frame of any family here")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "one of these"),
        (("l1", "--port", "/dev/null"), "one of these"),
        (("l1", "--into", "/dev/null"), "--replay"),
        (("--port", "/dev/no-such-port", "--family", "a090"), "cannot be opened"),
        (("--port", "/dev/null", "--family", "a09"), "Did you mean 'a090'?"),
        (("--replay", "no-such-file"), "No such file"),
        (("--replay", __file__), "line 1 is not the head of a capture"),
        (("l1", "--server", "http://127.0.0.1:1", "--token", "t"), "is not there"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(hall: Hall, words: tuple[str, ...], told: str) -> None:
    status, out, err = hall("wire", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err


HEAD = {"capture": 1, "line": "l1", "speed": 9600, "began": "2026-11-22T09:00:00+08:00", "devices": []}
KEYPAD = {"id": "k", "driver": "ff68-keypad", "address": 1}
PASSED = {"t": 0.0, "dir": "in", "hex": "ff 68"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([{**HEAD, "began": "yesterday"}], "line 1 is not the head"),
        ([{**HEAD, "speed": 1e999}], "line 1 is not the head"),
        ([{**HEAD, "devices": [{**KEYPAD, "address": "one"}]}], "line 1 is not the head"),
        ([{**HEAD, "devices": [{**KEYPAD, "options": [1]}]}], "line 1 is not the head"),
        ([{**HEAD, "devices": [{**KEYPAD, "options": {"bounce_s": "x"}}]}], "an option that is none"),
        ([HEAD, {**PASSED, "t": 1e300}], "line 2 is not what passed"),
        ([HEAD, {**PASSED, "t": float("nan")}], "line 2 is not what passed"),
        ([HEAD, {**PASSED, "hex": "zz"}], "line 2 is not what passed"),
        ([HEAD, 7], "line 2 is not what passed"),
    ],
)
def test_a_capture_that_somebody_has_edited_is_one_sentence(
    hall: Hall, tmp_path: Path, lines: list[Any], told: str
) -> None:
    file = tmp_path / "edited.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    status, _, err = hall("wire", "--replay", file)
    assert (status, err.count("\n")) == (2, 1)
    assert told in err


def test_a_port_of_this_machine_is_shown_and_recorded_and_the_record_replays(
    hall: Hall, port: VirtualWire, tmp_path: Path
) -> None:
    file = tmp_path / "capture.jsonl"
    threading.Timer(0.2, port.say, [b"\x99" + NEXT]).start()
    words = ("--port", port.path, "--family", "ff68-keypad", "--seconds", "0.6", "--record", file)
    status, out, _ = hall("wire", *words)
    assert status == 0 and "ff68-keypad@5" in out and "key next" in out and "!!" in out
    _, again, _ = hall("wire", "--replay", file, "--family", "ff68-keypad")
    assert [line.split()[1:] for line in again.splitlines()] == [line.split()[1:] for line in out.splitlines()]


def test_what_a_card_reader_says_is_neither_shown_nor_recorded(hall: Hall, port: VirtualWire, tmp_path: Path) -> None:
    file = tmp_path / "capture.jsonl"
    card = b"\xaa\xaa\xaa\x96\x69 1101011949"
    threading.Timer(0.2, port.say, [card]).start()
    words = ("--port", port.path, "--family", "sdt-reader", "--seconds", "0.6", "--record", file)
    status, out, _ = hall("wire", *words)
    assert (status, "not shown" in out, card.hex(" ") in out) == (0, True, False)
    assert '"hex": ""' in file.read_text() and "aa aa" not in file.read_text()


def test_a_capture_is_sent_into_a_port_as_it_came(hall: Hall, port: VirtualWire, tmp_path: Path, until: Any) -> None:
    """Only what came in: what went out is the program's own to say again."""
    heard: list[bytes] = []

    class Ear(FarEnd):
        def hear(self, data: bytes) -> None:
            heard.append(data)

    port.attach(Ear(DeviceSpec("ear", "keypad", ""), None))
    lines = [json.loads(line) for line in CAPTURE.read_text().splitlines()]
    quick = [lines[0], *({**line, "t": line["t"] / 40} for line in lines[1:])]
    file = tmp_path / "quick.jsonl"
    file.write_text("\n".join(map(json.dumps, quick)))
    assert hall("wire", "--replay", file, "--into", port.path)[0] == 0
    came = b"".join(bytes.fromhex(line["hex"]) for line in lines[1:] if line["dir"] == "in")
    until(lambda: b"".join(heard) == came)


def looked_at(served: Served, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "caller.cli", "wire", *words, "--server", served.url]
    return subprocess.Popen(
        [*command, "--token", served.token("supervisor")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_a_line_of_a_running_hall_is_looked_at_recorded_and_sent_in_again(
    served_config: Path, tmp_path: Path, until: Any, hall: Hall
) -> None:
    """A press at a virtual keypad is seen by a supervisor; its record, sent into the line, is a press again."""
    served = Served(served_config, tmp_path / "data")
    served.start("--host", "127.0.0.1")
    file = tmp_path / "capture.jsonl"
    program = None
    try:
        admin = served.socket(auth={"token": served.token("admin")})
        program = looked_at(served, "desk", "--record", str(file))
        seen: list[str] = []
        threading.Thread(target=lambda: seen.extend(program.stdout), daemon=True).start()
        until(lambda: seen and "looking at desk" in seen[0])
        until(lambda: line_told(served)["state"] == "ok")

        def a_press_is_seen() -> bool:
            """The agent may be told to look a moment after the line is there: somebody presses until it does."""
            assert admin.call("virtual", {"device": "keys", "do": "press", "key": "recall"})["status"] == 200
            threading.Event().wait(1.0)
            return any("keys" in line and "key recall" in line for line in seen)

        until(a_press_is_seen)
        head, *passed = [json.loads(line) for line in file.read_text().splitlines()]
        assert (head["line"], {it["id"] for it in head["devices"]}) == ("desk", {"keys", "stars"})
        record = tmp_path / "press.jsonl"
        record.write_text("\n".join(map(json.dumps, [head, *(it for it in passed if it["dir"] == "in")])))
        before = sum(" in " in line for line in seen)
        words = ("--replay", record, "--into", "desk", "--server", served.url, "--token", served.token("admin"))
        assert hall("wire", *words)[0] == 0
        until(lambda: sum(" in " in line for line in seen) > before)
        program.send_signal(signal.SIGINT)
        assert program.wait(30) == 0
        clerk = served.socket(auth={"token": served.token("clerk")})
        assert clerk.call("wire", {"line": "desk"})["status"] == 403
        assert served.socket().call("wire", {"line": "desk"})["status"] == 401
        assert admin.call("wire", {"line": "nowhere"})["code"] == "unknown_line"
        assert admin.call("wire", ["desk"])["code"] == "unknown_line"
    finally:
        if program is not None:
            program.kill()
        served.stop()


def line_told(served: Served) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {served.token()}"}
    told = served.session.get(f"{served.url}/api/v1/devices", headers=headers, timeout=10).json()
    return next(line for line in told["lines"] if line["id"] == "desk")
