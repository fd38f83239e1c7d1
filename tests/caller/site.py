"""A hall as it is wired: hub and agent in processes of their own, the hardware outlives both. To pull plugs on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caller.journal import Journal
from caller.tokens import Tokens, Who
from caller.virtual_keypad import VirtualKeypad
from devices.driver import DeviceSpec
from devices.virtual import VirtualWire
from displays.bars.a090_bar import VirtualA090
from hall import events as ev
from kiosk.virtual_pad import VirtualPad
from printers.virtual import VirtualPrinter

from .halls import Served

PATIENT = (
    "import devices.outbox; devices.outbox.KEY_LIFE_S = 600.0; "
    "import sys; from caller.cli import main; sys.exit(main())"
)
"""`hall`, with presses that live long: on a busy machine a hub may take longer to come back than a clerk would wait."""


class Nobody:
    """Hears what a far end tells; the tests look at the far end itself."""

    def far(self, **seen: Any) -> None:
        """It stands on the device."""

    def slip(self, png: bytes, lines: list[str]) -> None:
        """It is in the printer's slips."""


class AgentProcess:
    """`hall agent` in a process of its own; `log` is what it has said, a line each."""

    def __init__(self, served: Served, state: Path) -> None:
        self._served = served
        self._state = state
        self.log: list[str] = []
        self.process: subprocess.Popen[str] | None = None

    def start(self, **how: Any) -> None:
        command = [sys.executable, "-u", "-c", PATIENT, "agent", "--server", self._served.url]
        token = Tokens(self._served.data).make(Who("device"))
        self.process = subprocess.Popen(
            [*command, "--data", str(self._state)],
            env={**os.environ, "HALL_TOKEN": token},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **how,
        )
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()

    def _read(self, out: Any) -> None:
        with out:
            self.log.extend(iter(out.readline, ""))

    def kill(self) -> None:
        """As kill -9, a power cut, or a computer that is switched off."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(20)

    def said(self, *sentences: str) -> list[str]:
        """Those of these sentences that it has logged, in the order in which it did."""
        return [it for line in list(self.log) for it in sentences if it in line]


class Site:
    """`hub`, `agent`, and on one wire `keypad`, `pad` and `bar` of window 1; `printer` is that of kiosk k."""

    def __init__(self, config: Path, data: Path) -> None:
        self.wire = VirtualWire("desk")
        spec, nobody = DeviceSpec, Nobody()
        self.keypad = VirtualKeypad(spec("keys", "keypad", "ff68-keypad", address=1), nobody)
        self.pad = VirtualPad(spec("stars", "pad", "ff68-pad", address=33), nobody)
        self.bar = VirtualA090(spec("bar", "bar", "a090", address=1), nobody)
        for end in (self.keypad, self.pad, self.bar):
            self.wire.attach(end)
        self.printer = VirtualPrinter(spec("paper", "printer", "escpos"), nobody)
        text = config.read_text(encoding="utf-8")
        text = text.replace("- {id: desk, port: virtual}", f"- {{id: desk, port: {self.wire.path}}}")
        text = text.replace(
            "port: virtual, kiosk: k", f"port: '{self.printer.address}', kiosk: k, options: {{mode: native}}"
        )
        assert "virtual" not in text, "the small hall's config is written otherwise now"
        file = data.parent / "wired.yaml"
        file.write_text(text + "  - {id: bar, driver: a090, line: desk, address: 1, window: 1}\n", encoding="utf-8")
        self.hub = Served(file, data)
        self.agent = AgentProcess(self.hub, data.parent / "agent")
        self._of_token: dict[str, str] = {}

    def start(self, until: Callable[..., Any], **agent: Any) -> Site:
        self.hub.start()
        self.agent.start(**agent)
        self.ready(until)
        return self

    def ready(self, until: Callable[..., Any]) -> None:
        """The agent is connected, its printer has said that it is well, and every other device is there."""

        def there() -> bool:
            states = {id_: row["state"] for id_, row in self.devices().items()}
            return states["paper"] == "ok" and set(states.values()) <= {"ok", "unknown"}

        until(there, 40)

    def close(self) -> None:
        self.agent.stop()
        self.hub.stop()
        self.printer.close()
        self.wire.close()

    def devices(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self.get("devices")["devices"]}

    def get(self, path: str) -> Any:
        headers = {"Authorization": f"Bearer {self.hub.token()}"}
        return self.hub.session.get(f"{self.hub.url}/api/v1/{path}", headers=headers, timeout=10).json()

    def take(self, **body: Any) -> str:
        answer = self.hub.post("tickets", {"service": "tax-card", **body})
        assert answer.status_code == 201, answer.text
        number = str(answer.json()["number"])
        self._of_token[answer.json()["token"]] = number
        return number

    def open(self) -> None:
        assert self.hub.post("windows/1/open").status_code == 200

    def call_one(self, until: Callable[..., Any]) -> None:
        """Call A001 at window 1 from its desk: a second press of the same key within a moment would be a bounce."""
        assert self.hub.post("windows/1/next").status_code == 200
        until(lambda: "A001" in self.bar.text)

    def press(self, until: Callable[..., Any], key: str = "next") -> None:
        """Press a key, and wait for the keypad's own acknowledgement from the agent."""
        before = self.keypad.acknowledged
        self.keypad.press(key)
        until(lambda: self.keypad.acknowledged > before)

    def events(self, *kinds: type[ev.Event]) -> list[ev.Event]:
        """What the journal has of today, oldest first: all, or those kinds."""
        journal = Journal(self.hub.data / "hall.db")
        try:
            return [event for event in journal.today() if not kinds or isinstance(event, kinds)]
        finally:
            journal.close()

    def called(self) -> list[str]:
        """Every call of the day, in order."""
        return [event.number for event in self.events(ev.TicketCalled)]

    def slips(self) -> list[tuple[str, bool]]:
        """The slips that the printer has cut, in order: (number, is it a copy 补打), known by the code on each."""
        numbers = [self._of_token.get(code.rpartition("/")[2], "?") for code in self.printer.codes]
        copies = [any("补打" in line for line in lines) for _, lines in self.printer.slips]
        return list(zip(numbers, copies, strict=False))
