"""An adapter that hears itself: our frames are taken out of what is heard, and nothing else."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices.own_voice import LATE_S, OwnVoice

frames = st.binary(min_size=1, max_size=12)


def heard(voice, data, cuts, now):
    """What comes through of data cut into reads, and of the silence after it."""
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    pieces = [data[a:b] for a, b in pairwise(places)]
    return b"".join(voice.without(piece, now) for piece in pieces) + voice.without(b"", now + 1)


@given(st.lists(frames, min_size=1, max_size=3), frames, st.lists(st.integers(0, 40), max_size=5))
def test_our_own_frames_are_not_heard_and_what_comes_after_them_is(own, theirs, cuts):
    voice = OwnVoice()
    for frame in own:
        voice.wrote(frame, 1.0)
    assert heard(voice, b"".join(own) + theirs, cuts, 1.0) == theirs


@given(frames, frames, st.lists(st.integers(0, 40), max_size=5))
def test_where_we_are_not_heard_back_nothing_of_theirs_is_lost(own, theirs, cuts):
    voice = OwnVoice()
    voice.wrote(own, 1.0)
    assert heard(voice, theirs, cuts, 1.0) in (theirs, theirs[len(own) :] if theirs.startswith(own) else theirs)


@given(frames)
def test_the_same_frame_later_is_a_device_that_says_it_again(frame):
    voice = OwnVoice()
    voice.wrote(frame, 1.0)
    assert voice.without(frame, 1.0 + 2 * LATE_S) == frame
