"""Who is heard next where a chip speaks by itself: its word counts for the end, and what it leaves is not lost."""

import pytest

from displays.voice import arbiter as rules
from displays.voice.arbiter import Arbiter

HALL = "hall"


@pytest.fixture
def arbiter():
    return Arbiter()


def call(arbiter, id, number, now):  # noqa: A002
    """A call whose sound is there at once."""
    arbiter.call(HALL, id, number, "3", now)
    arbiter.ready(id, f"/voice/{id}.wav", 3.0, f"请{number}号到3号窗口")


def heard(arbiter, now):
    it = arbiter.current(HALL, now)
    return it.number if it else None


def test_what_a_chip_speaks_is_over_when_the_chip_says_so_though_the_guess_was_short(arbiter):
    arbiter.call(HALL, 1, "A001", "3", 0.0)
    assert arbiter.ready(1, "", 1.0, "请A零零一号到三号窗口。")
    assert arbiter.current(HALL, 0.1).url == ""
    call(arbiter, 2, "A002", 0.2)
    assert heard(arbiter, 5.0) == "A001"
    arbiter.spoken(HALL, 1, 5.5)
    assert heard(arbiter, 5.5 + rules.GAP_S) == "A002"


def test_what_broke_off_is_the_next_one_once_another_voice_has_it_and_keeps_its_place(arbiter):
    for id_, number in ((1, "A001"), (2, "A002")):
        call(arbiter, id_, number, 0.0)
    assert heard(arbiter, 0.0) == "A001"
    assert arbiter.unspoken(HALL, 1, 20.0 - rules.MARGIN_S - 8, again=True)
    assert heard(arbiter, 8.5) is None
    arbiter.ready(1, "/voice/1.wav", 3.0, "请A001号到3号窗口")
    assert heard(arbiter, 9.0) == "A001"


def test_what_broke_off_and_nobody_has_again_in_time_is_skipped(arbiter):
    call(arbiter, 1, "A001", 0.0)
    heard(arbiter, 0.0)
    assert arbiter.unspoken(HALL, 1, 7.0, again=True)
    assert heard(arbiter, 7.0 + rules.READY_S) is None
    assert [o.how for o in arbiter.outcomes()] == ["not_ready"]


def test_what_broke_off_with_no_voice_left_has_failed_and_a_late_word_of_it_is_nothing(arbiter):
    call(arbiter, 1, "A001", 0.0)
    heard(arbiter, 0.0)
    assert arbiter.unspoken(HALL, 1, 2.0, again=False, reason="没有应答")
    assert not arbiter.unspoken(HALL, 1, 2.1, again=False)
    assert not arbiter.unspoken("nowhere", 1, 2.1, again=True)
    assert [(o.how, o.reason) for o in arbiter.outcomes()] == [("failed", "没有应答")]
