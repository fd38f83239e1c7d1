"""The mouth of this process: pyttsx3 on the espeak-ng library that espeakng-loader carries.

What has to be minded, each seen with pyttsx3 2.99 and espeak-ng 1.52:
- pyttsx3 loads `libespeak-ng.so.1` by name; ours is loaded first, with RTLD_GLOBAL, so that no older one of the system
  is taken (Debian's 1.51 reads Chinese as "Chinese letter").
- espeak calls exit() when it does not find its data: we look before it does.
- Speech from two threads kills the process: all of it happens in one thread, however many devices speak.
- Of several queued `save_to_file` only the last is written: one `runAndWait` for each.
- `runAndWait` may return before the file is written (its issue 219): the `finished-utterance` notice is waited for.
- A voice that cannot be set is only notified, and the sentence comes in the voice before: a notice is an error here.
- Each `runAndWait` ends with a stop; while a parameter is still on its way, espeak counts as playing and the stop
  cancels: an empty file, one in fifty, or the new rate only from the next sentence on. Nothing here is ever to be
  cancelled, so the stop is taken out.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from functools import cache
from pathlib import Path
from typing import Any

VOICES = {"zh": "sit/cmn", "en": "gmw/en", "yue": "sit/yue"}
WORDS_A_MINUTE = 180  # about three syllables a second: unhurried, halls echo and many visitors are old
LIMIT_S = 10.0  # for one render; a sentence takes about 15 ms
LONGEST_DATA_PATH = 220  # bytes; tried: 220 is found, with 300 espeak ends the process


class SpeechError(Exception):
    """Nothing can be said here; str() is a sentence for the hall's staff."""


def render(text: str, language: str = "zh", rate: int = WORDS_A_MINUTE) -> bytes:
    """`text` spoken, as a WAV file: mono, 16 bit, 22 050 Hz. From any thread; raises SpeechError."""
    if language not in VOICES:
        raise SpeechError(f"没有语言 {language!r} 的语音")
    try:
        return _thread().submit(_render, text, VOICES[language], rate).result(LIMIT_S + 1)
    except OutOfTime as late:
        raise SpeechError("语音库没有回应") from late


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="speech")


class _Mouth:
    """pyttsx3's engine and what it was last told. Made and used in the speech thread only."""

    def __init__(self) -> None:
        self.engine = _engine()
        self.finished = threading.Event()
        self.wrong: list[Exception] = []
        self.engine.connect("finished-utterance", lambda name, completed: self.finished.set())
        self.engine.connect("error", lambda name, exception: self.wrong.append(exception))

    def speak(self, text: str, voice: str, rate: int) -> bytes:
        self.finished.clear()
        self.wrong.clear()
        with tempfile.TemporaryDirectory(prefix="hallcall-voice-") as folder:
            file = Path(folder) / "said.wav"
            self.engine.setProperty("voice", voice)
            self.engine.setProperty("rate", rate)
            self.engine.save_to_file(text, str(file))
            self.engine.runAndWait()
            if self.wrong:
                raise SpeechError(f"语音库没有声音 {voice}：{self.wrong[0]}")
            # A WAV of nothing but its header is a sentence that was cancelled.
            if not self.finished.wait(LIMIT_S) or not file.exists() or file.stat().st_size <= 44:
                raise SpeechError(f"语音库没有读出“{text}”")
            return file.read_bytes()


def _render(text: str, voice: str, rate: int) -> bytes:
    return _mouth().speak(text, voice, rate)


@cache
def _mouth() -> _Mouth:
    return _Mouth()


def _engine() -> Any:
    try:
        import espeakng_loader
    except ImportError as missing:
        raise SpeechError("没有安装 espeakng-loader，不能播报") from missing
    data = Path(espeakng_loader.get_data_path())
    if not (data / "phontab").is_file():
        raise SpeechError(f"语音库的数据不在 {data}")
    if len(os.fsencode(data)) > LONGEST_DATA_PATH:
        raise SpeechError(f"路径 {data} 对语音库来说太长，请安装到路径较短的文件夹")
    try:
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        os.environ["ESPEAK_DATA_PATH"] = str(data)
        import pyttsx3
        from pyttsx3.drivers import espeak
    except (OSError, RuntimeError, ImportError) as wrong:
        raise SpeechError(f"语音库无法加载：{wrong}") from wrong
    espeak.print = lambda *_: None  # it prints each file it saved to standard output
    engine = pyttsx3.init("espeak")
    engine.proxy._driver.stop = lambda: None
    return engine
