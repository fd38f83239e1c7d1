"""A raw queue of CUPS: what CUPS says of the job counts only where the site says so, and nothing comes out late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.driver import DeviceError, DeviceSpec, Job
from printers import cups, ipp
from printers.cups_driver import CupsPrinter

URI = "ipp://localhost:631/printers/slips"


def read_request(data: bytes) -> tuple[int, dict[str, tuple[Any, ...]], bytes]:
    """Operation, attributes and document, by the rules of an answer: the layout is the same."""
    operation = int.from_bytes(data[2:4], "big")
    for end in range(9, len(data)):
        if data[end] == 0x03:
            try:
                return operation, dict(ipp.answer(data[: end + 1]).of), data[end + 1 :]
            except ipp.NotIpp:
                continue
    raise AssertionError("no request")


def told(status: int, **attributes: Any) -> bytes:
    """An answer as CUPS makes it."""
    tags = {int: 0x21, str: 0x44, bool: 0x22}
    body = bytes((2, 0)) + status.to_bytes(2, "big") + b"\0\0\0\1\x04"
    for name, values in attributes.items():
        for n, value in enumerate(values if isinstance(values, tuple) else (values,)):
            key = name.replace("_", "-").encode() if n == 0 else b""
            raw = (
                bytes((value,))
                if type(value) is bool
                else value.to_bytes(4, "big")
                if type(value) is int
                else value.encode()
            )
            body += bytes((tags[type(value)],)) + len(key).to_bytes(2, "big") + key + len(raw).to_bytes(2, "big") + raw
    return body + b"\x03"


class Desk:
    """A CUPS of our own: its queue and its jobs are as the test says."""

    def __init__(self) -> None:
        self.printer: dict[str, Any] = {"printer_state": 3, "printer_is_accepting_jobs": True}
        self.job_state, self.status, self.raw = cups.COMPLETED, 0, None
        self.documents: list[bytes] = []
        self.cancelled: list[int] = []

    def answer(self, data: bytes) -> bytes:
        operation, attributes, document = read_request(data)
        assert attributes["printer-uri"] == (self.uri,)
        if self.raw is not None or self.status:
            return self.raw if self.raw is not None else told(self.status)
        if operation == ipp.PRINT_JOB:
            assert attributes["document-format"] == (ipp.RAW,)
            self.documents.append(document)
            return told(0, job_id=len(self.documents))
        if operation == ipp.CANCEL_JOB:
            self.cancelled.append(attributes["job-id"][0])
            return told(0)
        return told(0, job_state=self.job_state) if operation == ipp.GET_JOB else told(0, **self.printer)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = desk.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """The test says itself what it saw."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    desk.uri = f"ipp://127.0.0.1:{server.server_port}/printers/slips"
    desk.close = lambda: (server.shutdown(), server.server_close())
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield desk
    if server.socket.fileno() >= 0:
        desk.close()


@pytest.fixture
def printer(desk: Desk, stand: Any) -> Callable[..., CupsPrinter]:
    """printer(believe_cups=True, …): on the desk's queue; its clock runs when it waits. `.ear` hears what it tells."""

    def make(**options: Any) -> CupsPrinter:
        now = [0.0]

        def wait(seconds: float) -> None:
            now[0] += seconds

        ear = stand().ear
        spec = DeviceSpec("c", "printer", "escpos-cups", port=desk.uri, options={"mode": "native", **options})
        made = CupsPrinter(spec, ear, clock=lambda: now[0], wait=wait)
        made.ear = ear
        return made

    return make


def job(slip: Any, **data: Any) -> Job:
    return Job("1", "c", "print", {**slip, **data})


def test_a_job_that_cups_calls_completed_is_a_slip_where_the_site_says_so(
    desk: Any, printer: Any, slip_data: Any
) -> None:
    it = printer(believe_cups=True)
    it.open()
    assert it.ear.states[-1] == ("ok", "")
    assert it.do(job(slip_data))["job"] == 1
    assert desk.documents[0].endswith(b"\x1dVB\x00") and desk.cancelled == []


def test_without_the_sites_word_no_slip_is_sent(desk: Any, printer: Any, slip_data: Any) -> None:
    """No answer is never ok: the printer is silent, and says what to write."""
    it = printer()
    it.open()
    assert it.ear.states[-1][0] == "silent" and "believe_cups" in it.ear.states[-1][1]
    with pytest.raises(DeviceError) as failed:
        it.do(job(slip_data))
    assert (failed.value.code, failed.value.begun, desk.documents) == ("silent", False, [])


@pytest.mark.parametrize(
    ("printer_is", "state"),
    [
        ({"printer_state": 5}, "offline"),
        ({"printer_is_accepting_jobs": False}, "offline"),
        ({"printer_state_reasons": ("none",)}, "ok"),
        ({"printer_state_reasons": ("media-low-warning",)}, "near_end"),
        ({"printer_state_reasons": ("com.maker-x", "media-empty-error")}, "no_paper"),
        ({"printer_state_reasons": ("cover-open-report",)}, "cover_open"),
        ({"printer_state": 5, "printer_state_reasons": ("paused",)}, "offline"),
        ({"printer_state": 4, "printer_state_reasons": ("offline-report",)}, "offline"),
    ],
)
def test_what_cups_knows_of_the_printer_is_told(desk: Any, printer: Any, printer_is: Any, state: str) -> None:
    desk.printer.update(printer_is)
    it = printer(believe_cups=True)
    it.open()
    assert it.ear.states[-1][0] == state


@pytest.mark.parametrize(
    ("job_state", "code", "begun", "cancelled"),
    [(3, "silent", False, [1]), (4, "silent", False, [1]), (5, "silent", True, [1]), (6, "silent", True, [1]),
     (7, "fault", True, []), (8, "fault", True, [])],
)  # fmt: skip
def test_what_cups_does_not_complete_is_taken_out_of_its_queue(
    desk: Any, printer: Any, slip_data: Any, job_state: int, code: str, begun: bool, cancelled: list[int]
) -> None:
    """No old slip comes out when the printer is back; what never left the queue was not begun."""
    desk.job_state = job_state
    it = printer(believe_cups=True, finish_s=2)
    with pytest.raises(DeviceError) as failed:
        it.do(job(slip_data))
    assert (failed.value.code, failed.value.begun, desk.cancelled) == (code, begun, cancelled)


def test_cups_that_goes_away_is_lost_and_a_job_that_was_given_may_have_left_paper(
    desk: Any, printer: Any, slip_data: Any
) -> None:
    it = printer(believe_cups=True)
    answer = desk.answer
    desk.answer = lambda data: (answer(data), setattr(desk, "raw", b"no ipp"))[0] if desk.documents == [] else b"no ipp"
    desk.raw = None
    with pytest.raises(DeviceError) as failed:
        it.do(job(slip_data))
    assert failed.value.code == "lost"
    desk.close()
    with pytest.raises(DeviceError, match="没有连上") as failed:
        it.open()
    assert failed.value.code == "lost"


def test_a_queue_that_is_not_there_is_named(desk: Any, printer: Any) -> None:
    desk.status = ipp.NOT_FOUND
    with pytest.raises(DeviceError, match="没有打印队列"):
        printer().open()


@pytest.mark.parametrize("port", ["cups:", "ipp://", "ipp://10.0.0.9:631", "ipp:///printers/x"])
def test_a_port_that_is_no_queue_is_said_so(port: str) -> None:
    with pytest.raises(ValueError, match="a queue is"):
        cups.Queue(port)


@given(st.binary(max_size=200))
def test_no_noise_is_an_answer_that_breaks_the_reader(data: bytes) -> None:
    """Half answers, wrong answers, noise: NotIpp, nothing else."""
    try:
        ipp.answer(data)
    except ipp.NotIpp:
        pass


@given(st.integers(1, 2**31 - 1), st.binary(max_size=50), st.data())
def test_a_request_can_be_read_and_half_an_answer_is_none(id_: int, document: bytes, data: Any) -> None:
    made = ipp.request(ipp.PRINT_JOB, id_, URI, document, job_name="A001", document_format=ipp.RAW)
    operation, attributes, read = read_request(made)
    assert (operation, attributes["printer-uri"], read) == (ipp.PRINT_JOB, (URI,), document)
    whole = told(0, printer_state=3, printer_state_reasons=("none", "media-low"))
    with pytest.raises(ipp.NotIpp):
        ipp.answer(whole[: data.draw(st.integers(0, len(whole) - 1))])
    assert ipp.answer(whole).of["printer-state-reasons"] == ("none", "media-low")
