"""What may be asked of the hall, once for HTTP, the sockets and the keypads: rights, commands, answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from caller.asked import Asked, Back, Open, PrintCopy, Rate, Take, Unblock
from caller.classes import class_given
from caller.dispatcher import Dispatcher
from caller.guesses import Guesses
from caller.journal import Answer
from caller.persons import Persons, check_phone
from caller.shown import ShownAtKiosks
from caller.tokens import Who
from caller.window_actions import WINDOW_ACTIONS
from caller.zone_actions import ZONE_ACTIONS
from hall import commands as c
from hall import events as ev
from hall import telling
from hall.state import HallState
from hall.telling_zones import zone_changed


class NotAllowed(Exception):
    """Who asks may not; `known` is False when there was no token at all (401 rather than 403)."""

    def __init__(self, known: bool) -> None:
        self.known = known


class CannotPrint(Exception):
    """The kiosk's printer is not ready: no number is burnt. `state` is the device's."""

    def __init__(self, state: str) -> None:
        self.state = state


class Actions:
    """`printer_stops(kiosk)` is the state in which the kiosk's printer prints nothing, "" when it prints or is none."""

    def __init__(
        self, dispatcher: Dispatcher, persons: Persons, shown: ShownAtKiosks, printer_stops: Callable[[str], str]
    ) -> None:
        self._dispatcher = dispatcher
        self._guesses = Guesses()
        self._persons = persons
        self._shown = shown
        self._printer_stops = printer_stops

    def at_window(self, name: str, window: str, body: Asked, who: Who, command_id: str) -> Answer:
        """One of WINDOW_ACTIONS. Raises NotAllowed, dispatcher.NotKept."""
        if not who.may_work_at(window):
            raise NotAllowed(known=who.role != "visitor")
        if isinstance(body, Open) and who.role == "clerk" and who.clerk and body.clerk not in ("", who.clerk):
            raise NotAllowed(known=True)  # a clerk's own token logs in nobody else
        action = WINDOW_ACTIONS[name]
        return self._dispatcher.handle(
            command_id,
            lambda at: action.make(window, body, who, at),
            lambda state, events, seq: telling.window(state, window, seq),
            asks=[name, window, body.model_dump(mode="json"), who.role],
        )

    def at_zone(self, name: str, zone: str, body: Asked, who: Who, command_id: str) -> Answer:
        """One of ZONE_ACTIONS, for reception, supervisor, admin. Raises NotAllowed, dispatcher.NotKept."""
        if not who.at_reception:
            raise NotAllowed(known=who.role != "visitor")
        action = ZONE_ACTIONS[name]
        return self._dispatcher.handle(
            command_id,
            lambda at: action.make(zone, body, who, at),
            lambda state, events, seq: zone_changed(state, zone, self._dispatcher.now(), seq),
            asks=["zone", name, zone, body.model_dump(mode="json"), who.role],
        )

    def take(self, body: Take, who: Who, command_id: str) -> Answer:
        """取号. Raises CannotPrint before a number is used up, NotAllowed, NotKept, persons.NotValid."""
        number = self._shown.number_of(body.card, command_id) if body.card else body.person
        person = self._persons.known_as(number)
        check_phone(body.phone)
        whose = body.model_copy(update={"person": number})
        given = class_given(whose, who, self._dispatcher.plan, self._dispatcher.now().date())
        if given is None:
            raise NotAllowed(known=who.role != "visitor")
        if body.kiosk:
            self.paper(body.kiosk, command_id)
        token = secrets.token_urlsafe(12)
        accepted = self._dispatcher.accepted(body.case)

        def make(at: datetime) -> c.Command:
            return c.TakeTicket(
                at=at,
                actor=f"kiosk:{body.kiosk}" if body.kiosk and not who.at_reception else who.actor,
                service=body.service,
                token=token,
                klass=given[0],
                class_by=given[1],
                kiosk=body.kiosk or "",
                person=person,
                by_staff=who.at_reception,
                confirmed=body.confirm,
                case=body.case,
                accepted=accepted,
            )

        def tell(state: HallState, events: list[ev.Event], seq: int) -> dict[str, Any]:
            taken = next(event for event in events if isinstance(event, ev.TicketTaken))
            return {**telling.taken(state, taken.number), "seq": seq}

        asks = ["take", body.model_dump(mode="json")]
        answer = self._dispatcher.handle(command_id, make, tell, status=201, asks=asks)
        if body.card and answer.status < 300:
            self._shown.spend(body.card, command_id)
        return answer

    def paper(self, kiosk: str, command_id: str) -> None:
        """Can the kiosk print now? Raises CannotPrint, unless this command was done before and is only told again."""
        if self._dispatcher.earlier(command_id):
            return
        if state := self._printer_stops(kiosk):
            raise CannotPrint(state)

    def unblock(self, body: Unblock, who: Who, command_id: str) -> Answer:
        """Lift the block of somebody who did not come too often. Raises NotAllowed, NotKept, persons.NotValid."""
        if not who.at_reception:
            raise NotAllowed(known=who.role != "visitor")
        person = self._persons.known_as(body.person)
        return self._dispatcher.handle(
            command_id,
            lambda at: c.UnblockPerson(at=at, actor=who.actor, person=person),
            lambda state, events, seq: {"blocked": False, "seq": seq},
            asks=["unblock", person],
        )

    def come_back(self, number: str, body: Back, who: Who, command_id: str) -> Answer:
        """The visitor who missed the call is back: by the ticket's token or check digits, or staff for somebody.

        Raises NotAllowed, NotKept.
        """
        return self._of_whose_it_is("return", c.ReturnTicket, number, body, who, command_id)

    def abandon(self, number: str, body: Back, who: Who, command_id: str) -> Answer:
        """弃号, by the visitor with the ticket's token or check digits, or by staff. Raises NotAllowed, NotKept."""
        return self._of_whose_it_is("abandon", c.AbandonTicket, number, body, who, command_id)

    def print_copy(self, number: str, body: PrintCopy, who: Who, command_id: str) -> Answer:
        """补打, by reception, supervisor, admin. Raises CannotPrint, NotAllowed, NotKept."""
        if not who.at_reception:
            raise NotAllowed(known=who.role != "visitor")
        self.paper(body.kiosk, command_id)
        number = number.upper()
        return self._dispatcher.handle(
            command_id,
            lambda at: c.OrderPrint(at=at, actor=who.actor, number=number, kiosk=body.kiosk),
            lambda state, events, seq: {**telling.ticket(state, number), "seq": seq},
            asks=["print", number, body.kiosk],
        )

    def finish_for_lost_window(self, number: str, who: Who, command_id: str) -> Answer:
        """办结 for a window that the config has lost, by reception, supervisor, admin. Raises NotAllowed, NotKept."""
        return self._for_lost_window("finish-lost", c.FinishForLostWindow, number, who, command_id)

    def put_back(self, number: str, who: Who, command_id: str) -> Answer:
        """放回排队 from a window that the config has lost, by the same. Raises NotAllowed, NotKept."""
        return self._for_lost_window("put-back", c.PutBack, number, who, command_id)

    def _for_lost_window(
        self, name: str, command: Callable[..., c.Command], number: str, who: Who, command_id: str
    ) -> Answer:
        if not who.at_reception:
            raise NotAllowed(known=who.role != "visitor")
        number = number.upper()
        return self._dispatcher.handle(
            command_id,
            lambda at: command(at=at, actor=who.actor, number=number),
            lambda state, events, seq: {**telling.ticket(state, number), "seq": seq},
            asks=[name, number],
        )

    def _of_whose_it_is(
        self, name: str, command: Callable[..., c.Command], number: str, body: Back, who: Who, command_id: str
    ) -> Answer:
        number = number.upper()
        with self._dispatcher.reading() as state:
            ticket = state.tickets.get(number)
            known = ticket is None or body.token == ticket.token
            if ticket and body.check and self._guesses.may_guess(state.day, number):
                known = known or _same(ticket.check, body.check)
        if not (known or who.is_staff or who.role == "clerk"):
            if body.check:
                self._guesses.was_wrong(number)
            raise NotAllowed(known=who.role != "visitor")
        return self._dispatcher.handle(
            command_id,
            lambda at: command(at=at, actor=who.actor, number=number),
            lambda state, events, seq: {**telling.ticket(state, number), "seq": seq},
            asks=[name, number, body.model_dump(mode="json")],
        )

    def rate(self, body: Rate, who: Who, command_id: str) -> Answer:
        """评价. A clerk may not. Raises NotAllowed, NotKept."""
        if who.role == "clerk":
            raise NotAllowed(known=True)
        with self._dispatcher.reading() as state:
            number, knows = _rater(state, body, who)

        def make(at: datetime) -> c.Command:
            return c.RateVisit(
                at=at,
                actor=who.actor,
                number=number,
                grade=body.grade,
                aspects=tuple(body.aspects),
                words=body.words,
                channel=body.channel,
                knows=knows,
            )

        def tell(state: HallState, events: list[ev.Event], seq: int) -> dict[str, Any]:
            return {"ticket": number, "grade": state.tickets[number].grade, "channel": body.channel, "seq": seq}

        asks = ["rate", body.model_dump(mode="json")]
        return self._dispatcher.handle(command_id, make, tell, status=201, asks=asks)


def _same(check: str, given: str) -> bool:
    return secrets.compare_digest(check.encode(), given.encode())


def _rater(state: HallState, body: Rate, who: Who) -> tuple[str, str]:
    """Which ticket is meant, and what the rater has shown to know: its token, its check digits, or a staff token."""
    if body.ticket in state.by_token:
        return state.by_token[body.ticket], "token"
    number = body.ticket.upper()
    number = number.removeprefix(f"{state.day}-")
    ticket = state.tickets.get(number)
    if ticket and _same(ticket.check, body.check):
        return number, "check"
    return number, "staff" if who.is_staff else ""
