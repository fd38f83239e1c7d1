"""A visitor who missed the call is back: on the phone, at the desk, through the API."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def missed(inside: Any) -> Any:
    """A001 was called at window 1 and missed; A002 and A003 wait."""
    service = inside.get("services").json[0]["id"]
    taken = [inside.post("tickets", {"service": service}).json for _ in range(3)]
    inside.post("windows/1/open")
    inside.post("windows/1/next")
    inside.post("windows/1/no-show")
    return inside, taken[0]


def state_of(inside: Any, number: str) -> tuple[str, int]:
    told = inside.get(f"tickets/{number}").json
    return told["state"], told["ahead"]


@pytest.mark.parametrize("knows", ["check", "token"])
def test_the_visitor_says_so_with_what_the_slip_or_the_phone_knows(missed: Any, knows: str) -> None:
    inside, ticket = missed
    answer = inside.post("tickets/A001/return", {knows: ticket[knows]}, role="")
    assert (answer.status_code, answer.json["state"], answer.json["ahead"]) == (200, "waiting", 2)
    again = inside.post("tickets/A001/return", {knows: ticket[knows]}, role="")
    assert (again.status_code, again.json["code"]) == (409, "not_missed")


def test_nobody_returns_for_somebody_else(missed: Any) -> None:
    inside, _ = missed
    assert inside.post("tickets/A001/return", {}, role="").status_code == 401
    assert inside.post("tickets/A001/return", {"check": "xx"}, role="").status_code == 401
    assert inside.post("tickets/A777/return", {}, role="").status_code == 404
    assert state_of(inside, "A001") == ("missed", 0)


def test_a_clerk_checks_somebody_in_at_the_desk_and_sees_after_how_many(missed: Any) -> None:
    inside, _ = missed
    answer = inside.post("windows/1/return", {"number": "a001"})
    assert (answer.status_code, answer.json["waiting"]) == (200, 3)
    with inside.hub.dispatcher.reading() as state:
        desk = inside.hub.live.builders["desk"](state, "1")
    assert [(row["number"], row["returned"], row["after"]) for row in desk["missed"]] == [("A001", True, 3)]
    called = [inside.post("windows/1/next").json["ticket"]["number"] for _ in range(3)]
    assert called == ["A002", "A003", "A001"], "nobody else waits, so it need not wait for a third"
