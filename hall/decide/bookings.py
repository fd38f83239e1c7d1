"""May a place in a slot be booked, given back, and become a ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.bookings import Booking, on_time, window_of
from hall.decide.persons import check_block
from hall.decide.tickets import take
from hall.errors import Refused
from hall.offers import offers
from hall.state import HallState


def _make(command: c.MakeBooking, state: HallState) -> list[ev.Event]:
    offered = offers(state, command.service, command.at)
    slot, queue = offered.place(command.day, command.slot), offered.queue.id
    check_block(state, command.person, command.day)
    if command.code in state.bookings.by_code:  # one in some millions: asked again, it gets another code
        raise Refused("code_taken")
    for other in state.bookings.of_person_on(command.person, command.day):
        if other.queue == queue and other.state == "booked":
            raise Refused("already_booked", f"{other.start:%H:%M}", slot=f"{other.start:%H:%M}")
    return [
        ev.BookingMade(
            at=command.at,
            actor=command.actor,
            code=command.code,
            service=command.service,
            queue=queue,
            date=slot.day,
            start=slot.start.isoformat(),
            end=slot.end.isoformat(),
            name=command.name,
            person=command.person,
        )
    ]


def known_booking(state: HallState, code: str) -> Booking:
    """The booking with this code, of today or a day to come. Raises Refused."""
    booking = state.bookings.by_code.get(code)
    if booking is None:
        raise Refused("unknown_booking", code)
    return booking


def _still_booked(booking: Booking) -> None:
    if booking.state == "checked_in":
        raise Refused("booking_used", booking.number, number=booking.number)
    if booking.state != "booked":
        raise Refused(f"booking_{booking.state}")


def _cancel(command: c.CancelBooking, state: HallState) -> list[ev.Event]:
    _still_booked(known_booking(state, command.code))
    return [ev.BookingCancelled(at=command.at, actor=command.actor, code=command.code)]


def _check_in(command: c.CheckIn, state: HallState) -> list[ev.Event]:
    booking = known_booking(state, command.code) if command.code else _of_person(command, state)
    _still_booked(booking)
    if booking.day != state.day:
        raise Refused("other_day", f"{booking.day} {booking.start:%H:%M}", day=booking.day)
    opens = booking.start - timedelta(minutes=window_of(state, booking.queue)[0])
    if command.at < opens:
        raise Refused("too_early", f"{opens:%H:%M}", **{"from": opens.isoformat()})
    in_time = on_time(state, booking, command.at)
    taking = c.TakeTicket(
        at=command.at,
        actor=command.actor,
        service=booking.service,
        token=command.token,
        klass="booked" if in_time else "normal",
        kiosk=command.kiosk,
        person=booking.person,
        class_by="booking" if in_time else "",
        booking=booking.code,
        slot=booking.start if in_time else None,
    )
    taken = take(taking, state)
    number = next(event.number for event in taken if isinstance(event, ev.TicketTaken))
    came = ev.BookingCheckedIn(at=command.at, actor=command.actor, code=booking.code, number=number, on_time=in_time)
    return [*taken, came]


def _of_person(command: c.CheckIn, state: HallState) -> Booking:
    """Of several bookings today the first that is still to be used and in time, else the last one to be used."""
    mine = list(state.bookings.of_person_on(command.person, state.day))
    if not mine:
        raise Refused("unknown_booking_of_person")
    open_ones = [it for it in mine if it.state == "booked"]
    return next((it for it in open_ones if on_time(state, it, command.at)), (open_ones or mine)[-1])


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.MakeBooking: _make,
    c.CancelBooking: _cancel,
    c.CheckIn: _check_in,
}
