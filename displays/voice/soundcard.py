"""The machine's own loudspeaker: announcements played one after the other by the player the system has."""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

CARDS = Path("/proc/asound/cards")
PLAYERS = (("aplay", "-q"), ("paplay",), ("pw-play",))
LONGEST_LINE = 8  # announcements; behind more than these the oldest would be news of yesterday
SPARE_S = 10.0  # for a player beyond the sound's own length


def players() -> list[tuple[str, ...]]:
    """Commands that can play a WAV file here, best first; none when no card is in CARDS (ALSA's list).

    On Windows the answer is `("winsound",)`, which is no command but the module.
    """
    if sys.platform == "win32":
        return [("winsound",)]
    try:
        listed = CARDS.read_text(errors="replace")
    except OSError:
        return []
    if "[" not in listed:  # "--- no soundcards ---"; a card's line is ` 0 [PCH ]: HDA-Intel - …`
        return []
    return [(found, *options) for name, *options in PLAYERS if (found := shutil.which(name))]


class SoundCard:
    """Plays in a thread of its own, one announcement at a time. No method ever fails or waits for a sound."""

    def __init__(self, commands: list[tuple[str, ...]]) -> None:
        self._commands = commands
        self._line: queue.Queue[tuple[bytes, float, int, Callable[[], None]] | None] = queue.Queue(LONGEST_LINE)
        self._closing = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._lost = False
        self._thread = threading.Thread(target=self._run, name="soundcard", daemon=True)
        self._thread.start()

    def play(self, wav: bytes, seconds: float, times: int, heard: Callable[[], None]) -> None:
        """Play `wav`, which lasts `seconds`, `times` times after what is in line; then call `heard` (not if it failed).

        When the line is full the oldest is left out: a card that hangs must not make calls late for ever.
        """
        while not self._closing.is_set():
            try:
                self._line.put_nowait((wav, seconds, times, heard))
                return
            except queue.Full:
                try:
                    self._line.get_nowait()
                    log.warning("voice.left_out", why="the sound card is behind")
                except queue.Empty:
                    pass  # the thread was quicker: there is room now

    def close(self) -> None:
        """Silence at once, also in the middle of a word."""
        self._closing.set()
        try:
            self._line.put_nowait(None)
        except queue.Full:
            pass  # then the thread is not waiting for one, and sees that we close
        running = self._running
        if running is not None and running.poll() is None:
            running.terminate()
        self._thread.join(2.0)

    def _run(self) -> None:
        with tempfile.TemporaryDirectory(prefix="hallcall-voice-") as folder:
            file = Path(folder) / "announcement.wav"
            while not self._closing.is_set():
                one = self._line.get()
                if one is None:
                    return
                wav, seconds, times, heard = one
                file.write_bytes(wav)
                if all(self._played(file, seconds) for _ in range(times)):
                    heard()

    def _played(self, file: Path, seconds: float) -> bool:
        for command in self._commands:
            if self._closing.is_set():
                return False
            if self._ran(command, file, seconds):
                if self._lost:
                    log.info("voice.soundcard_back", player=command[0])
                self._lost = False
                return True
        if not self._lost and not self._closing.is_set():
            log.warning("voice.soundcard_lost", players=[c[0] for c in self._commands])
        self._lost = True
        return False

    def _ran(self, command: tuple[str, ...], file: Path, seconds: float) -> bool:
        try:
            if command == ("winsound",):
                import winsound  # of Windows' Python only

                winsound.PlaySound(str(file), winsound.SND_FILENAME)
                return True
            quiet = subprocess.DEVNULL
            self._running = subprocess.Popen([*command, str(file)], stdin=quiet, stdout=quiet, stderr=quiet)
            if self._closing.is_set():
                self._running.terminate()
            return self._running.wait(seconds + SPARE_S) == 0
        except subprocess.TimeoutExpired:
            assert self._running is not None
            self._running.kill()
            self._running.wait()
            return False
        except (OSError, RuntimeError):
            return False
