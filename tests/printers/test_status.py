"""What a printer's status bytes mean, bit by bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.status import SENTENCES, Status, is_answer, is_reached, trouble


@pytest.mark.parametrize(
    ("answers", "code", "state"),
    [
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}, "ok", "ok"),
        ({1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}, "ok", "ok"),  # the cash drawer's pin says nothing about paper
        ({1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}, "cover_open", "cover_open"),
        ({1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x72}, "no_paper", "no_paper"),
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x1E}, "near_end", "near_end"),
        ({1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}, "cutter", "fault"),
        ({1: 0x1A, 2: 0x52, 3: 0x32, 4: 0x12}, "fault", "fault"),
        ({1: 0x1A, 2: 0x12, 3: 0x12, 4: 0x12}, "offline", "fault"),
    ],
)
def test_states(answers, code, state):
    """PROTOCOLS §6: DLE EOT 1 to 4."""
    status = Status.of(answers)

    assert (status.code, status.state, status.prints) == (code, state, code in ("ok", "near_end"))


def test_a_hot_head_is_waited_for():
    """An error that ends by itself is off-line, not a fault to call somebody for."""
    assert Status.of({1: 0x1A, 2: 0x52, 3: 0x52, 4: 0x12}).error is False


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
    for code in SENTENCES.keys() - {"ok"}:
        assert str(trouble(code)).endswith("。")
