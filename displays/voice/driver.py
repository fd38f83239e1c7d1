"""The voice as a device: a `say` job becomes a WAV for the panels, and a sound where this machine has a card."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devices.driver import DeviceError, DeviceSpec, Driver, Job, Sink
from displays.voice import engine, soundcard, words
from displays.voice.clips import Bank


class SpeakerVoice(Driver):
    """Driver `espeak` of kind `voice`. The port is "".

    Options: `data_dir` (clips are kept in its `voice`; without it in memory; the agent gives it), `recordings` (the
    site's own clips, by default `<data_dir>/voice/recordings`), `rate` (words a minute, 80-300), `one` (一 or 幺),
    `chime` (true), `times` (1-3, of the sound card when a job does not say), `sound_card` (auto or off).
    """

    def __init__(self, spec: DeviceSpec, sink: Sink) -> None:
        super().__init__(spec, sink)
        self._card: soundcard.SoundCard | None = None
        self._bank: Bank | None = None

    def open(self) -> None:
        """Load the speech library and find the sound card. Raises DeviceError("fault", …) when nothing can be said."""
        options = _checked(self.spec.options)
        folder = Path(options["data_dir"]) / "voice" if options["data_dir"] else None
        recordings = Path(options["recordings"]) if options["recordings"] else folder and folder / "recordings"
        bank = Bank(folder, recordings, rate=options["rate"])
        try:
            bank.clip("zh", "请")
        except engine.SpeechError as wrong:
            raise DeviceError("fault", str(wrong)) from wrong
        commands = soundcard.players() if options["sound_card"] == "auto" else []
        self._card = soundcard.SoundCard(commands) if commands else None
        self._options, self._bank = options, bank
        self.sink.state("ok", sound_card=commands[0][0] if commands else "")

    def do(self, job: Job) -> dict[str, Any]:
        """Render the announcement and answer `{"wav", "text", "seconds", "name"}` at once; the sound card follows.

        `job.data` as docs/agent.md tells, and `one` (一 or 幺), `times`, and `play`: false renders only, for a hub that
        asks ahead and once more when the announcement's turn has come. When the card has played it all, the sink gets
        `{"kind": "spoken", "area", "announcement"}`. `name` is of the content: the same sound has the same name.
        """
        if job.kind != "say":
            raise DeviceError("unknown_job", f"语音设备不会做 {job.kind}")
        if self._bank is None:
            raise DeviceError("lost", "语音设备未接通")
        data = job.data
        try:
            languages = data.get("languages") or ["zh"]
            one = data.get("one") or self._options["one"]
            said = [words.sentence(data["number"], data["window"], it, one=one) for it in languages]
            made = self._bank.announcement(said, chime=self._options["chime"])
        except (KeyError, TypeError, ValueError) as wrong:
            raise DeviceError("bad_job", f"这次叫号读不出来：{wrong}") from wrong
        except engine.SpeechError as wrong:
            raise DeviceError("fault", str(wrong)) from wrong
        if self._card is not None and data.get("play", True):
            heard = {"kind": "spoken", "area": data.get("area", ""), "announcement": data.get("announcement")}
            times = data.get("times") or self._options["times"]
            self._card.play(made.wav, made.seconds, times, lambda: self.sink.input(heard))
        return {"wav": made.wav, "text": made.text, "seconds": made.seconds, "name": made.name}

    def close(self) -> None:
        if self._card is not None:
            self._card.close()
        self._card = self._bank = None


def _checked(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options with what is not said filled in. Raises DeviceError("fault", …) naming the first that is wrong."""
    has = {"data_dir": "", "recordings": "", "rate": engine.WORDS_A_MINUTE, "one": "一", "chime": True, "times": 2}
    has |= {"sound_card": "auto", **options}
    if has["sound_card"] is False:  # YAML 1.1 reads `off` so
        has["sound_card"] = "off"
    allowed = {
        "rate": isinstance(has["rate"], int) and 80 <= has["rate"] <= 300,
        "one": has["one"] in ("一", "幺"),
        "chime": isinstance(has["chime"], bool),
        "times": has["times"] in (1, 2, 3),
        "sound_card": has["sound_card"] in ("auto", "off"),
    }
    for name, right in allowed.items():
        if not right:
            raise DeviceError("fault", f"语音设备的选项 {name} 不能是 {has[name]!r}")
    return has
