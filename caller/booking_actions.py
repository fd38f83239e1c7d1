"""What may be asked of bookings, once for HTTP and the sockets: rights, commands, answers.

Who knows a code may look at its booking, cancel it and check in: the code is what an account is elsewhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from caller.actions import NotAllowed
from caller.asked_bookings import Book, ComeIn, ComeInByPerson, plain_code
from caller.booking_file import BookingFile
from caller.dispatcher import Dispatcher
from caller.journal import Answer
from caller.persons import NOBODY_NAMED, NotValid, check_phone
from caller.shown import ShownAtKiosks
from caller.tokens import Who
from hall import commands as c
from hall import events as ev
from hall import telling, telling_bookings
from hall.bookings import ALPHABET
from hall.names import masked
from hall.state import HallState

CODE_LENGTH = 8
"""40 bits: of a thousand bookings one is guessed in a thousand million tries."""


def new_code() -> str:
    """A code that nobody can guess while it lives, to be read aloud in two fours: K7QM 4XPD."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


class BookingActions:
    """`paper(kiosk, command_id)` raises CannotPrint; `person_of(id)` is the HMAC by which a person is known here."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        shown: ShownAtKiosks,
        paper: Callable[[str, str], None],
        person_of: Callable[[str], str],
    ) -> None:
        self._dispatcher = dispatcher
        self._shown = shown
        self._paper = paper
        self.person_of = person_of

    def book(self, body: Book, who: Who, command_id: str) -> Answer:
        """预约. Raises NotKept, persons.NotValid: also for a visitor who gives neither an id nor a phone.

        Whoever gives a phone alone is known by it, so that nobody books every place of a day.
        """
        code, phone = new_code(), check_phone(body.phone)
        person = self.person_of(body.person) or (self.person_of(f"phone {phone}") if phone else "")
        if not (person or who.at_reception):
            raise NotValid(*NOBODY_NAMED)

        def make(at: datetime) -> c.Command:
            return c.MakeBooking(
                at=at,
                actor=who.actor,
                code=code,
                service=body.service,
                day=body.day,
                slot=body.slot,
                name=masked(body.name),
                person=person,
            )

        asks = ["book", {**body.model_dump(mode="json"), "person": person, "phone": self.person_of(body.phone)}]
        return self._dispatcher.handle(command_id, make, _booking(code), status=201, asks=asks)

    def cancel(self, code: str, who: Who, command_id: str) -> Answer:
        """The visitor will not come. Raises NotKept."""
        code = plain_code(code)
        return self._dispatcher.handle(
            command_id,
            lambda at: c.CancelBooking(at=at, actor=who.actor, code=code),
            _booking(code),
            asks=["cancel-booking", code],
        )

    def check_in(self, code: str, body: ComeIn, who: Who, command_id: str) -> Answer:
        """签到取号, by code, or for the code "" by person.

        Raises CannotPrint before a number is used up, NotKept, persons.NotValid.
        """
        if body.kiosk:
            self._paper(body.kiosk, command_id)
        code = plain_code(code)
        card = body.card if isinstance(body, ComeInByPerson) else ""
        person = self._person(body, command_id) if isinstance(body, ComeInByPerson) else ""
        token = secrets.token_urlsafe(12)

        def make(at: datetime) -> c.Command:
            return c.CheckIn(
                at=at,
                actor=f"kiosk:{body.kiosk}" if body.kiosk else who.actor,
                code=code,
                token=token,
                person=person,
                kiosk=body.kiosk or "",
            )

        def tell(state: HallState, events: list[ev.Event], seq: int) -> dict[str, Any]:
            came = next(event for event in events if isinstance(event, ev.BookingCheckedIn))
            return {**telling.taken(state, came.number), "booking": came.code, "on_time": came.on_time, "seq": seq}

        asks = ["check-in", code, card or person, body.kiosk]
        answer = self._dispatcher.handle(command_id, make, tell, status=201, asks=asks)
        if card and answer.status < 300:
            self._shown.spend(card, command_id)
        return answer

    def _person(self, body: ComeInByPerson, command_id: str) -> str:
        return self.person_of(self._shown.number_of(body.card, command_id) if body.card else body.person)

    def take_over(self, file: BookingFile, skip_bad: bool, who: Who, command_id: str) -> Answer:
        """Import bookings of another system. Raises NotAllowed, NotKept."""
        if not who.at_reception:
            raise NotAllowed(known=who.role != "visitor")

        def make(at: datetime) -> c.Command:
            return c.ImportBookings(
                at=at, actor=who.actor, rows=file.rows, unreadable=file.unreadable, skip_bad=skip_bad
            )

        def tell(state: HallState, events: list[ev.Event], seq: int) -> dict[str, Any]:
            done = next((event for event in events if isinstance(event, ev.BookingsImported)), None)
            made = [telling_bookings.booking(state, it.code) for it in events if isinstance(it, ev.BookingMade)]
            lines = [{"id": state.bookings.by_code[it["code"]].external, **it} for it in made]
            skipped = done.skipped if done else []
            return {"made": len(made), "known": len(file.rows) - len(made) - _bad(file, skipped), "skipped": skipped,
                    "bookings": lines, "seq": seq}  # fmt: skip

        asks = ["import", [(it.external, it.service, it.day, it.slot) for it in file.rows], skip_bad]
        return self._dispatcher.handle(command_id, make, tell, status=201, asks=asks)


def _bad(file: BookingFile, skipped: list[int]) -> int:
    """How many of the readable rows were passed over."""
    return len(skipped) - len(file.unreadable)


def _booking(code: str) -> Callable[[HallState, list[ev.Event], int], dict[str, Any]]:
    return lambda state, events, seq: {**telling_bookings.booking(state, code), "seq": seq}
