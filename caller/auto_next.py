"""Calls the next at windows that want it by themselves (自动叫号): looks who is due, by the hall's clock."""

from __future__ import annotations

import threading

import structlog

from caller.dispatcher import Dispatcher, NotKept
from hall import commands as c
from hall.idle import due_at
from hall.rule.choice import choose

log = structlog.get_logger("auto-next")
LOOKED_AT_S = 0.5
ACTOR = "auto"


class AutoNext:
    """Since when a window is idle stands in the journal, so a restart goes on where it was.

    Whether a window may still call is decided at the door: a clerk who pressed in between comes first, and the
    command's id is that of the idle moment, so that it calls once.
    """

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="auto-next", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def look(self) -> list[str]:
        """Call at every window that is due and has somebody to call; the windows asked. Raises NotKept."""
        now = self._dispatcher.now()
        with self._dispatcher.reading() as state:
            seq = self._dispatcher.seq
            idle = {
                window: at.idle_since
                for window, at in state.windows.items()
                if at.idle_since is not None
                and window in state.plan.window
                and (due := due_at(state, window)) is not None
                and due <= now
                and choose(state, window, now) is not None
            }
        for window, since in idle.items():
            # with the journal's number: what was refused because the hall had moved on may be asked again
            self._dispatcher.handle(
                f"{ACTOR}:{window}:{since.isoformat()}:{seq}",
                lambda at, window=window, since=since: c.CallWhenIdle(  # type: ignore[misc]
                    at=at, actor=ACTOR, window=window, idle_since=since
                ),
                lambda *_: {},
                asks=["auto-next", window],
            )
        return list(idle)

    def _run(self) -> None:
        kept = True
        while not self._stopped.wait(LOOKED_AT_S):
            try:
                self.look()
                kept = True
            except NotKept:
                if kept and not self._stopped.is_set():
                    log.warning("calling by itself waits for the journal")
                kept = False
