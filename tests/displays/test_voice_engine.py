"""The mouth: what espeak-ng itself says it pronounces, and the files that come out."""

import io
import json
import subprocess
import sys
import threading
import wave

import pytest

from displays.voice import engine, sound
from displays.voice.words import every_clip

# espeak-ng asked directly, in a process of its own, without pyttsx3 and without our engine.
TRACE = """
import ctypes, json, os, sys
import espeakng_loader as loader
os.environ["ESPEAK_DATA_PATH"] = loader.get_data_path()
lib = ctypes.CDLL(loader.get_library_path())
lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
lib.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
lib.espeak_Initialize(2, 0, None, 0)
said = {}
for voice, names in json.load(sys.stdin).items():
    assert lib.espeak_SetVoiceByName(voice.encode()) == 0, voice
    said[voice] = {}
    for name in names:
        rest, parts = ctypes.c_char_p(name.encode()), []
        while rest.value is not None:
            parts.append(lib.espeak_TextToPhonemes(ctypes.byref(rest), 1, 0).decode())
        said[voice][name] = " ".join(parts)
json.dump(said, sys.stdout)
"""


@pytest.fixture(scope="module")
def trace():
    asked = {engine.VOICES[language]: every_clip(language) for language in ("zh", "en", "yue")}
    run = subprocess.run(
        [sys.executable, "-c", TRACE], input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=30
    )
    return json.loads(run.stdout)


def test_digits_are_mandarin_syllables_in_their_tones(trace):
    """零 líng … 九 jiǔ in espeak's notation; 55, 35, 214 and 51 are the four tones."""
    heard = [trace["sit/cmn"][digit].replace("_|", "").replace("'", "") for digit in "零一二三四五六七八九"]
    assert heard == ["li35N", "ji55", "@r51", "sa55n", "si[51", "wu214", "liou51", "tS;hi55", "pA55", "tS;iou214"]


def test_no_word_is_read_as_chinese_letter(trace):
    """That is what Debian's 1.51, and any English voice, makes of a hanzi: tʃˈaɪniːz lˌɛtə."""
    for voice in ("sit/cmn", "sit/yue"):
        for name, heard in trace[voice].items():
            assert "aIni:z" not in heard, name
            assert heard.startswith("(en)") == name.isascii(), name


def test_a_hundred_is_yi_bai_and_the_one_of_a_window_is_yi(trace):
    """一百 takes its change of tone as one clip; 一 before 号窗口 keeps its own, which it loses in running text."""
    assert trace["sit/cmn"]["一百"].startswith("ji51p'ai214")
    assert trace["sit/cmn"]["一"].startswith("j'i55")


def test_a_ticket_letter_is_a_letter_in_english_not_the_article(trace):
    assert trace["gmw/en"]["A"] == "'eI"


def test_a_render_is_mono_16_bit_22050_and_not_silence():
    with wave.open(io.BytesIO(engine.render("零"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        assert 0.2 < file.getnframes() / 22_050 < 1.5
    assert sound.rms(sound.read(engine.render("零"))) > 1_000


def test_the_mandarin_voice_speaks_not_the_english_one():
    """Read by an English voice a hanzi is two English words, longer than any syllable."""
    syllable = sound.seconds(sound.polished(sound.read(engine.render("零", "zh"))))
    words = sound.seconds(sound.polished(sound.read(engine.render("零", "en"))))
    assert syllable < 0.5 < 0.6 < words


def test_each_of_many_renders_from_many_threads_is_its_own_sentence():
    """pyttsx3 keeps one file name and espeak one voice: the lengths would be mixed up, or the process gone."""
    asked = [("请", "zh", 180), ("A", "zh", 126), ("one", "en", 180), ("号窗口", "zh", 180)] * 5
    lengths: dict[tuple, set[int]] = {}

    def speak(one):
        lengths.setdefault(one, set()).add(len(sound.read(engine.render(*one))) // 1_000)

    threads = [threading.Thread(target=speak, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    means = [sum(found) / len(found) for found in lengths.values()]
    assert len(lengths) == 4
    assert all(max(found) - min(found) <= 1 for found in lengths.values())
    assert len({round(mean) for mean in means}) == 4


def test_a_long_text_is_whole():
    once, often = (len(engine.render("请到三号窗口，" * times)) for times in (1, 60))
    assert often > 40 * once


def test_a_faster_rate_holds_from_the_first_sentence():
    slow, fast = (sound.seconds(sound.read(engine.render("号窗口", "zh", rate))) for rate in (120, 240))
    assert fast < 0.7 * slow


def test_a_language_without_a_voice_is_a_sentence():
    with pytest.raises(engine.SpeechError, match="没有语言 'tlh' 的语音"):
        engine.render("Heghlu'meH", "tlh")


def test_nothing_is_printed_and_the_process_ends_in_order():
    code = "from displays.voice import engine; engine.render('零'); engine.render('one', 'en')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
