"""A queue of CUPS, over HTTP: what state it is in, a job into it, what became of the job."""

from __future__ import annotations

import http.client
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from devices.driver import DeviceError
from printers import ipp
from printers.status import trouble

ANSWER_S = 3.0
PRINTER = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
JOB = ("job-state", "job-state-reasons")
STOPPED = 5
PENDING, HELD, CANCELED, ABORTED, COMPLETED = 3, 4, 7, 8, 9
REASONS = {
    "media-empty": "no_paper",
    "media-needed": "no_paper",
    "media-low": "near_end",
    "cover-open": "cover_open",
    "door-open": "cover_open",
    "media-jam": "cutter",
    "offline": "offline",
    "shutdown": "offline",
    "paused": "offline",
}
"""RFC 8011 §5.4.12, without -error, -warning or -report behind it; what CUPS does not know it does not say."""


class Queue:
    """`port` is ipp://HOST:631/printers/NAME, or cups:NAME on this machine.

    Every call ends in time. Raises DeviceError: "lost" when CUPS is not there or has no such queue.
    """

    def __init__(self, port: str) -> None:
        name = port.removeprefix("cups:")
        self.uri = port if port.startswith("ipp://") else f"ipp://localhost:631/printers/{name}"
        parts = urlsplit(self.uri)
        if not parts.hostname or parts.path in ("", "/") or (port.startswith("cups:") and not name):
            raise ValueError(f"{port}: a queue is ipp://10.0.0.9:631/printers/NAME, or cups:NAME")
        self._host, self._port, self._path = parts.hostname, parts.port or 631, parts.path
        self._asked = 0

    def state(self) -> str:
        """ok, or what CUPS knows to be the matter."""
        told = self._ask(ipp.GET_PRINTER, requested_attributes=PRINTER)
        for reason in told.of.get("printer-state-reasons", ()):
            code = REASONS.get(str(reason).rsplit("-", 1)[0]) or REASONS.get(str(reason))
            if code:
                return code
        stopped = told.first("printer-state") == STOPPED or told.first("printer-is-accepting-jobs") is False
        return "offline" if stopped else "ok"

    def print(self, name: str, document: bytes) -> int:
        """The job's id. Raises also "fault" when the queue does not want it."""
        told = self._ask(ipp.PRINT_JOB, document, job_name=name, document_format=ipp.RAW)
        return int(told.first("job-id"))

    def job(self, job: int) -> int:
        """The job's state: PENDING to COMPLETED."""
        return int(self._ask(ipp.GET_JOB, job_id=job, requested_attributes=JOB).first("job-state", 0))

    def cancel(self, job: int) -> None:
        """It shall not come out later."""
        self._ask(ipp.CANCEL_JOB, job_id=job)

    def _ask(self, operation: int, document: bytes = b"", **attributes: Any) -> ipp.Answer:
        self._asked += 1
        body = ipp.request(operation, self._asked, self.uri, document, **attributes)
        try:
            with closing(http.client.HTTPConnection(self._host, self._port, timeout=ANSWER_S)) as door:
                door.request("POST", self._path, body, {"Content-Type": "application/ipp"})
                told = ipp.answer(door.getresponse().read())
        except (OSError, http.client.HTTPException, ipp.NotIpp) as wrong:
            raise trouble("lost") from wrong
        if told.status == ipp.NOT_FOUND and operation in (ipp.GET_PRINTER, ipp.PRINT_JOB):
            raise DeviceError("lost", f"CUPS 没有打印队列 {self.uri}，请检查名字。")
        if not told.ok:
            raise DeviceError("fault", f"CUPS 不接受（{told.status:04x}）：{told.first('status-message', '')}")
        return told
