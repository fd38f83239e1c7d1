"""What an agent must not forget, over the end of its process."""

import errno
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from devices.outbox import FIRST_REPEAT_S, KEY_LIFE_S, Outbox

NEXT = {"kind": "key", "key": "next", "digits": ""}
GRADE = {"kind": "grade", "grade": "satisfied"}


class World:
    """A folder, and a time that is moved by hand."""

    def __init__(self, folder):
        self.folder, self.now, self.jump = folder, 0.0, timedelta()
        self.outbox = None
        self.restart()

    def restart(self):
        """As after kill -9: nothing is closed in good order."""
        start = datetime(2026, 11, 22, 9, tzinfo=UTC)
        self.outbox = Outbox(
            self.folder, clock=lambda: self.now, wall=lambda: start + timedelta(seconds=self.now) + self.jump
        )
        return self.outbox


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def done(id_="j1", ok=True, **detail):
    return {"id": id_, "device": "printer-1", "ok": ok, "error": "", "sentence": "", "detail": detail}


def test_a_letter_is_repeated_with_the_same_id_until_it_is_answered(world):
    world.outbox.input("i1", "keypad-1", NEXT)
    first = world.outbox.due()
    assert world.outbox.due() == []
    world.now += FIRST_REPEAT_S
    assert first == world.outbox.due()
    world.outbox.answered("input", "i1")
    world.now += 100
    assert world.outbox.due() == []


def test_a_new_link_brings_everything_unanswered_at_once(world):
    world.outbox.input("i1", "keypad-1", NEXT)
    world.outbox.due()
    world.outbox.all_due()
    assert len(world.outbox.due()) == 1


def test_letters_outlive_the_process(world):
    world.outbox.input("i1", "pad-1", GRADE)
    world.outbox.done(done())
    before = world.outbox.due()
    assert len(before) == 2
    assert before == world.restart().due()


def test_a_sound_is_told_but_not_kept_on_disk(world):
    world.outbox.done(done(wav=b"RIFF\x00"))
    assert world.outbox.due()[0][1]["detail"] == {"wav": b"RIFF\x00"}
    assert world.restart().due() == []


def test_the_file_stays_small_however_long_the_agent_runs(world, monkeypatch):
    monkeypatch.setattr("devices.outbox.COMPACT_AFTER", 50)
    monkeypatch.setattr("devices.outbox.PRINTS_KEPT", 5)
    for n in range(200):
        world.outbox.began_print(f"j{n}")
        world.outbox.done(done(f"j{n}"), print_job=True)
        world.outbox.answered("done", f"j{n}")
    world.outbox.input("i1", "pad-1", GRADE)
    assert len((world.folder / "outbox.jsonl").read_text().splitlines()) < 80
    assert world.outbox.outcome_of_print("j199", "printer-1")
    assert [payload["id"] for _, payload in world.restart().due()] == ["i1"]


def test_pressing_again_what_is_not_answered_yet_is_the_same_press(world):
    assert [world.outbox.input(id_, "keypad-1", NEXT) for id_ in ("i1", "i2")] == [True, False]
    assert world.outbox.input("i3", "keypad-2", NEXT)
    world.outbox.answered("input", "i1")
    assert world.outbox.input("i4", "keypad-1", NEXT)


def test_a_key_that_nobody_answered_is_forgotten_but_a_grade_is_not(world):
    world.outbox.input("i1", "keypad-1", NEXT)
    world.outbox.input("i2", "pad-1", GRADE)
    world.now += KEY_LIFE_S + 1
    assert [payload["id"] for _, payload in world.restart().due()] == ["i2"]


def test_a_print_that_succeeded_is_never_done_again(world):
    world.outbox.began_print("j1")
    world.outbox.done(done(), print_job=True)
    world.outbox.answered("done", "j1")
    for _ in range(2):
        assert done() == world.restart().outcome_of_print("j1", "printer-1")


def test_a_print_cut_short_by_the_end_of_the_process_is_told_and_not_done_again(world):
    world.outbox.began_print("j1")
    outcome = world.restart().outcome_of_print("j1", "printer-1")
    assert (outcome["ok"], outcome["error"]) == (False, "interrupted")


def test_a_print_that_failed_may_be_done_again_once_the_hub_knows(world):
    world.outbox.began_print("j1")
    world.outbox.done(done(ok=False), print_job=True)
    assert done(ok=False) == world.restart().outcome_of_print("j1", "printer-1")
    world.outbox.answered("done", "j1")
    assert world.outbox.outcome_of_print("j1", "printer-1") is None


@pytest.fixture
def full_disk(monkeypatch):
    """full_disk(): from now on nothing is taken by the disk; full_disk.undo(): there is room again."""

    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    class Disk:
        undo = staticmethod(monkeypatch.undo)

        def __call__(self):
            monkeypatch.setattr("devices.records.os.fsync", refuse)

    return Disk()


def test_a_full_disk_stops_nothing_and_is_told_once(world, full_disk):
    """A keypad's thread that ended here would leave its line dead until somebody starts the agent again."""
    full_disk()
    with capture_logs() as logged:
        assert world.outbox.input("i1", "pad-1", GRADE)
        world.outbox.began_print("j1")
        world.outbox.done(done(), print_job=True)
        assert [payload["id"] for _, payload in world.outbox.due()] == ["i1", "j1"]
        full_disk.undo()
        world.outbox.answered("done", "j1")
    assert [entry["log_level"] for entry in logged] == ["warning", "info"]
    assert [payload["id"] for _, payload in world.restart().due()] == ["i1"], "written when there was room again"
    assert world.outbox.outcome_of_print("j1", "printer-1") == done()


def test_an_agent_starts_on_a_full_disk(world, full_disk):
    world.outbox.input("i1", "pad-1", GRADE)
    full_disk()
    world.restart()
    full_disk.undo()
    world.outbox.answered("input", "i1")
    assert world.restart().due() == []


def test_a_record_torn_by_the_end_of_the_process_costs_that_record_only(world):
    world.outbox.input("i1", "pad-1", GRADE)
    with (world.folder / "outbox.jsonl").open("a") as file:
        file.write('{"letter": "inp')
    assert [payload["id"] for _, payload in world.restart().due()] == ["i1"]


def test_a_clock_that_jumps_makes_no_press_older_or_younger(world):
    """The wall clock of a kiosk PC is set right by the network while it runs: a press is as old as it is."""
    world.outbox.input("i1", "keypad-1", NEXT)
    world.jump = timedelta(hours=1)
    assert [payload["id"] for _, payload in world.outbox.due()] == ["i1"]
    world.jump = timedelta(hours=-1)
    world.now += KEY_LIFE_S + 1
    assert world.outbox.due() == []


def test_a_key_of_a_clock_that_was_ahead_is_not_kept_until_the_clock_has_caught_up(world):
    world.jump = timedelta(hours=1)
    world.outbox.input("i1", "keypad-1", NEXT)
    world.jump = timedelta()
    assert [payload["id"] for _, payload in world.restart().due()] == ["i1"]
    world.now += KEY_LIFE_S + 1
    assert world.outbox.due() == []


def test_a_file_that_somebody_has_edited_costs_what_cannot_be_understood(world):
    world.outbox.input("i1", "pad-1", GRADE)
    with (world.folder / "outbox.jsonl").open("a") as file:
        file.write('12\n{"letter": "input", "payload": {}}\n{"letter": "done", "payload": 7}\n{"print": []}\n')
    with capture_logs():
        assert [payload["id"] for _, payload in world.restart().due()] == ["i1"]
