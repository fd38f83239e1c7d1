"""The clip bank: each word is rendered once and kept, a site's own recording wins, a call is clips in a row."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from displays.voice import engine, sound
from displays.voice.words import Sentence

log = structlog.get_logger(__name__)

KEPT = 64  # announcements in memory, about 200 KB each: recalls and repeats are of the last few minutes
LETTER_PACE = 0.7  # of the rate: the voices swallow a single letter, and it is what tells two queues apart

Render = Callable[[str, str, int], bytes]


@dataclass(frozen=True)
class Announcement:
    """A call as it is heard: `wav` (mono, 16 bit, 22 050 Hz, the chime in front), its text, its length.

    `name` is made of the sound itself: the same name is the same sound, for ever.
    """

    wav: bytes
    text: str
    seconds: float
    name: str


@dataclass(frozen=True)
class _Clip:
    samples: sound.Sound
    digest: str
    source: tuple[str, int, int]  # file, its mtime in ns, its size; ("", 0, 0) for the voice's own


class Bank:
    """Clips by language and name.

    `folder` keeps what was rendered (`clips/…`), or nothing is kept on disk when it is None. `recordings` holds the
    site's own: `recordings/zh/零.wav`; one dropped in is heard from the next call on. `render(text, language, rate)`
    speaks. For one thread.
    """

    def __init__(
        self,
        folder: Path | None,
        recordings: Path | None = None,
        *,
        rate: int = engine.WORDS_A_MINUTE,
        render: Render = engine.render,
    ) -> None:
        self._folder = folder
        self._recordings = recordings
        self._rate = rate
        self._render = render
        self._clips: dict[tuple[str, str], _Clip] = {}
        self._kept: OrderedDict[tuple[object, ...], Announcement] = OrderedDict()
        self._unreadable: set[tuple[str, int, int]] = set()

    def announcement(self, sentences: Sequence[Sentence], *, chime: bool = True) -> Announcement:
        """The sentences one after the other behind the chime. Raises engine.SpeechError."""
        clips = [[[self._clip(it.language, name) for name in phrase] for phrase in it.phrases] for it in sentences]
        text = " ".join(it.text for it in sentences)
        key = (text, chime, *(tuple(tuple(c.digest for c in phrase) for phrase in it) for it in clips))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        said = [
            sound.joined((sound.joined((c.samples for c in phrase), sound.WITHIN_S) for phrase in it), sound.BETWEEN_S)
            for it in clips
        ]
        whole = sound.joined(said, sound.LANGUAGES_S)
        if chime:
            whole = sound.joined((sound.chime(), whole), sound.AFTER_CHIME_S)
        wav = sound.write(whole)
        made = Announcement(
            wav=wav,
            text=text,
            seconds=round(sound.seconds(whole), 3),
            name=hashlib.sha256(wav).hexdigest()[:16],
        )
        self._kept[key] = made
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made

    def clip(self, language: str, name: str) -> bytes:
        """One clip as a WAV. Raises engine.SpeechError; ValueError for a name that cannot name a file."""
        return sound.write(self._clip(language, name).samples)

    def _clip(self, language: str, name: str) -> _Clip:
        if not all(c.isalnum() or c == " " for c in language + name):
            raise ValueError(f"{name!r} is not the name of a clip")
        known = self._clips.get((language, name))
        source = self._recorded(language, name)
        if known and known.source == source:
            return known
        clip = self._own(source) or self._spoken(language, name, source)
        self._clips[language, name] = clip
        return clip

    def _recorded(self, language: str, name: str) -> tuple[str, int, int]:
        if self._recordings is None:
            return ("", 0, 0)
        file = self._recordings / language / f"{name}.wav"
        try:
            stat = file.stat()
        except OSError:
            return ("", 0, 0)
        return (str(file), stat.st_mtime_ns, stat.st_size)

    def _own(self, source: tuple[str, int, int]) -> _Clip | None:
        """The site's recording, or None when there is none that can be read: then the voice speaks."""
        if not source[0]:
            return None
        try:
            samples = sound.polished(sound.read(Path(source[0]).read_bytes()))
        except (OSError, ValueError) as wrong:
            if source not in self._unreadable:  # once for each version of the file
                self._unreadable.add(source)
                log.warning("voice.recording_unreadable", file=source[0], error=str(wrong))
            return None
        return _Clip(samples, _digest(samples), source)

    def _spoken(self, language: str, name: str, source: tuple[str, int, int]) -> _Clip:
        letter = len(name) == 1 and name.isascii()
        rate = round(self._rate * LETTER_PACE) if letter else self._rate
        kept = self._kept_file(language, name, rate)
        samples = None
        if kept is not None and kept.is_file():
            try:
                samples = sound.read(kept.read_bytes())
            except (OSError, ValueError):
                samples = None  # cut short by a power failure: rendered anew below
        if not samples:
            try:
                samples = sound.polished(sound.read(self._render(name, language, rate)))
            except ValueError as wrong:
                raise engine.SpeechError(f"读不出“{name}”：{wrong}") from wrong
            if kept is not None:
                _keep(kept, sound.write(samples))
        return _Clip(samples, _digest(samples), source)

    def _kept_file(self, language: str, name: str, rate: int) -> Path | None:
        """Where the rendered clip is kept: another voice or rate is another folder, so an old clip is never taken."""
        if self._folder is None:
            return None
        voice = engine.VOICES.get(language, language).replace("/", "-")
        return self._folder / "clips" / f"{voice}-{rate}" / f"{name}.wav"


def _digest(samples: sound.Sound) -> str:
    return hashlib.sha256(samples.tobytes()).hexdigest()


def _keep(file: Path, wav: bytes) -> None:
    """Whole or not at all. A full disk costs a render at the next start, not the call."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}.new")
        new.write_bytes(wav)
        new.replace(file)
    except OSError as wrong:
        log.warning("voice.clip_not_kept", file=str(file), error=str(wrong))
