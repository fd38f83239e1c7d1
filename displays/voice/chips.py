"""The speech chips SYN6288 and XFS5152, each on a wire of its own, and the loudspeaker of an a090 box."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from devices.driver import DeviceError, Tokenizer
from devices.probe import Probe
from displays.bars import a090
from displays.voice import chip, chip_words
from displays.voice.talker import Talker

_MEANINGS = {
    chip.TAKEN: "taken",
    chip.REFUSED: "refused",
    chip.STARTED: "started",
    chip.SPEAKING: "speaking",
    chip.SILENT: "silent",
}


class ChipVoice(Talker):
    """A chip alone on a serial line. Options: those of Talker."""

    chip: ClassVar[chip.Chip]
    tokenizer: Callable[[], Tokenizer] = chip.Answers

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.volume = self.spec.options.get("volume")
        right = isinstance(self.volume, int) and 0 <= self.volume <= self.chip.loudest
        if self.volume is not None and not right:
            raise DeviceError(
                "fault", f"语音设备的选项 volume 应在 0 到 {self.chip.loudest} 之间，不能是 {self.volume!r}"
            )
        self.question = chip.encode(chip.Frame(chip.ASK), self.chip)

    def compose(self, number: str, window: str, languages: Sequence[str], one: str) -> list[str]:
        return chip_words.texts(number, window, languages, self.chip, one=one, volume=self.volume)

    def frame(self, text: str) -> bytes:
        return chip.encode(chip.speak(text), self.chip)

    def meaning(self, frame: Any) -> str:
        return _MEANINGS[frame.code]


class Syn6288Voice(ChipVoice):
    """SYN6288 (宇音天下)."""

    chip = chip.SYN6288


class Xfs5152Voice(ChipVoice):
    """XFS5152CE (科大讯飞)."""

    chip = chip.XFS5152


class A090Voice(Talker):
    """The loudspeaker in an a090 box, beside its bar and at the same address: the chip's frame goes inside CMD 51.

    Options: those of Talker, and `chip` (syn6288 or xfs5152: which frame the box wants). It cannot be asked, so the end
    of a text is reckoned.
    """

    tokenizer = staticmethod(a090.tokenizer)
    ANSWERS = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chip = inner(self.spec.options)

    def compose(self, number: str, window: str, languages: Sequence[str], one: str) -> list[str]:
        return chip_words.texts(
            number,
            window,
            languages,
            self.chip,
            one=one,
            volume=self.spec.options.get("volume"),
            most=chip.MAX_TEXT // 2,
        )

    def frame(self, text: str) -> bytes:
        said = chip.encode(chip.speak_unicode(text), self.chip)
        return a090.encode(a090.Frame(self.spec.address, a090.SPEAK, said))

    def meaning(self, frame: Any) -> str:
        return "taken" if isinstance(frame, a090.Ack) and frame.command == a090.SPEAK else ""


def inner(options: Any) -> chip.Chip:
    """The chip that the option names. Raises DeviceError("fault", …) for none that we know."""
    name = str(options.get("chip", "syn6288"))
    if name not in chip.CHIPS:
        raise DeviceError("fault", f"语音设备的选项 chip 不能是 {name!r}，只能是 {' 或 '.join(chip.CHIPS)}")
    return chip.CHIPS[name]


def _state(heard: bytes) -> str:
    """A chip answers 4E or 4F, a SYN6288 with 41 before it, and nothing else."""
    code = heard.removeprefix(bytes((chip.TAKEN,)))
    names = {chip.SPEAKING: "a speech chip, speaking", chip.SILENT: "a speech chip, silent"}
    return names.get(code[0], "") if len(code) == 1 else ""


def _probe(of: chip.Chip) -> Probe:
    question = chip.encode(chip.Frame(chip.ASK), of)
    return Probe(ask=lambda address: question, recognise=_state, does="nothing: it is asked whether it speaks")


SYN6288_PROBE = _probe(chip.SYN6288)
XFS5152_PROBE = _probe(chip.XFS5152)
