"""Tickets: taken, looked at, back after a missed call, given up, rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.actions import CannotPrint
from caller.api import told
from caller.api.answers import json_response, problems, told_answer
from caller.asked import Back, Nothing, PrintCopy, Rate, Take
from caller.problems import cannot_print, problem
from caller.tokens import VISITOR
from hall import telling

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""

    @calls.post("/tickets")
    @calls.input(Take, arg_name="asked")
    @calls.output(told.TicketTaken, status_code=201)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503))
    def take(asked: Take) -> Any:
        """Take a number; with `kiosk` it is printed there: refused, no number burnt, when its printer is not ready."""
        try:
            return told_answer(hub.actions.take(asked, g.who, g.key))
        except CannotPrint as cannot:
            return cannot_print(cannot.state)

    @calls.get("/tickets/<number>")
    @calls.output(told.TicketHistory)
    @calls.doc(responses=problems(401, 404, 503))
    def ticket(number: str) -> Any:
        """The ticket of today, with its history. Who did it, notes, outcome and grade are for staff."""
        number = number.upper()
        with hub.dispatcher.reading() as state:
            if number not in state.tickets:
                return problem(404, "unknown_ticket", f"今天没有 {number} 这个号", f"There is no ticket {number} today")
            tell = telling.ticket_for_visitors if g.who == VISITOR else telling.ticket_with_history
            body = tell(state, number)
        return json_response(body)

    @calls.post("/tickets/<number>/return")
    @calls.input(Back, arg_name="asked")
    @calls.output(told.TicketBack)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503))
    def come_back(number: str, asked: Back) -> Any:
        """The visitor missed the call and is back: called after the next few of the queue."""
        return told_answer(hub.actions.come_back(number, asked, g.who, g.key))

    @calls.post("/tickets/<number>/abandon")
    @calls.input(Back, arg_name="asked")
    @calls.output(told.TicketBack)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503))
    def abandon(number: str, asked: Back) -> Any:
        """The visitor gives the number up, at any time before being served."""
        return told_answer(hub.actions.abandon(number, asked, g.who, g.key))

    @calls.post("/tickets/<number>/print")
    @calls.input(PrintCopy, arg_name="asked")
    @calls.output(told.TicketBack)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503))
    def print_copy(number: str, asked: PrintCopy) -> Any:
        """补打: a copy of the slip, marked as one, at a kiosk whose printer is well: reception, supervisor, admin."""
        try:
            return told_answer(hub.actions.print_copy(number, asked, g.who, g.key))
        except CannotPrint as cannot:
            return cannot_print(cannot.state)

    @calls.post("/tickets/<number>/finish")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.TicketBack)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503))
    def finish(number: str, asked: Nothing) -> Any:
        """Reception finishes it for a window that the config has lost. A visit goes on to its next step."""
        return told_answer(hub.actions.finish_for_lost_window(number, g.who, g.key))

    @calls.post("/tickets/<number>/put-back")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.TicketBack)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503))
    def put_back(number: str, asked: Nothing) -> Any:
        """Reception puts it back into its queue, at its old place, from a window that the config has lost."""
        return told_answer(hub.actions.put_back(number, g.who, g.key))

    @calls.post("/ratings")
    @calls.input(Rate, arg_name="asked")
    @calls.output(told.RatingTold, status_code=201)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503))
    def rate(asked: Rate) -> Any:
        """Rate a visit, once. By the ticket's token, or its number with check digits, or while the pad asks."""
        return told_answer(hub.actions.rate(asked, g.who, g.key))
