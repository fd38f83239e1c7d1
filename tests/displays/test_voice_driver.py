"""The voice as a device: a `say` job in, a WAV out, and a player of the system where there is a card."""

import os
import stat
import threading
import wave

import pytest

from devices.driver import DeviceError, DeviceSpec, Job
from displays.voice import soundcard
from displays.voice.driver import SpeakerVoice

CARD = " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0xf7f10000 irq 30\n"


class Hub:
    """What the agent hears from the driver."""

    def __init__(self):
        self.inputs, self.states, self.told = [], [], threading.Condition()

    def input(self, event):
        with self.told:
            self.inputs.append(event)
            self.told.notify_all()

    def state(self, state, error="", **detail):
        self.states.append((state, error, detail))

    def slip(self, png, lines):
        raise AssertionError("a voice cuts no slips")

    def far(self, **seen):
        raise AssertionError("a voice shows nothing")

    def heard(self, count):
        """Wait until so many announcements were played to the end."""
        with self.told:
            return self.told.wait_for(lambda: len(self.inputs) >= count, 10)


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def voice(hub, tmp_path):
    """Opens a voice with the options given, its data in tmp_path/voice."""
    opened = []

    def open_one(**options):
        one = SpeakerVoice(DeviceSpec("voice", "voice", "espeak", options={"data_dir": str(tmp_path), **options}), hub)
        one.open()
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with a sound card: ALSA's list of cards, and a player on PATH that keeps what it was given to play."""
    bin_, played = tmp_path / "bin", tmp_path / "played"
    bin_.mkdir()
    played.mkdir()
    (tmp_path / "cards").write_text(CARD)
    monkeypatch.setattr(soundcard, "CARDS", tmp_path / "cards")
    monkeypatch.setenv("PATH", str(bin_))

    def install(name, body='for last; do :; done; n=$(ls "$OUT" | wc -l); cp "$last" "$OUT/$n.wav"'):
        program = bin_ / name
        program.write_text(f"#!/bin/sh\nOUT={played}\nPATH=/usr/bin:/bin\n{body}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    install.played = lambda: [file.read_bytes() for file in sorted(played.iterdir(), key=lambda f: int(f.stem))]
    return install


def say(number="A001", window="3", languages=("zh",), **data):
    return Job("1", "voice", "say", {"announcement": 17, "area": "hall", "number": number, "window": window}
               | {"languages": list(languages)} | data)  # fmt: skip


def test_a_call_comes_back_as_a_wav_with_its_text_and_length(voice, tmp_path):
    done = voice(sound_card="off").do(say())
    (tmp_path / "out.wav").write_bytes(done["wav"])
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        assert done["seconds"] == pytest.approx(file.getnframes() / 22_050, abs=0.001)
    assert done["text"] == "请A零零一号到三号窗口"
    assert 3.0 < done["seconds"] < 6.0


def test_two_languages_are_one_announcement(voice):
    it = voice(sound_card="off")
    both = it.do(say(languages=["zh", "en"]))
    assert both["text"] == "请A零零一号到三号窗口 Ticket A 0 0 1, please go to counter 3."
    assert both["seconds"] > it.do(say())["seconds"] + 2


def test_the_same_call_again_is_the_same_sound(voice):
    it = voice(sound_card="off")
    assert it.do(say())["wav"] is it.do(say())["wav"]


def test_the_hall_decides_how_one_is_said(voice):
    it = voice(sound_card="off")
    assert it.do(say("A011", one="幺"))["text"] == "请A零幺幺号到三号窗口"
    assert voice(sound_card="off", one="幺").do(say("A011"))["text"] == "请A零幺幺号到三号窗口"


def test_everything_is_kept_under_the_data_folder(voice, tmp_path):
    voice(sound_card="off").do(say())
    assert {"voice"} == {file.name for file in tmp_path.iterdir()}
    assert list((tmp_path / "voice").rglob("零.wav"))


def test_a_machine_without_a_card_is_all_right(voice, hub, monkeypatch, tmp_path):
    monkeypatch.setattr(soundcard, "CARDS", tmp_path / "none")
    assert voice().do(say())["wav"]
    assert hub.states == [("ok", "", {"sound_card": ""})]


def test_the_card_plays_the_very_wav_twice_then_tells(voice, hub, machine):
    machine("aplay")
    done = voice().do(say())
    assert hub.heard(1)
    assert machine.played() == [done["wav"]] * 2
    assert hub.inputs == [{"kind": "spoken", "area": "hall", "announcement": 17}]


def test_announcements_are_played_one_after_the_other(voice, hub, machine):
    machine("aplay", 'mkdir "$OUT/../busy" || exit 1; sleep 0.05; for last; do :; done; '
            'n=$(ls "$OUT" | wc -l); cp "$last" "$OUT/$n.wav"; rmdir "$OUT/../busy"')  # fmt: skip
    it = voice()
    wavs = [it.do(say(f"A00{n}", times=1))["wav"] for n in range(1, 5)]
    assert hub.heard(4)
    assert machine.played() == wavs


def test_rendered_ahead_it_is_not_played(voice, hub, machine):
    machine("aplay")
    it = voice()
    it.do(say("A001", play=False))
    second = it.do(say("A002", times=1))
    assert hub.heard(1)
    assert machine.played() == [second["wav"]]


def test_a_player_that_fails_gives_way_to_the_next(voice, hub, machine):
    machine("aplay", "exit 1")
    machine("paplay")
    voice().do(say(times=1))
    assert hub.heard(1)
    assert len(machine.played()) == 1


def test_when_no_player_works_the_call_is_rendered_all_the_same_and_not_told_as_spoken(voice, hub, machine, tmp_path):
    os.mkfifo(tmp_path / "tried")
    machine("aplay", f"echo no > {tmp_path / 'tried'}; exit 1")
    it = voice()
    for number in ("A001", "A002"):
        assert it.do(say(number))["wav"]
        assert (tmp_path / "tried").read_text() == "no\n"  # blocks until the player has run
    it.close()
    assert hub.inputs == []


def test_closing_ends_the_sound_at_once(voice, machine, tmp_path):
    started = tmp_path / "started"
    machine("aplay", f"echo on > {started}; exec sleep 30")
    os.mkfifo(started)
    it = voice()
    it.do(say())
    assert started.read_text() == "on\n"  # blocks until the player runs
    it.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "soundcard"]


def test_a_card_that_is_behind_leaves_the_oldest_out(voice, hub, machine, tmp_path):
    os.mkfifo(tmp_path / "go")
    machine("aplay", f'for last; do :; done; n=$(ls "$OUT" | wc -l); cp "$last" "$OUT/$n.wav"; cat {tmp_path / "go"}')
    it = voice()
    wavs = [it.do(say(f"A{n:03}", times=1))["wav"] for n in range(soundcard.LONGEST_LINE + 3)]
    for n in range(soundcard.LONGEST_LINE + 1):
        (tmp_path / "go").write_text("on")
        assert hub.heard(n + 1)
    played = machine.played()
    assert played[0] in wavs[:2]
    assert played[1:] == wavs[-soundcard.LONGEST_LINE :]


def test_a_player_without_a_card_in_the_list_is_no_player(machine, tmp_path):
    machine("aplay")
    assert soundcard.players() == [(str(tmp_path / "bin" / "aplay"), "-q")]
    (tmp_path / "cards").write_text("--- no soundcards ---\n")
    assert soundcard.players() == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"one": "yi"}, "语音设备的选项 one 不能是 'yi'"),
        ({"rate": "fast"}, "语音设备的选项 rate 不能是 'fast'"),
        ({"sound_card": "maybe"}, "语音设备的选项 sound_card 不能是 'maybe'"),
        ({"times": 0}, "语音设备的选项 times 不能是 0"),
    ],
)
def test_a_wrong_option_is_a_sentence(voice, options, sentence):
    with pytest.raises(DeviceError, match=sentence) as wrong:
        voice(**options)
    assert wrong.value.code == "fault"


@pytest.mark.parametrize("data", [{"number": ""}, {"window": "--"}, {"languages": ["fr"]}, {"number": None}])
def test_a_call_that_cannot_be_said_is_a_bad_job(voice, data):
    with pytest.raises(DeviceError) as wrong:
        voice(sound_card="off").do(say(**data))
    assert wrong.value.code == "bad_job"


def test_another_job_is_refused(voice):
    with pytest.raises(DeviceError, match="不会做 print"):
        voice(sound_card="off").do(Job("1", "voice", "print", {}))


def test_it_can_be_closed_and_opened_again(voice):
    it = voice(sound_card="off")
    it.close()
    with pytest.raises(DeviceError, match="未接通"):
        it.do(say())
    it.open()
    assert it.do(say())["wav"]
