"""Everybody presses at once, some twice, some by HTTP and some by socket: every ticket is called exactly once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import requests

CLIENTS = 32
SOCKETS = 6


def test_32_presses_of_next_at_once_call_32_tickets_in_their_order(served: Any, at_once: Callable[..., Any]) -> None:
    """Each press is sent by two clients with one id, wherever they are connected."""
    numbers = at_once(
        CLIENTS,
        lambda i: served.post("tickets", {"service": "tax-return"}, session=requests.Session()).json()["number"],
    )
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, CLIENTS + 1)]
    token = served.token()
    for window in "12":
        assert served.post(f"windows/{window}/open", token=token).status_code == 200
    sockets = [served.socket(auth={"token": token}) for _ in range(SOCKETS)]
    keys = [str(uuid.uuid4()) for _ in range(CLIENTS)]

    def press(i: int) -> tuple[int, Any]:
        key, window = keys[i // 2], "12"[i // 2 % 2]
        if i % 5 == 0:
            told = sockets[i // 5 % SOCKETS].call("next", {"window": window, "id": key}, timeout=20)
            return told["status"], told["body"]
        answer = served.post(f"windows/{window}/next", token=token, key=key, session=requests.Session())
        return answer.status_code, answer.json()

    answers = at_once(2 * CLIENTS, press)
    assert {status for status, _ in answers} == {200}
    assert answers[::2] == answers[1::2], "one id, one answer, for both who sent it"
    told = sorted({(body["seq"], body["ticket"]["number"]) for _, body in answers})
    assert [number for _, number in told] == sorted(numbers), "each press called one, in the order they came"


def test_two_clients_with_one_id_take_one_ticket(served: Any, at_once: Callable[..., Any]) -> None:
    key = str(uuid.uuid4())
    answers = at_once(
        12, lambda i: served.post("tickets", {"service": "pension"}, key=key, session=requests.Session()).json()
    )
    assert len({(answer["number"], answer["token"]) for answer in answers}) == 1


def test_a_window_is_opened_by_one_of_many(served: Any, at_once: Callable[..., Any]) -> None:
    answers = at_once(8, lambda i: served.post("windows/3/open", session=requests.Session()))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
