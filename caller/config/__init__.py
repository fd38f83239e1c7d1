"""hall_config.yaml, read once: the hall's plan, its lines and devices, or every mistake in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from caller.config.bookings import check_bookings
from caller.config.checks import check_names
from caller.config.departments import check_departments, departments
from caller.config.devices import check_devices
from caller.config.floors import building
from caller.config.floors_checks import check_floors
from caller.config.hours_checks import check_hours
from caller.config.people import check_people, warn_of_people
from caller.config.problems import ConfigProblems, Found, Problem, path_words, suggestion
from caller.config.quotas import check_quotas
from caller.config.rows import Rows
from caller.config.served import expanded
from caller.config.settings import AreaPart, LinePart, ServicePart, Settings, WindowPart, ZonePart
from caller.config.slip import SlipTemplate, body_for, check_slips, templates
from caller.config.words import found
from caller.config.yaml import Key, Misread, Written, read
from devices.driver import DeviceSpec
from devices.registry import families
from hall.plan import Clerk, Department, Kiosk, Plan, Queue, Service, Window, Zone

CHECKS = (
    check_names,
    check_hours,
    check_departments,
    check_people,
    check_bookings,
    check_quotas,
    check_floors,
    check_devices,
)


@dataclass(frozen=True)
class PlacedDevice:
    """A device, where it stands (the window, kiosk, loudspeaker area or zone it belongs to), and who holds its port."""

    spec: DeviceSpec
    agent: str = "main"
    window: str = ""
    kiosk: str = ""
    area: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Config:
    """A hall_config.yaml without mistakes. `warnings` are what may be meant so, and may not."""

    path: Path
    settings: Settings
    warnings: tuple[Problem, ...] = ()
    templates: Mapping[str, SlipTemplate] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[LinePart, ...]:
        """Serial lines: id, port, speed (bits a second), agent."""
        return tuple(self.settings.lines)

    @cached_property
    def devices(self) -> tuple[PlacedDevice, ...]:
        """All devices, in the order of the file; `kind`, `agent` and a printer's kiosk are always filled in."""
        agents = {line.id: line.agent for line in self.settings.lines}
        kinds = {driver: family.kind for driver, family in families().items()}
        paper = {kiosk.printer: kiosk.id for kiosk in reversed(self.settings.kiosks) if kiosk.printer}
        return tuple(
            PlacedDevice(
                DeviceSpec(it.id, it.kind or kinds[it.driver], it.driver, it.line, it.address, it.port, it.options),
                agent=it.agent or agents.get(it.line, "main"),
                window=it.window,
                kiosk=it.kiosk or paper.get(it.id, ""),
                area=it.area,
                zone=it.zone,
            )
            for it in self.settings.devices
        )

    @cached_property
    def areas(self) -> dict[str, AreaPart]:
        """Loudspeaker area -> how it speaks, for every area that a zone is in."""
        named = self.settings.voice.areas
        return {zone.area: named.get(zone.area, AreaPart()) for zone in self.settings.zones}

    def slip_of(self, kiosk: str) -> dict[str, Any] | None:
        """The `template` of a kiosk's print jobs (docs/agent.md); None for the shipped slip."""
        own = next((it.slip for it in self.settings.kiosks if it.id == kiosk), None)
        return body_for(self.settings.slip, own, self.templates)

    def for_agent(self, agent: str = "main") -> dict[str, Any]:
        """What docs/agent.md sends as `config`: the lines and devices that this agent holds."""
        specs = [placed.spec for placed in self.devices if placed.agent == agent]
        return {
            "hall": self.settings.hall.name,
            "lines": [{"id": it.id, "port": it.port, "speed": it.speed} for it in self.lines if it.agent == agent],
            "devices": [{**vars(spec), "options": dict(spec.options)} for spec in specs],
        }

    def plan(self) -> Plan:
        """The hall as the rules see it."""
        it = self.settings
        printers = {placed.kiosk: placed.spec.id for placed in reversed(self.devices) if placed.spec.kind == "printer"}
        hall = {**it.hall.model_dump(exclude={"public_url"}), "pause_reasons": tuple(it.hall.pause_reasons)}
        named = departments(it.departments, (service.department for service in it.services))
        of_zone: dict[str, list[str]] = {}
        for queue in it.queues:
            of_zone.setdefault(queue.zone, []).append(queue.id)
        return Plan(
            **hall,
            departments=tuple(dict.fromkeys(named.values())),
            groups_en={group.name: group.name_en for group in it.groups},
            zones=tuple(_zone(zone) for zone in it.zones),
            hours=it.hours.hours(),
            queues=tuple(Queue(**{**vars(q), "bookings": q.bookings and q.bookings.slots()}) for q in it.queues),
            services=tuple(_service(s, named) for s in it.services),
            windows=tuple(_window(w, of_zone.get(w.zone, [])) for w in it.windows),
            kiosks=tuple(Kiosk(k.id, k.name, k.floor, k.printer or printers.get(k.id, "")) for k in it.kiosks),
            building=building(it.floors, it.lifts),
            clerks=tuple(Clerk(**{**vars(clerk), "skills": tuple(clerk.skills)}) for clerk in it.clerks),
        )


def _service(it: ServicePart, named: dict[str, Department]) -> Service:
    department = named[it.department].id if it.department else ""
    lists = {"path": tuple(it.path), "materials": tuple(it.materials), "steps": tuple(map(tuple, it.steps))}
    return Service(**{**vars(it), "department": department, **lists})


def _window(it: WindowPart, of_zone: list[str]) -> Window:
    rule = it.rule and it.rule.rule()
    return Window(**{**vars(it), "name": it.name or it.id, "queues": expanded(it.queues, of_zone), "rule": rule})


def _zone(zone: ZonePart) -> Zone:
    shifts = tuple(shift.shift() for shift in zone.hours)
    return Zone(**{**vars(zone), "rule": zone.rule and zone.rule.rule(), "hours": shifts})


def load(path: str | Path) -> Config:
    """Read a hall_config.yaml. Raises ConfigProblems with every mistake in it."""
    path = Path(path)
    written = read(path)
    problems = [_problem(path, written, misread) for misread in written.misread]
    if not isinstance(written.data, dict):
        if not problems:
            what = "holds no keys. `hall init` writes a file to start from"
            problems.append(Problem(str(path), 0, "", what))
        raise ConfigProblems(problems)
    settings = None
    try:
        settings = Settings.model_validate(written.data)
    except ValidationError as error:
        problems += [_problem(path, written, found(one, Settings)) for one in error.errors(include_url=False)]
    rows = Rows(written)
    problems += [_problem(path, written, one) for check in CHECKS for one in check(rows)]
    problems += [_problem(path, written, one) for one in check_slips(path, rows)]
    slips, in_slips = templates(path, rows)
    if problems or in_slips or settings is None:
        raise ConfigProblems([*sorted(problems, key=lambda problem: problem.line), *in_slips])
    return Config(path, settings, tuple(_problem(path, written, one) for one in warn_of_people(rows)), slips)


def _problem(path: Path, written: Written, it: Found | Misread) -> Problem:
    if isinstance(it, Misread):
        return Problem(str(path), it.line, path_words(it.where), it.what)
    return Problem(str(path), written.line(it.where), _path(it.where), it.what, suggestion(it.written, it.names))


def _path(where: Key) -> str:
    """An entry of a window's queues is named by the window's key alone: its line says the rest."""
    return path_words(where[:3] if where[:1] == ("windows",) and where[2:3] == ("queues",) else where)
