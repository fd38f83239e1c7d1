"""Calls to be heard: each goes to the arbiter of its loudspeaker area, its sentence to the agent that renders it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog

from caller.agents import Agents, Job
from caller.config import Config
from caller.receipts import Receipts
from caller.sounds import Sounds
from displays.voice.arbiter import Announcement, Arbiter
from hall import events as ev
from hall.plan import Plan

log = structlog.get_logger("speaker")
Body = dict[str, Any]
KEPT = 40
_NOT_CALLED_ANY_MORE = (ev.TicketArrived, ev.ServiceStarted, ev.ServiceFinished, ev.TicketMissed)
_NOT_CALLED_ANY_MORE += (ev.TicketHeld, ev.TicketTransferred, ev.TicketAbandoned)


class Speaker:
    """One announcement at a time in each area. `changed(area)` is called when what is heard there changes."""

    def __init__(
        self,
        config: Config,
        plan: Plan,
        agents: Agents,
        receipts: Receipts,
        folder: Path,
        changed: Callable[[str], None],
    ) -> None:
        self._plan = plan
        self._agents = agents
        self._receipts = receipts
        self._sounds = Sounds(folder)
        self._changed = changed
        self._areas = config.areas
        self._voices = {
            device.area or "hall": device.id for device in agents.devices.values() if device.kind == "voice"
        }
        self._arbiter = Arbiter(times_of={area: it.times for area, it in config.areas.items()})
        self._heard: dict[str, int | None] = {}
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._day = ""
        self._asked: dict[int, Body] = {}
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        agents.on_done["say"] = self.rendered

    def start(self) -> None:
        self._sounds.open()
        self._thread.start()

    def follow(self, events: list[ev.Event]) -> None:
        """The dispatcher's listener."""
        for event in events:
            if isinstance(event, ev.TicketCalled | ev.TicketRecalled) and event.window in self._plan.window:
                self._call(event.window, event.call, event.number)
            elif isinstance(event, _NOT_CALLED_ANY_MORE) or _call_undone(event):
                with self._lock:
                    self._arbiter.drop(event.number)
            elif isinstance(event, ev.DayOpened):
                with self._lock:
                    self._arbiter = Arbiter(times_of={area: it.times for area, it in self._areas.items()})
                    self._day = event.day
                    self._asked.clear()
                    self._receipts.clear()
        self._wake.set()

    def _call(self, window_id: str, call: int, number: str) -> None:
        window = self._plan.window[window_id]
        area = self._plan.zone[window.zone].area
        voice = self._voices.get(area)
        if voice is None:
            return
        with self._lock:
            announcement = self._arbiter.call(area, call, number, window.name, time.monotonic())
        if announcement:
            data = {
                "announcement": call,
                "area": area,
                "number": number,
                "window": window.name,
                "languages": list(self._areas[area].languages),
                "one": self._areas[area].one,
                "times": self._areas[area].times,
                "play": False,
            }
            with self._lock:
                self._asked = {**dict(list(self._asked.items())[-KEPT:]), call: data}
            self._agents.give(Job(f"say-{call}-{number}-{self._day}", voice, "say", data))

    def rendered(self, job: Job, done: Body) -> None:
        """The agent has made the sentence, or cannot."""
        announcement = job.data["announcement"]
        detail = done.get("detail") or {}
        wav = detail.get("wav")
        if not done.get("ok") or not isinstance(wav, bytes):
            with self._lock:
                self._arbiter.failed(announcement, str(done.get("sentence") or "没有声音"))
        else:
            try:
                url = self._sounds.keep(wav)
            except OSError as error:  # a full disk: this call is not heard, the ones after it do not wait for it
                log.warning("an announcement cannot be kept", number=job.data["number"], error=str(error))
                with self._lock:
                    self._arbiter.failed(announcement, "没有地方存放声音")
            else:
                with self._lock:
                    self._arbiter.ready(announcement, url, float(detail["seconds"]), str(detail["text"]))
        self._wake.set()

    def spoken(self, area: str, announcement: int) -> None:
        """A panel has played it to the end."""
        with self._lock:
            self._arbiter.spoken(area, announcement, time.monotonic())
        self._wake.set()

    def current(self, area: str) -> Body | None:
        """What is heard in the area now, as the panel view tells it."""
        with self._lock:
            it = self._arbiter.current(area, time.monotonic())
        return _told(it) if it else None

    def summary(self) -> Body:
        """Area -> what is heard and how many wait."""
        with self._lock:
            now = time.monotonic()
            return {
                area: {**(_told(it) if (it := self._arbiter.current(area, now)) else {}), "waiting": len(waiting)}
                for area in self._areas
                for waiting in [self._arbiter.waiting(area)]
            }

    def _play(self, area: str, it: Announcement) -> None:
        """Its turn has come: the sound card of the area's voice, where it has one, says it too."""
        voice = self._voices[area]
        asked = self._asked.get(it.id)
        if asked and self._agents.devices[voice].detail.get("sound_card"):
            data = {**asked, "play": True, "times": it.times}
            self._agents.give(Job(f"play-{it.id}-{self._day}", voice, "say", data))

    def _run(self) -> None:
        while True:
            with self._lock:
                now = time.monotonic()
                current = {area: self._arbiter.current(area, now) for area in self._arbiter.areas()}
                outcomes = self._arbiter.outcomes()
                at = self._arbiter.next_change(now)
            for outcome in outcomes:
                self._receipts.spoken(outcome.announcement.call, outcome.announcement.times if outcome.heard else 0)
                if not outcome.heard:
                    log.debug("not spoken", number=outcome.announcement.number, how=outcome.how, reason=outcome.reason)
            for area, it in current.items():
                if self._heard.get(area) != (it.id if it else None):
                    self._heard[area] = it.id if it else None
                    if it:
                        self._play(area, it)
                    self._changed(area)
            self._wake.wait(max(0.02, at - now) if at is not None else None)
            self._wake.clear()


def _call_undone(event: ev.Event) -> bool:
    """Nobody need be told to come. Whose recall alone is undone is still called."""
    return isinstance(event, ev.StepUndone) and event.what in ("next", "call")


def _told(it: Announcement) -> Body:
    return {"id": it.id, "call": it.call, "url": it.url, "text": it.text, "times": it.times, "seconds": it.seconds}
