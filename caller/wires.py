"""Who looks on at which line: the hub asks the line's agent for it, and hands on what comes (`hall wire`)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from caller.config import Config
from caller.hardware import Hardware
from devices.capture import Head, head_told
from devices.driver import DeviceSpec

Body = dict[str, Any]


class Wires:
    """`ask(agent, line, on)` tells an agent; `show(sid, body)` sends to one page or program that looks on."""

    def __init__(
        self,
        config: Config,
        hardware: Hardware,
        ask: Callable[[str, str, bool], None],
        show: Callable[[str, Body], None],
        now: Callable[[], str],
    ) -> None:
        self._hardware = hardware
        self._ask = ask
        self._show = show
        self._now = now
        self._specs = [placed.spec for placed in config.devices]
        self._lookers: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def look(self, line: str, sid: str) -> Body:
        """Begin to look on: the head of the capture that begins here. Raises KeyError: there is no such line."""
        head = self._head(line)
        with self._lock:
            self._lookers.setdefault(line, set()).add(sid)
        self._ask(self._agent(line), line, True)
        return {**head_told(head), "private": head.private, "online": self._hardware.agents[self._agent(line)].online}

    def leave(self, sid: str, line: str = "") -> None:
        """Look on no more: at this line, or, gone, at any."""
        with self._lock:
            ended = []
            for name in [line] if line else list(self._lookers):
                lookers = self._lookers.get(name, set())
                lookers.discard(sid)
                if not lookers and self._lookers.pop(name, None) is not None:
                    ended.append(name)
        for name in ended:
            self._ask(self._agent(name), name, False)

    def came(self, agent: str) -> None:
        """An agent is connected again: it is asked for what is still looked at."""
        for line in list(self._lookers):
            if self._agent(line) == agent:
                self._ask(agent, line, True)

    def seen(self, body: Body) -> None:
        """What an agent has seen on a line."""
        with self._lock:
            lookers = list(self._lookers.get(str(body.get("line")), ()))
        for sid in lookers:
            self._show(sid, body)

    def _agent(self, line: str) -> str:
        hardware = self._hardware
        return (hardware.lines.get(line) or hardware.devices[line]).agent

    def _head(self, line: str) -> Head:
        """Of a line of the config, or of a device that has one to itself."""
        alone = self._hardware.devices.get(line)
        if line not in self._hardware.lines and not (alone and alone.port):
            raise KeyError(line)
        specs: tuple[DeviceSpec, ...] = tuple(it for it in self._specs if line in (it.line, it.id))
        seen = self._hardware.lines.get(line)
        return Head(line, seen.speed if seen else 0, self._now(), specs)
