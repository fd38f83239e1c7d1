"""What a printer's status bytes mean, bit by bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.status import Status, is_answer, is_reached, trouble
from printers.troubles import TROUBLES


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}, "ok"),
        ({1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}, "ok"),  # the cash drawer's pin says nothing about paper
        ({1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}, "cover_open"),
        ({1: 0x1A, 2: 0x36, 3: 0x12, 4: 0x72}, "cover_open"),  # with the cover up many see no paper
        ({1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x72}, "no_paper"),
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x1E}, "near_end"),
        ({1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}, "cutter"),
        ({1: 0x1A, 2: 0x52, 3: 0x32, 4: 0x12}, "fault"),
        ({1: 0x1A, 2: 0x52, 3: 0x12, 4: 0x12}, "fault"),  # an error without a cause is not nothing
        ({1: 0x1A, 2: 0x52, 3: 0x52, 4: 0x12}, "overheated"),
        ({1: 0x1A, 2: 0x52, 3: 0x72, 4: 0x12}, "fault"),  # hot, and broken: somebody must come
        ({1: 0x1A, 2: 0x12, 3: 0x12, 4: 0x12}, "offline"),
    ],
)
def test_states(answers, code):
    """PROTOCOLS §6: DLE EOT 1 to 4; each trouble is a state of its own, and only two of all states print."""
    status = Status.of(answers)

    assert (status.code, status.prints) == (code, code in ("ok", "near_end"))


@given(st.fixed_dictionaries({n: st.integers(0, 255).map(lambda b: b & 0x6C | 0x12) for n in (1, 2, 3, 4)}))
def test_no_answer_that_names_a_trouble_prints(answers):
    """Whatever the bits: off-line, cover, paper, error, cutter, hot; the state that is told says so, in words."""
    status = Status.of(answers)
    bad = answers[1] & 0x08 or answers[2] & 0x64 or answers[3] & 0x68 or answers[4] & 0x60

    assert status.prints is (not bad)
    assert status.code == "ok" or TROUBLES[status.code].stops is bool(bad)


@pytest.mark.parametrize(("byte", "out", "near"), [(0x00, False, False), (0x03, False, True), (0x0C, True, False)])
def test_gs_r(byte, out, near):
    """00: both sensors have paper; what 0C means differs by model and is out unless the site says otherwise."""
    status = Status.of_paper(byte)

    assert (status.no_paper, status.near_end) == (out, near)
    assert Status.of_paper(0x0C, out_bits=0x60).near_end is True


@given(st.integers(0, 255))
def test_no_byte_is_both_a_status_and_the_end_of_the_buffer(byte):
    """The two kinds of answer cannot be taken for each other."""
    assert not (is_answer(byte) and is_reached(byte))


def test_noise_is_no_state():
    with pytest.raises(ValueError, match="no answer"):
        Status.of({1: 0xFF})


def test_every_trouble_has_a_sentence():
    for code, what in TROUBLES.items():
        assert str(trouble(code)).endswith("。")
        assert all((what.zh, what.en, what.todo_zh, what.todo_en))
