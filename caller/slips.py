"""Pictures of what the virtual printers have printed, under slips/ in the data folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

KEPT = 500


class Slips:
    """`number_on(printer)` is the ticket that the printer is printing now, "" when it is none."""

    def __init__(self, folder: Path, number_on: Callable[[str], str], changed: Callable[[], None]) -> None:
        self.folder = folder
        self._number_on = number_on
        self._changed = changed
        self._count = 0
        self.of_ticket: dict[str, str] = {}
        self.of_printer: dict[str, dict[str, Any]] = {}

    def keep(self, printer: str, png: bytes, lines: list[str]) -> str:
        """Write the picture and return its address."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = self._number_on(printer)
        self._count += 1
        safe = re.sub(r"[^\w-]", "_", printer)
        name = f"{safe}-{number or 'slip'}-{self._count % KEPT:03d}.png"
        (self.folder / name).write_bytes(png)
        url = f"/slips/{name}"
        if number:
            self.of_ticket[number] = url
        self.of_printer[printer] = {"url": url, "number": number, "lines": lines}
        self._changed()
        return url

    def clear(self) -> None:
        """A new day: yesterday's numbers come again."""
        self.of_ticket.clear()
