"""The bank: clips become an announcement, are rendered once, and give way to a site's own recordings."""

import array
import io
import itertools
import math
import wave

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from displays.voice import engine, sound
from displays.voice.clips import Bank
from displays.voice.words import sentence

unhurried = settings(deadline=None)  # a busy machine is no bug


def tone(seconds=0.3, pitch=440, level=8_000, rate=22_050):
    return array.array("h", (round(level * math.sin(i * pitch * 6.2832 / rate)) for i in range(int(seconds * rate))))


def as_wav(samples, rate=22_050, channels=1, width=2):
    """A WAV as a recorder would write it; `samples` are those of one channel."""
    with wave.open(out := io.BytesIO(), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        one = {
            1: lambda s: bytes([(s >> 8) + 128]),
            2: lambda s: s.to_bytes(2, "little", signed=True),
            3: lambda s: (s << 8).to_bytes(3, "little", signed=True),
            4: lambda s: (s << 16).to_bytes(4, "little", signed=True),
        }[width]
        file.writeframes(b"".join(one(s) * channels for s in samples))
    return out.getvalue()


def longest_silence(samples, below=150):
    """Seconds of the longest stretch that a listener would take for a pause."""
    longest = run = 0
    for s in samples:
        run = run + 1 if abs(s) < below else 0
        longest = max(longest, run)
    return longest / 22_050


class Mouth:
    """A far end that counts: each text is a tone of its own pitch, so that order can be heard."""

    def __init__(self):
        self.asked = []

    def __call__(self, text, language, rate):
        self.asked.append((language, text))
        return as_wav(tone(0.2, 300 + sum(map(ord, text)) % 997))


@pytest.fixture
def mouth():
    return Mouth()


def test_an_announcement_is_the_chime_and_its_clips_in_order_and_as_long_as_they_are(mouth):
    bank = Bank(None, render=mouth)
    said = sentence("A001", "101")
    made = bank.announcement([said])
    assert [("zh", clip) for clip in dict.fromkeys(said.clips)] == mouth.asked
    clips = [sound.read(bank.clip("zh", name)) for name in said.clips]
    heard = sound.read(made.wav)
    at = len(sound.chime()) + int(sound.AFTER_CHIME_S * sound.RATE)
    assert sound.chime() == heard[: len(sound.chime())]
    names = iter(clips)
    for p, phrase in enumerate(said.phrases):
        at += int(sound.BETWEEN_S * sound.RATE) if p else 0
        for c in range(len(phrase)):
            at += int(sound.WITHIN_S * sound.RATE) if c else 0
            clip = next(names)
            assert clip == heard[at : at + len(clip)]
            at += len(clip)
    assert at == len(heard)
    assert made.seconds == pytest.approx(len(heard) / 22_050, abs=0.001)
    assert made.text == "请A零零一号到一百零一号窗口"


def test_a_real_announcement_is_heard_without_a_gap_and_lasts_what_it_says():
    made = Bank(None).announcement([sentence("A001", "3"), sentence("A001", "3", "en")])
    with wave.open(io.BytesIO(made.wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        assert made.seconds == pytest.approx(file.getnframes() / 22_050, abs=0.001)
    heard = sound.read(made.wav)
    assert 5.0 < made.seconds < 11.0
    assert sound.rms(heard) > 1_500
    assert max(map(abs, heard)) <= sound.CEILING
    assert longest_silence(heard) < 0.6
    assert made.text == "请A零零一号到三号窗口 Ticket A 0 0 1, please go to counter 3."


def test_clips_of_the_real_voice_are_equally_loud_and_start_and_end_with_speech():
    bank = Bank(None)
    for language in ("zh", "en"):
        for name in sentence("B407", "289", language).clips:
            clip = sound.read(bank.clip(language, name))
            assert abs(20 * math.log10(sound.rms(clip) / sound.LOUDNESS)) < 1.0, name
            assert longest_silence(clip[: int(0.06 * sound.RATE)]) < 0.05, name
            assert longest_silence(clip[-int(0.06 * sound.RATE) :]) < 0.05, name


def test_the_second_time_nothing_is_rendered_or_joined(mouth):
    bank = Bank(None, render=mouth)
    first = bank.announcement([sentence("A001", "3")])
    asked = len(mouth.asked)
    assert bank.announcement([sentence("A001", "3")]) is first
    assert len(mouth.asked) == asked


def test_after_a_restart_the_clips_come_from_the_folder(mouth, tmp_path):
    first = Bank(tmp_path, render=mouth).announcement([sentence("A001", "3")])
    silent = Mouth()
    again = Bank(tmp_path, render=silent).announcement([sentence("A001", "3")])
    assert silent.asked == []
    assert first == again


def test_the_name_is_of_the_sound(mouth):
    bank = Bank(None, render=mouth)
    three, four = (bank.announcement([sentence("A001", w)]) for w in "34")
    assert three.name != four.name
    assert Bank(None, render=mouth).announcement([sentence("A001", "3")]).name == three.name


def test_two_calls_that_sound_the_same_keep_their_own_text():
    bank = Bank(None, render=lambda *_: as_wav(tone(0.2)))
    a, b = (bank.announcement([sentence(number, "3")]) for number in ("A001", "B002"))
    assert (a.name, a.text, b.text) == (b.name, "请A零零一号到三号窗口", "请B零零二号到三号窗口")


def test_only_so_many_announcements_are_kept(mouth):
    bank = Bank(None, render=mouth)
    first = bank.announcement([sentence("A001", "1")])
    for n in range(2, 70):
        bank.announcement([sentence("A001", str(n))])
    again = bank.announcement([sentence("A001", "1")])
    assert again is not first
    assert again == first


def test_a_clip_cut_short_by_a_power_failure_is_rendered_anew(mouth, tmp_path):
    Bank(tmp_path, render=mouth).clip("zh", "零")
    (kept,) = tmp_path.rglob("零.wav")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:30])
    assert whole == Bank(tmp_path, render=mouth).clip("zh", "零")
    assert whole == kept.read_bytes()


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_keeping(mouth, tmp_path):
    (tmp_path / "clips").write_text("a file where a folder should be")
    assert sound.read(Bank(tmp_path, render=mouth).clip("zh", "零"))


def test_an_own_recording_wins_from_the_next_call_on_and_gives_way_when_taken_away(mouth, tmp_path):
    bank = Bank(tmp_path, tmp_path / "recordings", render=mouth)
    spoken = bank.announcement([sentence("A001", "3")])
    own = tmp_path / "recordings" / "zh" / "零.wav"
    own.parent.mkdir(parents=True)
    own.write_bytes(as_wav(tone(0.9, 1_000, rate=44_100), rate=44_100, channels=2))
    recorded = bank.announcement([sentence("A001", "3")])
    assert recorded.seconds == pytest.approx(spoken.seconds + 2 * 0.7, abs=0.1)
    own.unlink()
    assert bank.announcement([sentence("A001", "3")]).wav == spoken.wav


def test_a_recording_that_is_no_wav_is_passed_over(mouth, tmp_path):
    own = tmp_path / "zh" / "零.wav"
    own.parent.mkdir()
    for junk in (b"", b"ID3 an MP3 that was renamed", as_wav(array.array("h", bytes(20_000)))):
        own.write_bytes(junk)
        assert Bank(None, tmp_path, render=mouth).clip("zh", "零") == Bank(None, render=mouth).clip("zh", "零")


@settings(max_examples=30, deadline=None)
@given(
    rate=st.sampled_from([8_000, 16_000, 22_050, 44_100, 48_000]),
    channels=st.sampled_from([1, 2]),
    width=st.sampled_from([1, 2, 3, 4]),
)
def test_a_recording_in_any_pcm_format_becomes_the_house_format(rate, channels, width):
    heard = sound.read(as_wav(tone(0.25, 440, rate=rate), rate, channels, width))
    assert sound.seconds(heard) == pytest.approx(0.25, abs=0.01)
    assert sound.rms(heard) == pytest.approx(8_000 / math.sqrt(2), rel=0.06)
    crossings = sum(a < 0 <= b for a, b in itertools.pairwise(heard))
    assert crossings / 0.25 == pytest.approx(440, abs=10)


@unhurried
@given(st.binary(max_size=200))
def test_any_bytes_are_a_sound_or_a_value_error(junk):
    try:
        sound.read(b"RIFF\xff\x00\x00\x00WAVE" + junk)
    except ValueError as wrong:
        assert "WAV" in str(wrong)


@unhurried
@given(st.integers(1, 1_999), st.integers(1, 1_999), st.floats(0.01, 1.0))
def test_polishing_takes_silence_off_both_ends_and_evens_the_loudness(before, after, level):
    quiet = array.array("h", bytes(2 * before)), array.array("h", bytes(2 * after))
    clip = sound.polished(quiet[0] + tone(0.1, level=round(30_000 * level)) + quiet[1])
    assert len(clip) <= 0.1 * 22_050 + 2 * sound.EDGE_S * 22_050 + 2
    assert sound.rms(clip) == pytest.approx(sound.LOUDNESS, rel=0.25)


def test_silence_from_the_voice_is_an_error_not_an_announcement_of_nothing():
    with pytest.raises(engine.SpeechError, match="读不出“请”"):
        Bank(None, render=lambda *_: as_wav(array.array("h", bytes(8_000)))).announcement([sentence("A1", "1")])


@pytest.mark.parametrize("name", ["../零", "a/b", "a\\b", "零\0", "a.b"])
def test_no_clip_name_leaves_the_folder(name, mouth, tmp_path):
    with pytest.raises(ValueError, match="not the name of a clip"):
        Bank(tmp_path, render=mouth).clip("zh", name)
