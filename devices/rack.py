"""The devices of one agent, put together from the hub's config: lines, drivers, workers, and virtual far ends."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import structlog

from devices import registry
from devices.driver import DeviceError, DeviceSpec, Driver, Job, LineDriver
from devices.health import DeviceSink, LineHealth, Told
from devices.line import Line
from devices.virtual import FarEnd, VirtualWire, moves
from devices.worker import Ledger, Worker

log = structlog.get_logger(__name__)


class Ear(Ledger, Told, Protocol):
    """Who hears of what the devices do. Called from any thread; returns at once."""


class OnLine:
    """The way out to a shared line for one device, so that the line knows whose frame it is."""

    def __init__(self, line: Line, device: str) -> None:
        self._line = line
        self._device = device

    def write(self, data: bytes, rest_s: float = 0.0) -> None:
        self._line.write(data, self._device, rest_s)

    def again(self) -> None:
        self._line.again()

    @property
    def up(self) -> bool:
        return self._line.up


class Rack:
    """What runs for one config: {"lines": [{"id", "port", "speed"}], "devices": [{"id", "kind", ...}]}.

    A device that cannot be put together (no such driver, a wrong option) is a `fault` with a sentence; the others run.
    `data_dir` is handed to the drivers on ports of their own as option `data_dir`.
    """

    def __init__(
        self,
        config: Mapping[str, Any],
        ear: Ear,
        *,
        data_dir: Path,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._ear = ear
        self._wall = wall
        self._data_dir = data_dir
        self.sinks: dict[str, DeviceSink] = {}
        self.far_ends: dict[str, Any] = {}
        self.wires: dict[str, VirtualWire] = {}
        self.lines: dict[str, Line] = {}
        self._workers: dict[str, Worker] = {}
        """By device."""
        on_line: dict[str, list[LineDriver]] = {}
        alone: list[Driver] = []
        self._clock, self._chance = clock, chance
        self._no_line: dict[str, DeviceError] = {}
        for line in config.get("lines", ()):
            try:
                self._lay(line["id"], line["port"], int(line.get("speed") or 9600))
            except DeviceError as problem:  # a virtual line, on Windows
                log.warning("a line cannot be used", line=line["id"], error=str(problem))
                self._no_line[line["id"]] = problem
        for device in config.get("devices", ()):
            spec = _spec(device)
            sink = self.sinks[spec.id] = DeviceSink(spec, ear, wall)
            try:
                driver = self._driver(spec, sink)
            except (DeviceError, LookupError, ValueError, TypeError, ImportError, AttributeError) as problem:
                log.warning("a device cannot be used", device=spec.id, driver=spec.driver, error=str(problem))
                sink.state("fault", str(problem.args[0] if problem.args else problem))
                self.lines.pop(spec.id, None)  # it will not use the port that it has to itself
                continue
            if isinstance(driver, LineDriver):
                on_line.setdefault(driver.spec.line, []).append(driver)
            else:
                alone.append(driver)
        self._line_healths = [LineHealth(line, ear, wall) for line in self.lines.values()]
        self._all_workers: list[Worker] = []
        for id_, drivers in on_line.items():
            worker = Worker(f"line {id_}", drivers, self, clock=clock, chance=chance)
            self.lines[id_].listen(worker.line_changed)
            self._seat(worker, drivers)
        for driver in alone:
            self._seat(Worker(driver.spec.id, [driver], self, clock=clock, chance=chance), [driver])
        self._own_port = {driver.spec.id: driver for driver in alone}

    def start(self) -> None:
        for worker in self._all_workers:
            worker.start()
        for line in self.lines.values():
            line.start()

    def stop(self) -> None:
        """End every thread and let every port go."""
        for worker in self._all_workers:
            worker.stop()
        for line in self.lines.values():
            line.stop()
        for wire in self.wires.values():
            wire.close()

    def put(self, job: Job) -> None:
        """Take a job. One for a device that is not here, or cannot work, is answered at once."""
        if worker := self._workers.get(job.device):
            worker.put(job)
        elif sink := self.sinks.get(job.device):
            self._ear.done(job, False, "fault", sink.health()["error"], {})
        else:
            self._ear.done(job, False, "unknown_device", f"此机没有设备 {job.device}", {})

    def move(self, device: str, do: str, **how: Any) -> None:
        """Do something to virtual hardware: `press`, `grade`, `unplug`, ... of a device; `feed` and un/plug of a line.

        Raises LookupError or ValueError with a sentence.
        """
        end = self.far_ends.get(device)
        if device in self.wires and (end is None or do not in moves(end)):  # a device alone on its line has both names
            end = self.wires[device]
        if end is None and device in self._own_port:
            end = self._own_port[device].far_end
        if end is None:
            raise LookupError(f"{device} is not a virtual device here")
        if do not in moves(end):
            raise LookupError(f"{device} cannot {do}; it can {', '.join(sorted(moves(end)))}")
        try:
            getattr(end, do)(**how)
        except TypeError as wrong:
            raise ValueError(f"{do}: {wrong}") from wrong

    def begun(self, job: Job) -> None:
        self._ear.begun(job)

    def done(self, job: Job, ok: bool, error: str, sentence: str, detail: Mapping[str, Any]) -> None:
        """A worker is through with a job: counted, and passed on."""
        if error != "superseded":
            self.sinks[job.device].jobs["done" if ok else "failed"] += 1
        self._ear.done(job, ok, error, sentence, detail)

    def health(self) -> dict[str, list[dict[str, Any]]]:
        """The `health` message."""
        return {
            "devices": [sink.health() for sink in self.sinks.values()],
            "lines": [line.health() for line in self._line_healths],
        }

    def counts(self) -> list[dict[str, int]]:
        """All that is counted: compared to tell whether there is news."""
        return [it.counts() for it in (*self.sinks.values(), *self._line_healths)]

    def _driver(self, spec: DeviceSpec, sink: DeviceSink) -> Driver:
        family = registry.family(spec.driver)
        if family.status == "experimental":
            log.warning("this driver is experimental: see docs/%s", family.page, device=spec.id, driver=family.name)
        if family.place == "port":
            sink.virtual = spec.port == "virtual"
            return family.load_driver()(replace(spec, options={"data_dir": str(self._data_dir), **spec.options}), sink)
        if spec.port:
            self._lay(spec.id, spec.port, int(spec.options.get("speed") or family.speed))
            spec = replace(spec, line=spec.id)
        if spec.line in self._no_line:
            raise self._no_line[spec.line]
        if spec.line not in self.lines:
            raise DeviceError("fault", f"没有线路 {spec.line!r}")
        line = sink.line = self.lines[spec.line]
        driver = family.load_driver()(spec, sink, OnLine(line, spec.id))
        if wire := self.wires.get(spec.line):
            far_end: FarEnd = family.load_virtual()(spec, sink)
            wire.attach(far_end)
            self.far_ends[spec.id] = far_end
            sink.virtual = True
        line.attach(driver)
        return driver

    def _lay(self, id_: str, port: str, speed: int) -> None:
        """A line of that name: one of the config, or that of a device that has a port to itself."""
        if port == "virtual":
            wire = self.wires[id_] = VirtualWire(id_)
            port = wire.path
        self.lines[id_] = Line(id_, port, speed, clock=self._clock, chance=self._chance)

    def _seat(self, worker: Worker, drivers: list[Any]) -> None:
        self._all_workers.append(worker)
        self._workers.update({driver.spec.id: worker for driver in drivers})


def _spec(device: Mapping[str, Any]) -> DeviceSpec:
    return DeviceSpec(
        id=device["id"],
        kind=device.get("kind", ""),
        driver=device["driver"],
        line=device.get("line") or "",
        address=int(device.get("address") or 0),
        port=device.get("port") or "",
        options=device.get("options") or {},
    )
