"""Visitors and clerks who come by themselves, for the demo: they touch the kiosk, the keypads and the evaluators."""

from __future__ import annotations

import random
import threading
import uuid
from typing import Any

import structlog

from caller.actions import CannotPrint, NotAllowed
from caller.asked import Take
from caller.hub import Hub
from caller.tokens import Who
from caller.window_actions import WINDOW_ACTIONS
from hall import telling
from hall.ratings import GRADES

log = structlog.get_logger("demo")
TICK_S = 1.0
GRADE_WEIGHTS = (70, 20, 7, 2, 1)
Body = dict[str, Any]


class Demo:
    """Opens every window once; with `visitors` an hour (0: none) somebody comes, is called, served and rates."""

    def __init__(self, hub: Hub, visitors: int, rng: random.Random | None = None) -> None:
        self._hub = hub
        self._rng = rng or random.Random()
        self._until: dict[str, float] = {}
        self._lately: dict[str, str] = {}
        self._next_visitor = 0.0
        self._day = ""
        self._seconds = 0.0
        hub.visitors = visitors
        hub.scene = self._scene
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demo", daemon=True)

    def start(self) -> None:
        self._open_windows()
        self._thread.start()

    def stop(self) -> None:
        """Nobody comes any more."""
        self._stopped.set()

    def _open_windows(self) -> None:
        """Once a day: on the first tick of it. Who closes a window by hand finds it closed."""
        if self._hub.dispatcher.day != self._day:
            self._day = self._hub.dispatcher.day
            for window in self._hub.plan.windows:
                self._window("open", window.id)

    def _scene(self, body: Body) -> Body:
        """The start page's buttons: {"visitors": an hour} or {"burst": how many calls at once}."""
        if isinstance(body.get("visitors"), int):
            self._hub.visitors = max(0, min(3600, body["visitors"]))
            self._next_visitor = self._seconds
            self._hub.live.touch("devices")
        if isinstance(body.get("burst"), int):
            for _ in range(max(0, min(20, body["burst"]))):
                self._arrive(paper=False)
            for window in self._hub.plan.windows:
                self._window("next", window.id)
        return {"visitors": self._hub.visitors}

    def _run(self) -> None:
        while not self._stopped.wait(TICK_S):
            self._seconds += TICK_S
            try:
                self._open_windows()
                if self._hub.visitors:
                    self._visitors()
                    self._clerks()
            except Exception:
                log.exception("the demo stumbled")

    def _visitors(self) -> None:
        if self._seconds < self._next_visitor:
            return
        self._next_visitor = self._seconds + self._rng.expovariate(self._hub.visitors / 3600)
        self._arrive(paper=True)

    def _arrive(self, paper: bool) -> None:
        service = self._rng.choice(self._hub.plan.services).id
        ready = [k.id for k in self._hub.plan.kiosks if self._hub.printer_state(k.id) in ("ok", "near_end")]
        kiosk = self._rng.choice(ready) if paper and ready else None
        try:
            self._hub.actions.take(Take(service=service, kiosk=kiosk), Who(), str(uuid.uuid4()))
        except (CannotPrint, NotAllowed):
            pass  # somebody opened the printer's cover: the next visitor tries again

    def _clerks(self) -> None:
        with self._hub.dispatcher.reading() as state:
            now = {w: (at.state, at.ticket, at.rating) for w, at in state.windows.items()}
            waiting = {w.id: telling.waiting_for(state, w.id) > 0 for w in self._hub.plan.windows}
        for window, (doing, ticket, rating) in now.items():
            seen = f"{doing} {ticket}"
            if self._lately.get(window) != seen:
                self._lately[window] = seen
                self._until[window] = self._seconds + self._takes(doing)
            if self._seconds < self._until[window]:
                continue
            if doing in ("open", "rating") and waiting[window]:
                if rating:
                    self._press("pad", window, {"do": "grade", "grade": self._grade()})
                self._press("keypad", window, {"do": "press", "key": "next", "digits": ""})
            elif doing == "rating" and rating:
                self._press("pad", window, {"do": "grade", "grade": self._grade()})
            elif doing == "calling":
                self._press("keypad", window, {"do": "press", "key": "start", "digits": ""})
            elif doing == "serving":
                self._window("finish", window)
            self._until[window] = self._seconds + 5

    def _takes(self, doing: str) -> float:
        """How long a simulated clerk stays in a state, in seconds: brisk, so that the demo is worth watching."""
        low, high = {"open": (2, 6), "calling": (6, 14), "serving": (25, 90), "rating": (5, 12)}.get(doing, (5, 9))
        return self._rng.uniform(low, high)

    def _grade(self) -> str:
        return self._rng.choices(list(GRADES), GRADE_WEIGHTS)[0]

    def _press(self, kind: str, window: str, what: Body) -> None:
        for device in self._hub.agents.of_window(kind, window):
            self._hub.agents.virtual({"device": device.id, **what})

    def _window(self, name: str, window: str) -> None:
        body = WINDOW_ACTIONS[name].body()
        self._hub.actions.at_window(name, window, body, Who("device"), str(uuid.uuid4()))
