"""Bookings: free slots, booked, looked at, cancelled, checked in, taken over from another system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g, request
from pydantic import ValidationError

from caller.actions import CannotPrint, NotAllowed
from caller.api import told_bookings as told
from caller.api.answers import json_response, problems, told_answer
from caller.asked import Nothing
from caller.asked_bookings import (
    Book,
    BookingIn,
    ComeIn,
    ComeInByPerson,
    DayOf,
    HowToImport,
    SlotsOf,
    plain_code,
)
from caller.booking_actions import new_code
from caller.booking_file import BadFile, Reader, read_csv
from caller.problems import cannot_print, problem, problem_body, problem_response
from hall import telling_bookings
from hall.errors import Refused
from hall.offers import offers

if TYPE_CHECKING:
    from caller.hub import Hub

LARGEST_FILE = 4_000_000
CSV_TYPES = ("text/csv", "text/plain", "application/csv", "application/vnd.ms-excel")
IMPORT_BODY = {
    "required": True,
    "content": {
        "text/csv": {"schema": {"type": "string"}},
        "application/json": {"schema": {"type": "array", "items": BookingIn.model_json_schema()}},
    },
}
"""For the document: what `POST bookings/import` takes."""


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""
    actions = hub.booking_actions

    @calls.get("/bookings/slots")
    @calls.input(SlotsOf, location="query", arg_name="asked")
    @calls.output(list[told.SlotTold])
    @calls.doc(responses=problems(401, 404, 409, 422, 503))
    def slots(asked: SlotsOf) -> Any:
        """The free slots of a day, earliest first. An empty list: the day is full."""
        with hub.dispatcher.reading() as state:
            try:
                offered = offers(state, asked.service, hub.dispatcher.now())
                free = [slot.told(left) for slot, left in offered.of_day(asked.day or state.day)]
            except Refused as refused:
                return _refused(refused)
        return json_response(free)

    @calls.post("/bookings")
    @calls.input(Book, arg_name="asked")
    @calls.output(told.BookingMade, status_code=201)
    @calls.doc(responses=problems(401, 404, 409, 413, 422, 503))
    def book(asked: Book) -> Any:
        """Book a place in a slot. A full one is refused with `facts.free`, the next slots that are free."""
        return told_answer(actions.book(asked, g.who, g.key))

    @calls.get("/bookings")
    @calls.input(DayOf, location="query", arg_name="asked")
    @calls.output(list[told.BookingTold])
    @calls.doc(responses=problems(401, 403, 422, 503))
    def of_day(asked: DayOf) -> Any:
        """The bookings of today or a day to come, by slot, for staff."""
        if not (g.who.is_staff or g.who.role == "clerk"):
            raise NotAllowed(known=g.who.role != "visitor")
        with hub.dispatcher.reading() as state:
            return json_response(telling_bookings.of_day(state, asked.day or state.day))

    @calls.get("/bookings/<code>")
    @calls.output(told.BookingTold)
    @calls.doc(responses=problems(401, 404, 503))
    def booking(code: str) -> Any:
        """The booking, for whoever knows its code."""
        with hub.dispatcher.reading() as state:
            code = plain_code(code)
            if code not in state.bookings.by_code:
                return _refused(Refused("unknown_booking", code))
            return json_response(telling_bookings.booking(state, code))

    @calls.delete("/bookings/<code>")
    @calls.output(told.BookingMade)
    @calls.doc(responses=problems(401, 404, 409, 422, 503))
    def delete(code: str) -> Any:
        """Cancel it: its place is free again."""
        return told_answer(actions.cancel(code, g.who, g.key))

    @calls.post("/bookings/<code>/cancel")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.BookingMade)
    @calls.doc(responses=problems(401, 404, 409, 413, 422, 503))
    def cancel(code: str, asked: Nothing) -> Any:
        """Cancel it, for those who cannot send DELETE."""
        return told_answer(actions.cancel(code, g.who, g.key))

    @calls.post("/bookings/<code>/check-in")
    @calls.input(ComeIn, arg_name="asked")
    @calls.output(told.CheckedIn, status_code=201)
    @calls.doc(responses=problems(401, 404, 409, 413, 422, 503))
    def check_in(code: str, asked: ComeIn) -> Any:
        """The visitor is here: the ticket, printed at `kiosk`. On time its class is `booked`, later `normal`."""
        try:
            return told_answer(actions.check_in(code, asked, g.who, g.key))
        except CannotPrint as cannot:
            return cannot_print(cannot.state)

    @calls.post("/bookings/check-in")
    @calls.input(ComeInByPerson, arg_name="asked")
    @calls.output(told.CheckedIn, status_code=201)
    @calls.doc(responses=problems(401, 404, 409, 413, 422, 503))
    def check_in_by_person(asked: ComeInByPerson) -> Any:
        """The same without a code: the person's booking of today."""
        try:
            return told_answer(actions.check_in("", asked, g.who, g.key))
        except CannotPrint as cannot:
            return cannot_print(cannot.state)

    @calls.post("/bookings/import")
    @calls.input(HowToImport, location="query", arg_name="asked")
    @calls.output(told.Imported, status_code=201)
    @calls.doc(responses=problems(401, 403, 409, 413, 415, 422, 503))
    def take_over(asked: HowToImport) -> Any:
        """Take over bookings from CSV or a JSON list, all or none. Bad lines are all told in `facts.rows`."""
        if not g.who.at_reception:
            raise NotAllowed(known=g.who.role != "visitor")
        request.max_content_length = LARGEST_FILE
        reader = Reader(hub.plan, actions.person_of, new_code)
        try:
            if request.mimetype == "application/json":
                file = reader.file(_listed(request.get_json()))
            elif request.mimetype in CSV_TYPES:
                file = reader.file(read_csv(request.get_data()))
            else:
                return problem(415, "", "请用 text/csv 或 JSON", "Send text/csv or JSON")
        except BadFile as bad:
            return problem(422, "bad_file", bad.sentence, bad.sentence_en)
        return told_answer(actions.take_over(file, asked.skip_bad, g.who, g.key))


def _refused(refused: Refused) -> Any:
    """What the rules refuse of a question, as they refuse a command."""
    body = problem_body(404 if refused.unknown else 409, refused.code, refused.sentence, refused.sentence_en)
    return problem_response({**body, "facts": refused.facts} if refused.facts else body)


def _listed(body: Any) -> Any:
    """The rows of a JSON list, counted from 1. Raises BadFile."""
    if not isinstance(body, list):
        raise BadFile("请给一个预约的列表", "The body is a list of bookings")
    rows = []
    for line, it in enumerate(body, 1):
        try:
            rows.append((line, BookingIn.model_validate(it).model_dump()))
        except ValidationError as error:
            wrong = ".".join(map(str, error.errors()[0]["loc"])) or "it"
            raise BadFile(f"第 {line} 项不对：{wrong}", f"Entry {line} is not valid: {wrong}") from None
    return iter(rows)
