"""The tray in front of a line: the newest text of each device, the urgent first, and nothing waits for ever."""

from hypothesis import given
from hypothesis import strategies as st

from devices.driver import Job
from devices.tray import URGENT_IN_A_ROW, Tray, is_urgent

shows = st.builds(
    lambda n, device, call: Job(str(n), f"bar-{device}", "show", {"text": str(n), "call": call}),
    st.integers(),
    st.integers(1, 6),
    st.sampled_from([0, 7]),
)


def emptied(tray):
    jobs = []
    while job := tray.take(0):
        jobs.append(job)
    return jobs


@given(st.lists(shows))
def test_each_bar_gets_its_newest_text_once_and_the_others_are_handed_back(jobs):
    tray = Tray()
    displaced = [old for job in jobs if (old := tray.put(job))]
    taken = emptied(tray)
    newest = {job.device: job for job in jobs}
    assert newest == {job.device: job for job in taken}
    assert len(taken) == len(newest)
    assert sorted(map(id, taken + displaced)) == sorted(map(id, jobs))


@given(st.lists(shows, unique_by=lambda job: job.device))
def test_calls_go_before_the_texts_that_are_not_urgent(jobs):
    tray = Tray()
    for job in jobs:
        tray.put(job)
    taken = [is_urgent(job) for job in emptied(tray)]
    assert all(taken[: min(sum(taken), URGENT_IN_A_ROW)])


def test_a_text_that_is_not_urgent_gets_its_turn_among_calls_without_end():
    tray = Tray()
    tray.put(Job("idle", "bar-0", "show", {"text": "欢迎光临"}))
    taken = []
    for n in range(2 * URGENT_IN_A_ROW):
        tray.put(Job(f"call-{n}", f"bar-{n + 1}", "show", {"text": "A001", "call": n + 1}))
        tray.put(Job(f"call-{n}-too", f"bar-{n + 50}", "show", {"text": "A001", "call": n + 1}))
        taken.append(tray.take(0).id)
    assert "idle" in taken[: URGENT_IN_A_ROW + 1]
