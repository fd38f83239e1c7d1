"""Speech chips that are not there: they take, refuse, speak for a while and cut off, as the hardware does."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, ClassVar

from devices.scan import Scanner
from devices.virtual import FarEnd
from displays.bars import a090
from displays.voice import chip, chip_words
from displays.voice.chips import inner


class Mouth(FarEnd):
    """What speaks. `text` is what it said last, `history` all of it, without marks; `cut_off` what it was made to break
    off, oldest first."""

    def __init__(self, *args: Any, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(*args)
        self.clock = clock
        self.text = ""
        self.history: deque[str] = deque(maxlen=200)
        self.cut_off: list[str] = []
        self._until: float | None = None

    @property
    def speaking(self) -> bool:
        return self._until is not None

    def speak(self, text: str) -> None:
        if self.speaking:
            self.cut_off.append(self.text)
        self.text = chip_words.plain(text)
        self.history.append(self.text)
        self._until = self.clock() + chip_words.seconds(text)
        self.sink.far(text=self.text, speaking=True)

    def tick(self, now: float) -> None:
        if self._until is not None and now >= self._until:
            self.finish()

    def finish(self) -> None:
        """The text has been spoken to its end."""
        self._until = None
        self.sink.far(speaking=False)
        self.ended()

    def power_off(self) -> None:
        super().power_off()
        self._until = None

    def ended(self) -> None:
        """What it says then."""


class VirtualChip(Mouth):
    """Far end of a chip. What it cannot read it refuses where it can tell, and speaks nothing of it."""

    chip: ClassVar[chip.Chip]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tokenizer: Scanner[chip.Frame] = chip.requests(self.chip)

    def hear(self, data: bytes) -> None:
        bad = self._tokenizer.bad
        for frame in self._tokenizer.feed(data):
            self._obey(frame)
        if self._tokenizer.bad > bad:
            self._answer(chip.REFUSED)

    def power_on(self) -> None:
        super().power_on()
        self._answer(chip.STARTED)

    def ended(self) -> None:
        self._answer(chip.SILENT)

    def _obey(self, frame: chip.Frame) -> None:
        if frame.command != chip.ASK or self.chip.checksum:
            self._answer(chip.TAKEN)
        if frame.command == chip.SPEAK:
            self.speak(chip.spoken(frame))
        elif frame.command == chip.STOP and self.speaking:
            self.finish()
        elif frame.command == chip.ASK:
            self._answer(chip.SPEAKING if self.speaking else chip.SILENT)

    def _answer(self, code: int) -> None:
        self.say(bytes((code,)))


class VirtualSyn6288(VirtualChip):
    """Far end of a SYN6288."""

    chip = chip.SYN6288


class VirtualXfs5152(VirtualChip):
    """Far end of an XFS5152."""

    chip = chip.XFS5152


class VirtualA090Voice(Mouth):
    """Far end of the loudspeaker in an a090 box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tokenizer = a090.tokenizer()

    def hear(self, data: bytes) -> None:
        for frame in self._tokenizer.feed(data):
            if frame.address != self.spec.address or frame.command != a090.SPEAK or isinstance(frame, a090.Ack):
                continue
            try:
                said = chip.decode(frame.data, inner(self.spec.options))
            except ValueError:
                continue  # a real one says nothing
            self.speak(chip.spoken(said))
            self.say(a090.encode(a090.Ack(frame.address, a090.SPEAK)))
