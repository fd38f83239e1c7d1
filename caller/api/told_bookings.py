"""What the API answers of bookings, as models: the OpenAPI document is made from these."""

from __future__ import annotations

from pydantic import Field

from caller.api.told import TicketTaken, Told


class SlotTold(Told):
    day: str
    slot: str = Field(description="Its start as it is booked by: 09:30.")
    start: str
    end: str
    free: int = Field(description="How many places are left.")


class BookingTold(Told):
    code: str = Field(description="To check in and to cancel by; people read it in two fours: K7QM 4XPD.")
    service: str
    service_name: str
    queue: str
    zone: str
    day: str
    slot: str
    start: str
    end: str
    check_in_from: str
    check_in_until: str = Field(description="Who comes later queues as an ordinary visitor.")
    name: str = Field(description="Masked: 王*海.")
    state: str = Field(description="booked, checked_in, cancelled or no_show.")
    number: str | None = Field(description="The ticket that it became.")


class BookingMade(BookingTold):
    seq: int


class CheckedIn(TicketTaken):
    booking: str
    on_time: bool


class ImportedBooking(BookingTold):
    id: str = Field(description="Its id in the other system.")


class Imported(Told):
    made: int
    known: int = Field(description="Rows that were taken over before.")
    skipped: list[int] = Field(description="Lines passed over, with skip_bad.")
    bookings: list[ImportedBooking]
    seq: int
