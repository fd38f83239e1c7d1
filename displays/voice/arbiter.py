"""Who is heard next: one announcement at a time in each loudspeaker area, in the order of the calls, never too late.

Pure: no thread, no clock. `now` is seconds of any clock that does not go back; the hub passes it in, asks `current`
after each change and again at `next_change`, and shows the answer in the panel view.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

READY_S = 5.0  # an agent renders in a tenth of a second; one that has not by then is not there
LAG_S = 60.0  # a call is on every screen since; spoken later than this it would only hold up the others
WAITING = 20  # in an area; with more, the oldest makes room
RUSH = 2  # with so many behind it a call is said once, so that the line shortens
MARGIN_S = 4.0  # for a panel to fetch, play and tell; without its receipt the announcement counts as over
GAP_S = 0.6  # of silence between two announcements

SPOKEN, ASSUMED = "spoken", "assumed"
NOT_READY, FAILED, LATE, FULL, DROPPED, SUPERSEDED = "not_ready", "failed", "late", "full", "dropped", "superseded"


@dataclass(frozen=True)
class Announcement:
    """A call to be heard in an area. `id` is the call's number; `seconds` is one playing of `url`, 0 until at hand.

    At hand with url "" is what a voice speaks by itself; its seconds are a guess, its receipt tells the end.
    """

    id: int
    area: str
    number: str
    window: str
    called_at: float
    url: str = ""
    text: str = ""
    seconds: float = 0.0
    times: int = 0
    started_at: float | None = None
    at_hand: bool = False
    asked_again_at: float = float("-inf")

    @property
    def call(self) -> int:
        return self.id

    @property
    def ready_by(self) -> float:
        """When it is skipped if nobody has it at hand."""
        return max(self.called_at, self.asked_again_at) + READY_S


@dataclass(frozen=True)
class Outcome:
    """How an announcement ended.

    `how` is spoken (a loudspeaker told so), assumed (over by the clock, nobody told), or why it was never begun:
    not_ready, failed, late, full, dropped (already served) or superseded (called again since).
    """

    announcement: Announcement
    how: str
    reason: str = ""

    @property
    def heard(self) -> bool:
        return self.how in (SPOKEN, ASSUMED)


class _Area:
    def __init__(self) -> None:
        self.current: Announcement | None = None
        self.told_at: float | None = None  # when a loudspeaker sent its receipt for the current one
        self.free_at = float("-inf")
        self.waiting: deque[Announcement] = deque()


class Arbiter:
    """`times` is how often each announcement is played, by area in `times_of` where it differs (0: a silent area)."""

    def __init__(self, *, times: int = 2, times_of: Mapping[str, int] | None = None) -> None:
        self._times = times
        self._times_of = dict(times_of or {})
        self._areas: dict[str, _Area] = {}
        self._outcomes: list[Outcome] = []

    def call(self, area: str, call: int, number: str, window: str, now: float) -> Announcement | None:
        """Put a call in line; its id is `call`. None when the area is silent or the call is known already.

        A call of the same ticket that still waits, in any area, gives way: the ticket is called to one window.
        """
        here = self._areas.setdefault(area, _Area())
        known = [*here.waiting, *([here.current] if here.current else [])]
        if self._times_of.get(area, self._times) < 1 or any(it.id == call for it in known):
            return None
        self._end_waiting(number, SUPERSEDED)
        made = Announcement(call, area, number, window, now)
        here.waiting.append(made)
        if len(here.waiting) > WAITING:
            self._end(here.waiting.popleft(), FULL, f"排队播报的超过 {WAITING} 条")
        return made

    def ready(self, id: int, url: str, seconds: float, text: str) -> bool:  # noqa: A002 (the word of docs/live.md)
        """Announcement `id` can be heard: its sound fetched or, with url "", spoken by a chip. False when nobody waits
        for it (any more)."""
        found = False
        for area in self._areas.values():
            for place, it in enumerate(area.waiting):
                if it.id == id:
                    area.waiting[place] = replace(it, url=url, seconds=seconds, text=text, at_hand=True)
                    found = True
        return found

    def failed(self, id: int, reason: str) -> None:  # noqa: A002
        """The agent cannot render announcement `id`: skip it now instead of when its time is up."""
        for area in self._areas.values():
            for it in [it for it in area.waiting if it.id == id]:
                area.waiting.remove(it)
                self._end(it, FAILED, reason)

    def spoken(self, area: str, id: int, now: float) -> bool:  # noqa: A002
        """A loudspeaker of the area has finished `id`. False when that is not what is being said.

        A receipt only shortens the margin: the others in the hall may not have finished, and it may be a mistake, so
        the next one never begins before the sound can have ended.
        """
        here = self._areas.get(area)
        if here is None or here.current is None or here.current.id != id:
            return False
        if here.told_at is None:
            here.told_at = now
        self._advance(here, now)
        return True

    def unspoken(self, area: str, id: int, now: float, *, again: bool, reason: str = "") -> bool:  # noqa: A002
        """The voice that speaks by itself could not, or broke off. False when `id` is not what is being said.

        With `again` somebody else is asked for it: it is the next one, once it is at hand; else it has failed.
        """
        here = self._areas.get(area)
        if here is None or here.current is None or here.current.id != id:
            return False
        was, here.current, here.told_at = here.current, None, None
        here.free_at = now
        if again:
            here.waiting.appendleft(
                replace(was, url="", seconds=0.0, times=0, started_at=None, at_hand=False, asked_again_at=now)
            )
        else:
            self._end(was, FAILED, reason)
        return True

    def drop(self, number: str) -> None:
        """The ticket is being served: what is not begun is not said. One that has begun is heard to its end."""
        self._end_waiting(number, DROPPED)

    def current(self, area: str, now: float) -> Announcement | None:
        """What is to be heard in the area now, or None between two and when nobody waits."""
        here = self._areas.get(area)
        if here is None:
            return None
        self._advance(here, now)
        return here.current

    def waiting(self, area: str) -> tuple[Announcement, ...]:
        """Those not begun, the next one first."""
        return tuple(self._areas[area].waiting) if area in self._areas else ()

    def areas(self) -> tuple[str, ...]:
        """All areas that were ever called in."""
        return tuple(self._areas)

    def next_change(self, now: float) -> float | None:
        """When `current` of some area will change by itself, if nothing else happens; None for never."""
        times = []
        for here in self._areas.values():
            if here.current:
                times.append(self._over_at(here))
            elif here.waiting:
                head = here.waiting[0]
                begins = here.free_at if head.at_hand else head.ready_by
                times.append(max(begins, here.free_at))
        return max(now, min(times)) if times else None

    def outcomes(self) -> list[Outcome]:
        """What has ended since the last time this was asked, in order."""
        ended, self._outcomes = self._outcomes, []
        return ended

    def _advance(self, here: _Area, now: float) -> None:
        if here.current and now >= self._over_at(here):
            # Seen late, the area has been free since the end, not since now.
            here.free_at = self._over_at(here) + GAP_S
            self._end(here.current, ASSUMED if here.told_at is None else SPOKEN)
            here.current, here.told_at = None, None
        while here.current is None and here.waiting and now >= here.free_at:
            head = here.waiting[0]
            if now - head.called_at > LAG_S:
                self._end(here.waiting.popleft(), LATE, f"等待播报超过 {LAG_S:.0f} 秒")
            elif head.at_hand:
                wanted = self._times_of.get(head.area, self._times)
                times = 1 if len(here.waiting) > RUSH else wanted
                here.current = replace(here.waiting.popleft(), times=times, started_at=now)
            elif now >= head.ready_by:  # the very sum of next_change: a difference may round below it
                self._end(here.waiting.popleft(), NOT_READY, f"{READY_S:.0f} 秒内没有得到语音")
            else:
                break

    @staticmethod
    def _over_at(here: _Area) -> float:
        it = here.current
        assert it is not None
        assert it.started_at is not None
        sound_ends = it.started_at + it.seconds * it.times
        return sound_ends + MARGIN_S if here.told_at is None else max(sound_ends, here.told_at)

    def _end_waiting(self, number: str, how: str) -> None:
        for area in self._areas.values():
            for it in [it for it in area.waiting if it.number == number]:
                area.waiting.remove(it)
                self._end(it, how)

    def _end(self, announcement: Announcement, how: str, reason: str = "") -> None:
        self._outcomes.append(Outcome(announcement, how, reason))
