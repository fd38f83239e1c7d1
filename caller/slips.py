"""Pictures of what the virtual printers have printed, under slips/ in the data folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

KEPT = 500


class Slips:
    """`number_of(job)` is the ticket that a print job is for, "" when it is none of today's."""

    def __init__(self, folder: Path, number_of: Callable[[str], str], changed: Callable[[], None]) -> None:
        self.folder = folder
        self._number_of = number_of
        self._changed = changed
        self._count = 0
        self.of_ticket: dict[str, str] = {}
        self.of_printer: dict[str, dict[str, Any]] = {}

    def keep(self, printer: str, job: str, png: bytes, lines: list[str]) -> str:
        """Write the picture and return its address. A printer's last KEPT pictures stay."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = self._number_of(job)
        number = number if re.fullmatch(r"[A-Za-z0-9]{1,20}", number) else ""  # it becomes a part of a file's name
        self._count += 1
        safe = re.sub(r"[^\w-]", "_", printer)
        place = f"{self._count % KEPT:03d}.png"
        for old in self.folder.glob(f"{safe}-*-{place}"):
            old.unlink()
        name = f"{safe}-{number or 'slip'}-{place}"
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
