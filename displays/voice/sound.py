"""Samples: what is done to a clip before it is kept, and how clips become one announcement. Pure, no file.

Everywhere a sound is an `array("h")`: mono, 16 bit, 22 050 Hz (what the espeak driver of pyttsx3 writes).
"""

from __future__ import annotations

import io
import math
import struct
import sys
import wave
from array import array
from collections.abc import Iterable
from functools import cache

RATE = 22_050  # Hz
LOWEST_RATE, HIGHEST_RATE = 4_000, 192_000  # of a recording
LONGEST_CLIP_S = 15
LOUDNESS = 3_300  # RMS of a clip's samples, about -20 dBFS: room for the peaks of speech
CEILING = 30_000  # no sample beyond; a clip with a high crest stays a little below LOUDNESS rather than be clipped
FLOOR = 0.02  # of the peak: what is quieter at the ends is silence
EDGE_S = 0.012  # kept before and after the sound, and faded, so that joints do not click
WITHIN_S, BETWEEN_S, AFTER_CHIME_S = 0.03, 0.12, 0.1
LANGUAGES_S = 0.4  # between the same call in two languages

Sound = array


def read(wav: bytes) -> Sound:
    """Any PCM WAV (8, 16, 24 or 32 bit, any rate, any channels) as a sound.

    Raises ValueError, with a sentence, for what is not such a file.
    """
    try:
        with wave.open(io.BytesIO(wav)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError, RuntimeError, ZeroDivisionError, struct.error) as wrong:  # all seen from `wave`
        raise ValueError(f"不是 PCM 格式的 WAV 文件（{wrong}）") from wrong
    if width not in (1, 2, 3, 4) or not channels or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise ValueError(f"不能使用的 WAV 格式（{8 * width} 位，{channels} 声道，{rate} Hz）")
    if len(raw) > LONGEST_CLIP_S * width * channels * rate:
        raise ValueError(f"WAV 文件超过 {LONGEST_CLIP_S} 秒")
    raw = raw[: len(raw) // (width * channels) * width * channels]
    if width == 1:  # 8-bit WAV is unsigned
        samples = array("h", ((b - 128) << 8 for b in raw))
    else:  # the two high bytes of each little-endian sample
        samples = array("h")
        samples.frombytes(b"".join(raw[i + width - 2 : i + width] for i in range(0, len(raw), width)))
        if sys.byteorder == "big":
            samples.byteswap()
    if channels > 1:
        samples = array("h", (sum(samples[i : i + channels]) // channels for i in range(0, len(samples), channels)))
    return samples if rate == RATE else _resampled(samples, rate)


def write(sound: Sound) -> bytes:
    """The sound as a WAV file."""
    samples = array("h", sound)
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def seconds(sound: Sound) -> float:
    return len(sound) / RATE


def rms(sound: Sound) -> float:
    """Root mean square of the samples, 0 for none."""
    return math.sqrt(sum(s * s for s in sound) / len(sound)) if sound else 0.0


def polished(sound: Sound) -> Sound:
    """Without silence at the ends, as loud as every other clip, with soft edges. Raises ValueError for silence."""
    peak = max(map(abs, sound), default=0)
    if peak < 100:
        raise ValueError("没有声音")
    loud = [i for i, s in enumerate(sound) if abs(s) > peak * FLOOR]
    edge = int(EDGE_S * RATE)
    kept = sound[max(0, loud[0] - edge) : loud[-1] + 1 + edge]
    gain = min(LOUDNESS / rms(kept), CEILING / peak)
    clip = array("h", (round(s * gain) for s in kept))
    for i in range(min(edge, len(clip))):
        clip[i] = clip[i] * i // edge
        clip[-1 - i] = clip[-1 - i] * i // edge
    return clip


def silence(length_s: float) -> Sound:
    return array("h", bytes(2 * int(length_s * RATE)))


@cache
def chime() -> Sound:
    """叮咚: e″ then c″, struck like a bar, 0.9 s. Made here, so that nobody's recording is needed."""
    length, second = int(0.9 * RATE), int(0.32 * RATE)
    tone = [0.0] * length
    for start, pitch in ((0, 659.26), (second, 523.25)):
        for overtone, level, decay in ((1.0, 1.0, 4.0), (2.0, 0.25, 7.0), (4.0, 0.08, 14.0)):
            step = 2 * math.pi * pitch * overtone / RATE
            for i in range(length - start):
                attack = min(1.0, i / (0.004 * RATE))
                tone[start + i] += attack * level * math.exp(-decay * i / RATE) * math.sin(step * i)
    peak = max(map(abs, tone))
    fade = int(0.05 * RATE)
    return array("h", (round(11_000 * t / peak * min(1.0, (length - i) / fade)) for i, t in enumerate(tone)))


def joined(sounds: Iterable[Sound], gap_s: float) -> Sound:
    """One after the other with `gap_s` of silence between."""
    whole, gap = array("h"), silence(gap_s)
    for i, sound in enumerate(sounds):
        if i:
            whole.extend(gap)
        whole.extend(sound)
    return whole


def _resampled(sound: Sound, rate: int) -> Sound:
    """To RATE, by straight lines; from a higher rate each sample is first the mean of what it stands for."""
    if rate > RATE:
        span = max(1, round(rate / RATE))
        sound = array("h", (sum(sound[i : i + span]) // len(sound[i : i + span]) for i in range(len(sound))))
    out = array("h")
    for i in range(len(sound) * RATE // rate):
        place = i * rate / RATE
        left = int(place)
        right = min(left + 1, len(sound) - 1)
        out.append(round(sound[left] + (sound[right] - sound[left]) * (place - left)))
    return out
