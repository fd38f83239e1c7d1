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
from caller.voices import Voices
from displays.voice.arbiter import Announcement, Arbiter
from hall import events as ev
from hall.plan import Plan

log = structlog.get_logger("speaker")
Body = dict[str, Any]
KEPT = 40
LONGEST_S = 120.0
"""Longer is no announcement: it would hold up all that come after it."""
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
        self._voices = Voices(agents)
        self._arbiter = Arbiter(times_of={area: it.times for area, it in config.areas.items()})
        self._heard: dict[str, tuple[int, float | None] | None] = {}
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._day = ""
        self._asked: dict[int, Body] = {}
        self._cards: dict[int, str] = {}
        """By announcement: the voice that made its sound, whose machine may have a sound card."""
        self._chips: dict[int, tuple[str, float, str]] = {}
        """By announcement: the voice that speaks it by itself, about how long, and what."""
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
                    self._cards.clear()
                    self._chips.clear()
                    self._voices.forget()
                    self._receipts.clear()
        self._wake.set()

    def _call(self, window_id: str, call: int, number: str) -> None:
        window = self._plan.window[window_id]
        area = self._plan.zone[window.zone].area
        with self._lock:
            voice = self._voices.turn(area, call)
            if voice is None or not self._arbiter.call(area, call, number, window.name, time.monotonic()):
                return
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
            self._asked = {**_newest(self._asked), call: data}
        self._ask(voice, data)

    def _ask(self, voice: str, data: Body, what: str = "say") -> None:
        name = f"{what}-{data['announcement']}-{data['number']}-{self._day}-{voice}"
        self._agents.give(Job(name, voice, "say", data))

    def rendered(self, job: Job, done: Body) -> None:
        """A voice has the announcement at hand, or cannot say it: then the area's next voice is asked."""
        call, area = job.data["announcement"], job.data["area"]
        if job.data.get("play"):
            if not done.get("ok"):
                self.unspoken(area, call, job.device, str(done.get("sentence") or ""))
            return
        with self._lock:
            why = self._at_hand(job, done)
            voice = self._voices.turn(area, call) if why else None
            if why and voice is None and call in self._chips:
                self._chip_alone(call)
            elif why and voice is None:
                self._arbiter.failed(call, why)
        if voice and call in self._asked:
            self._ask(voice, self._asked[call])
        self._wake.set()

    def _at_hand(self, job: Job, done: Body) -> str:
        """Tell the arbiter that it can be heard; the answer says why another voice is asked, "" when none is."""
        call, detail = job.data["announcement"], done.get("detail") or {}
        if not done.get("ok"):
            return str(done.get("sentence") or "没有声音")
        if isinstance(detail.get("wav"), bytes):
            return self._sound_at_hand(call, job.device, detail)
        seconds = _seconds(detail)
        if not detail.get("speaks") or seconds is None:
            return "没有声音"
        self._chips = {**_newest(self._chips), call: (job.device, seconds, str(detail.get("text") or ""))}
        if detail.get("panels"):
            return "综合屏也要声音"
        self._chip_alone(call)
        return ""

    def _sound_at_hand(self, call: int, voice: str, detail: Body) -> str:
        seconds = _seconds(detail)
        if seconds is None:
            return "没有声音"
        try:
            url = self._sounds.keep(detail["wav"])
        except OSError as error:  # a full disk: this call is not heard, the ones after it do not wait for it
            log.warning("an announcement cannot be kept", announcement=call, error=str(error))
            return "没有地方存放声音"
        _, chip_seconds, _ = self._chips.get(call, ("", 0.0, ""))
        self._cards = {**_newest(self._cards), call: voice}
        self._arbiter.ready(call, url, max(seconds, chip_seconds), str(detail.get("text") or ""))
        return ""

    def _chip_alone(self, call: int) -> None:
        _, seconds, text = self._chips[call]
        self._arbiter.ready(call, "", seconds, text)

    def unspoken(self, area: str, announcement: int, voice: str, why: str) -> None:
        """A voice that speaks by itself could not, or broke off: the area's next voice says it instead.

        Told twice, or of a voice that says it no more, it means nothing.
        """
        with self._lock:
            if self._chips.get(announcement, ("",))[0] != voice:
                return
            if announcement in self._cards:
                return  # the panels say it too, and go on
            data = self._asked.get(announcement)
            following = self._voices.turn(area, announcement) if data else None
            del self._chips[announcement]
            now = time.monotonic()
            if not self._arbiter.unspoken(area, announcement, now, again=following is not None, reason=why):
                return
        log.warning("an announcement broke off", announcement=announcement, voice=voice, error=why, now=following or "")
        if following and data:
            self._ask(following, data)
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
        """Its turn has come: the chip that speaks it does, and the sound card of the voice that made the sound."""
        asked = self._asked.get(it.id)
        chip, card = self._chips.get(it.id, ("",))[0], self._cards.get(it.id, "")
        if asked is None:
            return
        data = {**asked, "play": True, "times": it.times}
        if chip and self._agents.devices[chip].state == "lost":  # gone since it was asked: nobody would answer
            self.unspoken(area, it.id, chip, self._agents.devices[chip].error)
        elif chip:
            self._ask(chip, data, "play")
        if card and self._agents.devices[card].detail.get("sound_card"):
            self._ask(card, data, "play")

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
                turn = (it.id, it.started_at) if it else None  # the same call may come again in another voice
                if self._heard.get(area) != turn:
                    self._heard[area] = turn
                    if it:
                        self._play(area, it)
                    self._changed(area)
            self._wake.wait(max(0.02, at - now) if at is not None else None)
            self._wake.clear()


def _seconds(detail: Body) -> float | None:
    """How long the voice says it speaks; None for what would hold up the area for ever."""
    told = detail.get("seconds")
    return float(told) if isinstance(told, int | float) and 0 <= told <= LONGEST_S else None


def _newest(known: dict[int, Any]) -> dict[int, Any]:
    """All but the oldest ones: recalls and repeats are of the last few minutes."""
    return dict(list(known.items())[-KEPT:])


def _call_undone(event: ev.Event) -> bool:
    """Nobody need be told to come. Whose recall alone is undone is still called."""
    return isinstance(event, ev.StepUndone) and event.what in ("next", "call")


def _told(it: Announcement) -> Body:
    return {"id": it.id, "call": it.call, "url": it.url, "text": it.text, "times": it.times, "seconds": it.seconds}
