"""The power goes at any byte of what the agent writes: what it had taken is there again, and no half of it."""

import errno
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.outbox import Outbox
from devices.records import RecordFile

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
IDS = st.sampled_from(["a", "b", "c"])
WORDS = st.text(max_size=8)  # line ends of every alphabet, quotes, half surrogate pairs
STEPS = st.one_of(
    st.tuples(st.just("input"), IDS, WORDS),
    st.tuples(st.just("done"), IDS, WORDS, st.booleans(), st.booleans()),
    st.tuples(st.just("began"), IDS),
    st.tuples(st.just("answered"), st.sampled_from(["input", "done"]), IDS),
)


def opened(folder):
    return Outbox(folder, clock=lambda: 0.0, wall=lambda: NOON)


def step(outbox, what, *how):
    match what:
        case "input":
            outbox.input(how[0], "pad-1", {"kind": "grade", "grade": how[1]})
        case "done":
            id_, sentence, ok, is_print = how
            outcome = {"id": id_, "device": "p", "ok": ok, "error": "", "sentence": sentence, "detail": {}}
            outbox.done(outcome, print_job=is_print)
        case "began":
            outbox.began_print(*how)
        case "answered":
            outbox.answered(*how)


def remembers(outbox):
    """What it would tell the hub, and what it would answer for each print."""
    outbox.all_due()
    letters = sorted(((event, str(payload)) for event, payload in outbox.due()), key=str)
    return letters, [outbox.outcome_of_print(id_, "p") for id_ in "abc"]


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=6), st.data())
def test_a_power_cut_at_any_byte_loses_nothing_that_was_taken(steps, data):
    """Cut anywhere in the last record it is as before that record; whole, it is there; and what follows is kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "outbox.jsonl"
        outbox = opened(folder)
        for it in steps[:-1]:
            step(outbox, *it)
        before, kept = remembers(outbox), file.read_bytes()
        step(outbox, *steps[-1])
        after, whole = remembers(outbox), file.read_bytes()
        outbox.close()
        cut = data.draw(st.integers(len(kept), len(whole)), label="cut")
        zeros = data.draw(st.sampled_from([b"", b"\0" * 512]), label="what the file system puts there")
        file.write_bytes(whole[:cut] + zeros)
        woken = opened(folder)
        is_whole = cut == len(whole) or (cut == len(whole) - 1 and not zeros)
        assert remembers(woken) == (after if is_whole else before)
        woken.done({"id": "z", "device": "p", "ok": True, "error": "", "sentence": "", "detail": {}}, print_job=True)
        woken.close()
        last = opened(folder)
        assert last.outcome_of_print("z", "p")["ok"]
        last.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=5), st.integers(0, 40))
def test_a_record_after_half_a_record_is_read(texts, cut):
    """The disk was full at the start, so that nothing was written anew: the new record does not join the torn one."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "records.jsonl"
        torn = b'{"torn": "' + b"x" * cut
        path.write_bytes(torn)
        file = RecordFile(path)
        for text in texts:
            file.add({"it": text})
        file.close()
        assert [record["it"] for record in RecordFile(path).read()] == texts


def test_a_disk_that_takes_half_a_record_leaves_no_half(tmp_path, monkeypatch):
    """The record that did not fit is cut off and `add` says so; the next one is whole."""
    file = RecordFile(tmp_path / "records.jsonl")
    file.add({"n": 1})
    write, room = os.write, [5, 0]

    def full(number, data):
        if not (left := room.pop(0)):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(number, data[:left])

    with monkeypatch.context() as disk:
        disk.setattr("devices.records.os.write", full)
        with pytest.raises(OSError, match="No space"):
            file.add({"n": 2})
    file.add({"n": 3})
    assert [record["n"] for record in file.read()] == [1, 3]
    assert (tmp_path / "records.jsonl").read_bytes().count(b"\n") == 2
