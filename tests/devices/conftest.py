"""What the device tests share: waiting for a condition, and a rack of virtual hardware with an ear that remembers."""

import threading
import time

import pytest

from devices.rack import Rack


class RememberingEar:
    """Remembers all that the devices tell."""

    def __init__(self):
        self.inputs, self.dones, self.begins, self.slips = [], [], [], []

    def input(self, device, event):
        self.inputs.append((device, event))

    def begun(self, job):
        self.begins.append(job.id)

    def done(self, job, ok, error, sentence, detail):
        self.dones.append((job.id, ok, error))

    def slip(self, device, png, lines):
        self.slips.append((device, png, lines))

    def changed(self):
        pass


@pytest.fixture
def until():
    """until(condition): wait for it, at most `limit` seconds, and return what it gave."""

    def wait(condition, limit=8.0, what=""):
        end = time.monotonic() + limit
        while not (result := condition()):
            assert time.monotonic() < end, f"waited {limit} s in vain" + (f": {what}" if what else "")
            threading.Event().wait(0.01)
        return result

    return wait


@pytest.fixture
def ear():
    return RememberingEar()


@pytest.fixture
def racks(tmp_path, ear):
    """racks(lines, devices) starts a rack; all are stopped at the end."""
    started = []

    def start(lines, devices):
        rack = Rack({"lines": lines, "devices": devices}, ear, data_dir=tmp_path, chance=lambda: 0.5)
        started.append(rack)
        rack.start()
        return rack

    yield start
    for rack in started:
        rack.stop()
