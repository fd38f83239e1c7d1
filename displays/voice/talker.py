"""A voice that speaks by itself: what is said goes out text by text, the next when the one before has ended."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from devices.driver import DeviceError, Job, LineDriver
from displays.voice import chip_words

ANSWER_S = 0.5
TRIES = 3
SETTLE_S = 0.3
"""A chip that has just taken a text may still call itself silent."""
LOOK_S = 5.0
"""How often a silent chip is asked whether it is there."""
GONE_S = 2.0
"""One that is asked all the time and says nothing for so long has broken off."""
LONGEST_S = 60.0
"""No text takes longer; a chip that still calls itself speaking hangs."""


@dataclass
class _Saying:
    """An announcement on its way: its texts left, each reading after the other."""

    area: str
    announcement: Any
    texts: deque[str]


class Talker(LineDriver):
    """What self-speaking voices share. A family gives `frame`, `compose` and `meaning`, and `question` if it has one.

    Job `say` as docs/agent.md tells. With `play: false` nothing is spoken: the answer tells the text and about how long
    it takes, and `speaks: true`: no sound comes, the hub asks again when the call's turn has come. With `play: true` it
    is spoken `times` times; at the end the sink gets {"kind": "spoken", "area", "announcement"}, with "unspoken" for
    kind and a sentence if it broke off. A text never goes out while one is being spoken, for it would cut that off.

    Options: `answers` (ANSWERS; false: only the way out is wired, and the end is reckoned), `answer_s`,
    `tries`, `one` (一 or 幺), `volume`, `times` (when a job does not say, 2), `panels` (true: panel pages speak too).
    """

    ANSWERS: ClassVar[bool] = True
    poll_s = 0.25
    question = b""
    """Asks whether it speaks; b"" where it cannot be asked: then the end is reckoned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = self.spec.options
        self.answers = bool(options.get("answers", self.ANSWERS))
        self.answer_s = float(options.get("answer_s", ANSWER_S))
        self.tries = int(options.get("tries", TRIES))
        self.one = str(options.get("one", "一"))
        if self.one not in ("一", "幺"):
            raise DeviceError("fault", f"语音设备的选项 one 不能是 {self.one!r}")
        self._line: deque[_Saying] = deque()
        self._heard, self._any = threading.Event(), threading.Event()
        self._answer = ""
        self._silent_at = self._speaking_at = self._heard_at = self._asked_at = float("-inf")
        self._began_at: float | None = None  # of the text that is being spoken
        self._over_at = 0.0
        self._absent = self._restarted = False

    @abstractmethod
    def compose(self, number: str, window: str, languages: Sequence[str], one: str) -> list[str]:
        """The texts of a call, marks and all. Raises ValueError."""

    @abstractmethod
    def frame(self, text: str) -> bytes:
        """The bytes that make it speak the text."""

    @abstractmethod
    def meaning(self, frame: Any) -> str:
        """What it says with a frame: taken, refused, started, speaking, silent or "" for nothing."""

    def do(self, job: Job) -> dict[str, Any]:
        if job.kind != "say":
            raise DeviceError("unknown_job", f"语音设备不会做 {job.kind}")
        data = job.data
        try:
            languages = data.get("languages") or ["zh"]
            texts = self.compose(str(data["number"]), str(data["window"]), languages, data.get("one") or self.one)
        except (KeyError, TypeError, ValueError) as wrong:
            raise DeviceError("bad_job", f"这次叫号读不出来：{wrong}") from wrong
        told = {
            "text": "".join(map(chip_words.plain, texts)),
            "seconds": round(sum(map(chip_words.seconds, texts)), 2),
            "speaks": True,
            "panels": bool(self.spec.options.get("panels", False)),
        }
        if not data.get("play", True):
            if self._absent:
                raise DeviceError("no_answer", self._sentence)
            return told
        times = int(data.get("times") or self.spec.options.get("times", 2))
        self._line.append(_Saying(str(data.get("area", "")), data.get("announcement"), deque(texts * times)))
        self._go_on()
        return told

    def open(self) -> None:
        super().open()
        self._asked_at = self._heard_at = float("-inf")

    def poll(self) -> None:
        """Begin the next text when the one before has ended; ask now and then."""
        now = self.clock()
        if self._tells:
            if self._waits_for_answer and now - self._asked_at > self.answer_s and not self._line:
                self._is_absent()
            busy = bool(self._line) and (self._began_at is None or now - self._began_at > SETTLE_S)
            if busy or now - max(self._heard_at, self._asked_at) > LOOK_S:
                self._any.clear()
                self._asked_at = now
                self.line.write(self.question)
        try:
            self._go_on()
        except DeviceError as problem:
            if problem.code == "lost":
                raise

    def heard(self, frame: Any) -> None:
        meant = self.meaning(frame)
        if not meant:
            return
        self._heard_at = self.clock()
        self._absent = False
        self.sink.state("ok")
        if meant == "silent":
            self._silent_at = self._heard_at
        elif meant == "speaking":
            self._speaking_at = self._heard_at
        elif meant == "started":
            self._restarted = self._began_at is not None
        else:
            self._answer = meant
            self._heard.set()
        self._any.set()

    def close(self) -> None:
        """The wire is gone: what was not said to its end is not said."""
        self._began_at = None
        self._speaking_at = float("-inf")
        while self._line:
            self._ended("unspoken", "语音设备的串口断开了")

    @property
    def _sentence(self) -> str:
        return "语音设备没有应答"

    @property
    def _tells(self) -> bool:
        """Whether it tells when it has ended."""
        return self.answers and bool(self.question)

    @property
    def _waits_for_answer(self) -> bool:
        return self._asked_at > self._heard_at

    def _go_on(self) -> None:
        """End the text that has ended, and begin the next. Raises DeviceError when it is not taken."""
        now = self.clock()
        if self._began_at is not None:
            gone = self._tells and now - max(self._heard_at, self._began_at) > GONE_S
            silent = self._tells and self._silent_at > self._began_at + SETTLE_S
            if not (gone or silent or self._restarted or now > self._over_at):
                return
            self._began_at = None
            if gone:
                self._is_absent()
            if gone or self._restarted:
                self._ended("unspoken", self._sentence if gone else "语音芯片在播报时重新启动了")
            elif not self._line[0].texts:
                self._ended("spoken")
        if self._line and not self._another_speaks:
            saying = self._line[0]
            try:
                self._begin(saying.texts[0])
            except DeviceError as problem:
                self._ended("unspoken", str(problem))
                raise
            saying.texts.popleft()

    @property
    def _another_speaks(self) -> bool:
        """Whether the chip is still at what somebody began before us: an agent that was started again."""
        return self._speaking_at > self._silent_at and self.clock() - self._speaking_at < GONE_S

    def _begin(self, text: str) -> None:
        raw = self.frame(text)
        if self._waits_for_answer:  # its "taken" would be read as that of the text
            self._any.wait(max(0.0, self._asked_at + self.answer_s - self.clock()))
        for _ in range(self.tries if self.answers else 1):
            self._answer = ""
            self._heard.clear()
            self.line.write(raw)
            if not self.answers or (self._heard.wait(self.answer_s + len(raw) / 900) and self._answer == "taken"):
                self._restarted = False
                self._began_at = self._silent_at = self.clock()
                self._over_at = self._began_at + (LONGEST_S if self._tells else 1.2 * chip_words.seconds(text))
                return
        if self._answer == "refused":
            raise DeviceError("refused", "语音芯片拒绝了这句话")
        self._is_absent()
        raise DeviceError("no_answer", self._sentence)

    def _ended(self, how: str, why: str = "") -> None:
        saying = self._line.popleft()
        event = {"kind": how, "area": saying.area, "announcement": saying.announcement}
        self.sink.input({**event, "sentence": why} if why else event)

    def _is_absent(self) -> None:
        if self.line.up:
            self.sink.state("fault", self._sentence)
        self._absent = True
