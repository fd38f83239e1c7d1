"""A file of records that outlive a power cut: one JSON object a line, appended and on the disk before `add` returns."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]


class RecordFile:
    """Records in the order in which they were added. Not safe for several threads.

    A power cut at any byte costs at most the record that was being added; those before it are read again. What a write
    that failed has left behind is cut off before the next, so that no record is ever glued to half of another.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._number: int | None = None
        self._good = 0
        """Bytes of the file that are whole records."""

    def read(self) -> list[Record]:
        """Every whole record, oldest first; what cannot be read is left out."""
        if not self.path.exists():
            return []
        records = []
        for line in self.path.read_bytes().split(b"\n"):
            with suppress(ValueError):  # a last line torn by the end of the process, or the zeros of a power cut
                record = json.loads(line)
                if isinstance(record, dict):
                    records.append(record)
        return records

    def add(self, record: Record) -> None:
        """On the disk when this returns. Raises OSError; the record is then not in the file."""
        if self._number is None:
            self._number = os.open(self.path, os.O_WRONLY | os.O_CREAT | _BINARY, 0o644)
            # a file whose end is half a record begins a new line: the half stays half
            self._good = os.lseek(self._number, 0, os.SEEK_END)
            if self._good and not self.path.read_bytes().endswith(b"\n"):
                self._write(b"\n")
        self._write(line_of(record))

    def write_anew(self, records: Iterable[Record]) -> None:
        """Put these in place of all there are. Raises OSError; the file is then as it was."""
        fresh = self.path.with_suffix(".new")
        try:
            with fresh.open("wb") as file:
                file.writelines(map(line_of, records))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                fresh.unlink()  # a full disk has no room for half a copy
            raise
        self.close()  # Windows does not replace a file that is open
        fresh.replace(self.path)
        _sync_folder(self.path.parent)

    def close(self) -> None:
        """Let the file go; adding opens it again."""
        number, self._number = self._number, None
        if number is not None:
            with suppress(OSError):
                os.close(number)

    def _write(self, data: bytes) -> None:
        assert self._number is not None
        try:
            os.lseek(self._number, self._good, os.SEEK_SET)
            written = os.write(self._number, data)
            if written < len(data):  # a disk with room for half of it says so only at the next byte
                written += os.write(self._number, data[written:])
            os.fsync(self._number)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._number, self._good)
            raise
        if written < len(data):
            os.ftruncate(self._number, self._good)
            raise OSError(f"only {written} of {len(data)} bytes were written")
        self._good += written


def line_of(record: Record) -> bytes:
    """The record as it stands in the file."""
    return json.dumps(record, ensure_ascii=False).encode(errors="surrogatepass") + b"\n"


_BINARY = getattr(os, "O_BINARY", 0)


def _sync_folder(folder: Path) -> None:
    """A file that took another's place is only there for good when its folder is on the disk too."""
    if os.name != "nt":  # Windows has no such thing as an open folder
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
