"""ff68 on the wire: every vector of the vendor's document, whole, in pieces, and in noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import ff68
from devices.ff68 import Frame

VECTORS = [
    (
        "show ticket 023, addr 1",
        "FF 68 08 08 68 01 02 0A 0A 0A 00 02 03 26 16",
        Frame(1, 2, bytes((10, 10, 10, 0, 2, 3))),
    ),
    ("beep", "FF 68 02 02 68 01 03 04 16", Frame(1, 3)),
    ("stars 5", "FF 68 03 03 68 01 02 05 08 16", Frame(1, 2, b"\x05")),
    ("start rating", "FF 68 03 03 68 01 01 0B 0D 16", Frame(1, 1, b"\x0b")),
    ("key: call next", "FF 68 03 03 68 01 01 0C 0E 16", Frame(1, 1, b"\x0c")),
    ("grade 0 arrives", "FF 68 03 03 68 01 11 00 12 16", Frame(1, 0x11, b"\x00")),
    ("grade 0 acknowledged", "FF 68 03 03 68 01 01 00 02 16", Frame(1, 1, b"\x00")),
]
GOOD = [bytes.fromhex(text) for _, text, _ in VECTORS]

# Noise that is no frame by itself: random bytes, and the beginnings of frames that break off.
noise = st.binary(max_size=20) | st.sampled_from(GOOD).flatmap(
    lambda raw: st.integers(0, len(raw) - 1).map(lambda n: raw[:n])
)
frames = st.builds(
    Frame,
    st.integers(0, 255),
    st.integers(0, 255),
    # A frame inside a frame's data would be found first; digits and keys never spell one.
    st.binary(max_size=ff68.MAX_DATA).filter(lambda data: b"\xff" not in data),
)


@pytest.mark.parametrize(("text", "frame"), [v[1:] for v in VECTORS], ids=[v[0] for v in VECTORS])
def test_a_vector_is_written_and_read_as_the_document_says(text, frame):
    assert bytes.fromhex(text) == ff68.encode(frame)
    assert [frame] == ff68.tokenizer().feed(bytes.fromhex(text))


@pytest.mark.parametrize(("text", "frame"), [v[1:] for v in VECTORS], ids=[v[0] for v in VECTORS])
def test_a_vector_is_read_byte_by_byte(text, frame):
    tokenizer = ff68.tokenizer()
    found = [frame for byte in bytes.fromhex(text) for frame in tokenizer.feed(bytes((byte,)))]
    assert [frame] == found


@given(frames)
def test_what_is_written_is_read(frame):
    assert [frame] == ff68.tokenizer().feed(ff68.encode(frame))


@given(st.lists(st.sampled_from(VECTORS), max_size=6), st.lists(st.integers(1, 12), max_size=60))
def test_the_cuts_between_reads_do_not_matter(vectors, cuts):
    stream, tokenizer, found = b"".join(bytes.fromhex(v[1]) for v in vectors), ff68.tokenizer(), []
    for cut in [*cuts, len(stream)]:
        piece, stream = stream[:cut], stream[cut:]
        found += tokenizer.feed(piece)
    assert [v[2] for v in vectors] == found


@given(st.lists(st.tuples(noise, st.sampled_from(VECTORS)), max_size=6), noise)
def test_noise_before_between_and_after_swallows_no_frame(parts, after):
    stream = b"".join(before + bytes.fromhex(vector[1]) for before, vector in parts) + after
    found = ff68.tokenizer().feed(stream)
    wanted = [vector[2] for _, vector in parts]
    left = iter(found)
    assert all(frame in left for frame in wanted), (wanted, found)


@given(st.sampled_from(GOOD), st.data())
def test_one_wrong_byte_makes_it_no_frame_and_the_next_is_read(raw, data):
    at = data.draw(st.integers(0, len(raw) - 1))
    wrong = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    broken = raw[:at] + bytes((wrong,)) + raw[at + 1 :]
    following = Frame(9, 1, b"\x0c")
    assert [following] == ff68.tokenizer().feed(broken + ff68.encode(following))


@given(st.sampled_from(GOOD), st.binary(min_size=1, max_size=4), st.data())
def test_noise_inside_a_frame_costs_that_frame_only(raw, inside, data):
    at = data.draw(st.integers(1, len(raw) - 1))
    following = Frame(9, 1, b"\x0c")
    found = ff68.tokenizer().feed(raw[:at] + inside + raw[at:] + ff68.encode(following))
    assert following == found[-1]


def test_a_head_that_promises_much_does_not_hold_back_the_frame_after_it():
    assert [Frame(1, 3)] == ff68.tokenizer().feed(bytes.fromhex("FF 68 22 22 68 01") + ff68.encode(Frame(1, 3)))


def test_a_long_staff_number_is_a_frame_like_any_other():
    frame = Frame(1, 1, bytes((1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 0x0F)))
    assert [frame] == ff68.tokenizer().feed(ff68.encode(frame))


@given(st.binary(max_size=400))
def test_noise_is_never_held_for_long(rubbish):
    tokenizer = ff68.tokenizer()
    tokenizer.feed(rubbish)
    assert len(tokenizer._held) <= ff68.MAX_DATA + 9
