"""Text for hardware that only knows GBK: fitted into what a frame carries, and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import gbk


@given(st.text(max_size=30), st.integers(0, 60))
def test_what_does_not_fit_ends_after_a_whole_character(text, most):
    whole, raw = gbk.readable(text), gbk.fitted(text, most)
    shown = gbk.legible(raw)
    assert len(raw) <= most
    assert whole.startswith(shown)
    assert whole == shown or len(whole[: len(shown) + 1].encode("gbk")) > most


@pytest.mark.parametrize("raw", [b"\xc7", b"A\x00", b"\x1a", b"\xff\xff", b"\x80"], ids=bytes.hex)
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(ValueError):
        gbk.legible(raw)
