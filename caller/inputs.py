"""What an input from the hardware means: a key is its window's command, a grade a rating, a card its kiosk's."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import structlog
from pydantic import ValidationError

from caller.actions import Actions
from caller.agents import Device
from caller.asked import Asked, Rate
from caller.dispatcher import Dispatcher, NotKept
from caller.journal import Answer
from caller.shown import ShownAtKiosks
from caller.tokens import Who
from caller.window_actions import WINDOW_ACTIONS
from hall.rule import reach
from hall.state import HallState

log = structlog.get_logger("inputs")
Body = dict[str, Any]

CONFIRM_S = 20
"""The same login pressed again within so many seconds takes over."""


class Inputs:
    """Every input carries the id that its agent gave it: sent twice, it happens once."""

    def __init__(self, dispatcher: Dispatcher, actions: Actions, shown: ShownAtKiosks) -> None:
        self._shown = shown
        self._dispatcher = dispatcher
        self._actions = actions
        self._asked_back: dict[tuple[str, str], datetime] = {}

    def take(self, device: Device, event: Body, input_id: str) -> Body:
        """Do what the input says. The outcome: {"ok", "code", "detail"}; "again": it was not kept, send it again."""
        try:
            if event.get("kind") == "key" and device.window:
                return self._key(device, str(event.get("key")), str(event.get("digits") or ""), input_id)
            if event.get("kind") == "grade" and device.window:
                return self._grade(device, str(event.get("grade")), input_id)
            if event.get("kind") in ("card", "unread", "code") and device.kiosk:
                return self._shown.take(device.kiosk, event)
        except NotKept:
            return {"ok": False, "again": True, "code": "not_kept"}
        except ValidationError:
            return {"ok": False, "code": "invalid"}
        return {"ok": False, "code": "unknown_input"}

    def _key(self, device: Device, key: str, digits: str, input_id: str) -> Body:
        window, who = device.window, Who("device", device.window)
        name, body = key, {}
        # what these keys mean depends on the moment: sent again, they mean what they meant
        earlier = self._dispatcher.earlier(input_id) if key in ("call", "pause", "login") else None
        if earlier:
            return _outcome(earlier)
        if key == "arrived":
            name = "arrive"
        elif key == "rate":
            name = "finish"
        elif key == "cancel":
            return {"ok": True, "code": "nothing_to_do"}
        elif key == "login":
            return self._login(window, digits, who, input_id)
        elif key == "call":
            name = "call"
            with self._dispatcher.reading() as state:
                body = {"number": number_meant(state, window, digits)}
        elif key == "transfer":
            name, body = "transfer", {"window": digits}
        elif key == "pause":
            with self._dispatcher.reading() as state:
                name = "open" if state.windows[window].state == "paused" else "pause"
        if name not in WINDOW_ACTIONS:
            return {"ok": False, "code": "unknown_key"}
        outcome = self._do(name, window, body, who, input_id)
        if outcome.get("code") == "window_closed" and name == "next":
            # the first press of the day opens the window with its own clerk: a keypad has no other way to say so
            self._do("open", window, {}, who, f"{input_id}:open")
            outcome = self._do("next", window, {}, who, f"{input_id}:next")
        return outcome

    def _login(self, window: str, clerk: str, who: Who, input_id: str) -> Body:
        """A login that would take over is refused; pressed again within CONFIRM_S it is meant."""
        now = self._dispatcher.now()
        asked = self._asked_back.pop((window, clerk), None)
        confirm = asked is not None and timedelta(0) <= now - asked <= timedelta(seconds=CONFIRM_S)
        outcome = self._do("open", window, {"clerk": clerk, "confirm": confirm}, who, input_id)
        if outcome["code"] in ("clerk_elsewhere", "other_clerk"):
            self._asked_back[window, clerk] = now
        return outcome

    def _do(self, name: str, window: str, body: Body, who: Who, command_id: str) -> Body:
        asked: Asked = WINDOW_ACTIONS[name].body(**body)
        return _outcome(self._actions.at_window(name, window, asked, who, command_id))

    def _grade(self, device: Device, grade: str, input_id: str) -> Body:
        earlier = self._dispatcher.earlier(input_id)
        if earlier:
            return _outcome(earlier)
        with self._dispatcher.reading() as state:
            number = state.windows[device.window].rating
        if not number:
            return {"ok": False, "code": "not_prompted"}
        return _outcome(self._actions.rate(Rate(ticket=number, grade=grade, channel="window_pad"), Who(), input_id))


def _outcome(answer: Answer) -> Body:
    told = json.loads(answer.body)
    return {"ok": answer.status < 300, "code": told.get("code", ""), "detail": told.get("detail", "")}


def number_meant(state: HallState, window: str, digits: str) -> str:
    """The ticket that digits on a keypad mean: of the window's queues in their order, the first that has it waiting.

    A keypad has no letters; 23 is A023, the booked K023, or B023 where the window's first queue has no such ticket
    waiting or missed. Queues that the clerk there has no skill for come last: a call by number may name them.
    """
    plan = state.plan
    queues = plan.window[window].queues
    mine = reach.queues_of(state, window)
    if not digits.isdecimal():
        return digits
    for queue in sorted(queues, key=lambda each: (each not in mine, queues[each])):
        it = plan.queue[queue]
        for letters in filter(None, (it.letters, it.booked_letters)):
            number = f"{letters}{int(digits):0{it.digits}d}"
            ticket = state.tickets.get(number)
            if ticket and ticket.state in ("waiting", "missed"):
                return number
    return digits
