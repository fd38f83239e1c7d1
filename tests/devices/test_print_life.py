"""A slip that waited behind a stuck one is not printed late: nobody stands there any more."""

import threading

from devices.driver import DeviceSpec, Driver, Job
from devices.worker import PRINT_LIFE_S, Worker


class Slow(Driver):
    """A printer that is busy with a slip until it is let go."""

    def __init__(self, sink):
        super().__init__(DeviceSpec("p", "printer", "slow"), sink)
        self.busy, self.go, self.printed = threading.Event(), threading.Event(), []

    def open(self):
        """Nothing to open."""

    def do(self, job):
        self.busy.set()
        self.go.wait(10)
        self.printed.append(job.id)
        return {}

    def close(self):
        """Nothing is held."""


class Quiet:
    def state(self, *_, **__):
        """Nobody asks."""


def test_slips_that_waited_too_long_are_given_back_and_a_fresh_one_is_printed(ear, until):
    now = [0.0]
    driver = Slow(Quiet())
    worker = Worker("p", [driver], ear, clock=lambda: now[0])
    worker.start()
    try:
        for id_ in ("stuck", "behind it", "and behind that"):
            worker.put(Job(id_, "p", "print", {}))
        assert driver.busy.wait(5)
        now[0] += PRINT_LIFE_S + 1
        worker.put(Job("fresh", "p", "print", {}))
        driver.go.set()
        until(lambda: len(ear.dones) == 4)
        assert driver.printed == ["stuck", "fresh"]
        assert [done for done in ear.dones if not done[1]] == [
            ("behind it", False, "too_late"),
            ("and behind that", False, "too_late"),
        ]
    finally:
        worker.stop()
