"""The announcements that panels play, as files under voice/ in the data folder; the last few hundred of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

KEPT = 500
"""An announcement is about 200 KB, and a hall makes ten thousand a day: 100 MB stay instead of 2 GB a day."""


class Sounds:
    """`folder` may hold others' folders beside the sounds: only its own .wav files are ever taken away."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder = folder
        self._most = kept
        self._names: dict[str, None] = {}

    def open(self) -> None:
        """Make the folder, and know what an earlier run has left there."""
        self._folder.mkdir(parents=True, exist_ok=True)
        left = sorted(self._folder.glob("*.wav"), key=lambda file: file.stat().st_mtime)
        self._names = dict.fromkeys(file.name for file in left)

    def keep(self, wav: bytes) -> str:
        """The address of the sound; the same sound has the same. Raises OSError when there is no room."""
        name = hashlib.sha256(wav).hexdigest()[:24] + ".wav"
        path = self._folder / name
        if name not in self._names or not path.exists():
            part = path.with_suffix(".part")
            part.write_bytes(wav)
            part.replace(path)
        self._names.pop(name, None)  # now the newest
        self._names[name] = None
        for old in list(self._names)[: -self._most]:
            del self._names[old]
            (self._folder / old).unlink(missing_ok=True)
        return f"/voice/{name}"
