"""The sockets of a served hall: views and commands for pages, jobs for agents, and closed doors for strangers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import requests
import socketio

Body = dict[str, Any]


@pytest.fixture(scope="module")
def page(served: Any) -> Any:
    """page(role, window): a connected socket of the default namespace, the same one for the whole module."""

    @cache
    def make(role: str = "", window: str = "") -> socketio.Client:
        return served.socket(auth={"token": served.token(role, window)} if role else None)

    return make


def watch(client: socketio.Client, view: str, of: str) -> Body:
    return client.call("watch", {"view": view, "of": of}, timeout=10)


def take(served: Any, service: str = "tax-return") -> Body:
    return served.post("tickets", {"service": service}).json()


def test_a_page_gets_the_whole_view_now_and_after_each_change(
    served: Any, page: Any, until: Callable[..., Any]
) -> None:
    client = page()
    assert watch(client, "panel", "hall") == {"status": 200}
    first = until(lambda: client.seen.last("panel", "hall"))
    assert first.keys() == {"view", "of", "seq", "data"}
    before = first["data"]["totals"]["waiting"]
    taken = take(served)
    later = until(lambda: (it := client.seen.last("panel", "hall"))["data"]["totals"]["waiting"] == before + 1 and it)
    assert later["seq"] >= taken["seq"] > first["seq"]
    assert later["data"]["now"].endswith("+08:00")


@pytest.mark.parametrize(
    ("view", "of"),
    [
        ("panel", "general"),
        ("window", "1"),
        ("kiosk", "k"),
        ("pad", "1"),
        ("desk", "1"),
        ("devices", "hall"),
    ],
)
def test_every_view_of_the_document_is_there(page: Any, until: Callable[..., Any], view: str, of: str) -> None:
    client = page("admin")
    assert watch(client, view, of) == {"status": 200}
    assert "now" in until(lambda: client.seen.last(view, of))["data"]


def test_a_ticket_is_watched_by_its_token(served: Any, page: Any, until: Callable[..., Any]) -> None:
    taken = take(served)
    client = page()
    assert watch(client, "ticket", taken["token"]) == {"status": 200}
    assert until(lambda: client.seen.last("ticket", taken["token"]))["data"]["number"] == taken["number"]
    assert watch(client, "ticket", taken["number"])["code"] == "unknown_view"


@pytest.mark.parametrize(
    "body",
    [
        {"view": "weather", "of": "hall"},
        {"view": "panel", "of": "nowhere"},
        {"view": "window", "of": "99"},
        {"view": "kiosk", "of": "\ud800"},
        {"view": "panel"},
        {"view": ["panel"], "of": {}},
        {},
        None,
        "panel",
        7,
        [],
    ],
)
def test_a_view_that_does_not_exist_is_a_problem(page: Any, body: Any) -> None:
    answer = page("admin").call("watch", body, timeout=10)
    assert (answer["status"], answer["code"]) == (404, "unknown_view")
    assert answer["detail"]


@pytest.mark.parametrize(
    ("role", "window", "view", "of", "status"),
    [
        ("", "", "desk", "1", 401),
        ("clerk", "2", "desk", "1", 403),
        ("clerk", "1", "desk", "1", 200),
        ("clerk", "", "desk", "1", 200),
        ("supervisor", "", "desk", "1", 200),
        ("", "", "devices", "hall", 401),
        ("clerk", "1", "devices", "hall", 403),
        ("reception", "", "devices", "hall", 200),
    ],
)
def test_who_may_watch(page: Any, role: str, window: str, view: str, of: str, status: int) -> None:
    assert watch(page(role, window), view, of)["status"] == status


def test_a_token_that_is_none_does_not_connect(served: Any) -> None:
    for token in ("汉字", 7, ["x"]):
        with pytest.raises(socketio.exceptions.ConnectionError):
            served.socket(auth={"token": token})


def test_unwatch_ends_it(served: Any, page: Any, until: Callable[..., Any]) -> None:
    client, other = page("supervisor"), page("reception")
    for each in (client, other):
        watch(each, "panel", "social")
    client.call("unwatch", {"view": "panel", "of": "social"}, timeout=10)
    seen = len(client.seen.views)
    taken = take(served, "pension")
    until(lambda: other.seen.last("panel", "social")["seq"] >= taken["seq"])
    assert client.call("unwatch", {"view": "panel", "of": "social"}, timeout=10) == {"status": 200}
    assert len(client.seen.views) == seen


def test_commands_over_the_socket_have_ids_and_the_same_answers(served: Any, page: Any) -> None:
    client = page("clerk", "1")
    visitor = page()
    taken = visitor.call("take", {"service": "tax-return", "id": str(uuid.uuid4())}, timeout=10)
    assert taken["status"] == 201 and taken["body"]["token"]
    assert client.call("open", {"window": "1", "id": str(uuid.uuid4())}, timeout=10)["status"] in (200, 409)
    press = {"window": "1", "id": str(uuid.uuid4())}
    first = client.call("next", press, timeout=10)
    assert (first["status"], first["body"]["state"]) == (200, "calling")
    assert client.call("next", press, timeout=10) == first
    over_http = served.post("windows/1/next", token=served.token("clerk", "1"), key=press["id"])
    assert over_http.json() == first["body"], "one hall, one memory of ids"
    reused = client.call("recall", press, timeout=10)
    assert (reused["status"], reused["body"]["code"]) == (422, "id_reused")
    for call in ("start", "finish"):
        assert client.call(call, {"window": "1"}, timeout=10)["status"] == 200
    rated = visitor.call("rate", {"ticket": first["body"]["ticket"]["number"], "grade": "satisfied"}, timeout=10)
    assert rated["status"] == 201


def test_a_transfer_over_the_socket_says_where_to(served: Any, page: Any) -> None:
    client = page("admin")
    take(served)
    client.call("open", {"window": "1"}, timeout=10)
    client.call("next", {"window": "1"}, timeout=10)
    assert client.call("transfer", {"window": "1", "to": "3"}, timeout=10)["status"] == 200


def test_a_zone_is_stopped_and_resumed_over_the_socket_and_its_screens_follow(
    served: Any, page: Any, until: Callable[..., Any]
) -> None:
    """A stranger may not; the kiosk and the panel hear of it without asking."""
    reception, screen = page("reception"), page()
    for view, of in (("kiosk", "k"), ("panel", "social")):
        screen.call("watch", {"view": view, "of": of}, timeout=10)
    assert screen.call("zone-close", {"zone": "social"}, timeout=10)["status"] == 401
    press = {"zone": "social", "reason": "停电", "confirm": True, "id": str(uuid.uuid4())}
    stopped = reception.call("zone-close", press, timeout=10)
    assert (stopped["status"], stopped["body"]["open"]) == (200, False)
    assert reception.call("zone-close", press, timeout=10) == stopped
    for view, of in (("kiosk", "k"), ("panel", "social")):
        until(lambda view=view, of=of: screen.seen.last(view, of)["data"]["zones"][-1]["stopped"])
    assert reception.call("zone-open", {"zone": "social"}, timeout=10)["body"]["stopped"] is None
    until(lambda: screen.seen.last("panel", "social")["data"]["zones"][-1]["stopped"] is None)
    assert reception.call("zone-open", {"zone": None}, timeout=10)["body"]["code"] == "unknown_zone"


@pytest.mark.parametrize(
    ("event", "body", "status", "code"),
    [
        ("next", {"window": "1"}, 401, "unauthorized"),
        ("take", {"service": "nothing"}, 404, "unknown_service"),
        ("take", {"service": "tax-return", "class": "care"}, 401, "unauthorized"),
        ("take", {"service": "tax-return", "kiosk": "k"}, 409, "printer_not_ready"),
        ("take", {"service": "\ud800"}, 422, "invalid"),
        ("take", {"service": "tax-return", "id": "\ud800"}, 422, "bad_key"),
        ("take", {"service": "tax-return", "id": 7}, 422, "bad_key"),
        ("take", {"service": "tax-return", "id": "x" * 201}, 422, "bad_key"),
        ("take", {"service": "tax-return", "self": 1, "colour": "red"}, 422, "invalid"),
        ("take", {}, 422, "invalid"),
        ("take", None, 422, "invalid"),
        ("take", "tax-return", 422, "invalid"),
        ("rate", {"ticket": "A999", "grade": "satisfied"}, 404, "unknown_ticket"),
        ("receipt", None, 422, "invalid"),
        ("virtual", {"device": "keys", "do": "press"}, 403, "forbidden"),
        ("scene", {"burst": 3}, 403, "forbidden"),
    ],
)
def test_a_stranger_and_nonsense_get_a_problem(page: Any, event: str, body: Any, status: int, code: str) -> None:
    answer = page().call(event, body, timeout=10)
    assert (answer["status"], answer["body"]["status"], answer["body"]["code"]) == (status, status, code)
    assert answer["body"].keys() >= {"type", "title", "detail", "detail_en"}, "the same problem as over HTTP"


@pytest.mark.parametrize("window", ["99", "\ud800", "", None, ["1"], "\x00"])
def test_a_window_that_does_not_exist_is_404(served: Any, page: Any, window: Any) -> None:
    answer = page("admin").call("next", {"window": window, "id": str(uuid.uuid4())}, timeout=10)
    assert (answer["status"], answer["body"]["code"]) == (404, "unknown_window")


def test_receipts_of_anything_are_taken_without_harm(page: Any) -> None:
    client = page()
    for body in (
        {"kind": "shown", "view": "panel", "of": "hall", "call": 1},
        {"kind": "shown", "call": -(10**30)},
        {"kind": "spoken", "area": "nowhere", "id": 1},
        {"kind": "spoken", "area": None, "id": True},
        {"kind": "smelt"},
        {},
    ):
        assert client.call("receipt", body, timeout=10) == {"status": 200}


def test_the_agents_door_is_closed_without_a_devices_token(served: Any, at_once: Callable[..., Any]) -> None:
    roles = ["", "clerk", "reception", "supervisor", "admin"]

    def knock(i: int) -> None:
        with pytest.raises(socketio.exceptions.ConnectionError):
            served.socket("/agent", auth={"token": served.token(roles[i]) if roles[i] else "", "agent": "main"})

    at_once(len(roles), knock)


def test_an_agent_gets_its_config_and_its_health_is_told(served: Any, until: Callable[..., Any]) -> None:
    agent = served.socket("/agent", auth={"token": served.token("device"), "agent": "main"})
    config = dict(until(lambda: agent.seen.jobs and agent.seen.jobs))["config"]
    assert {device["id"] for device in config["devices"]} == {"paper", "keys", "stars"}
    health = {"devices": [{"id": "paper", "state": "ok"}, {"id": "nobody", "state": "ok"}, "nonsense"]}
    assert agent.call("health", health, namespace="/agent", timeout=10) == {"ok": True}

    def printer() -> str:
        return requests.get(f"{served.url}/api/v1/kiosks", timeout=10).json()[0]["printer"]

    until(lambda: printer() == "ok")
    for event, body in (("health", None), ("done", None), ("done", {"id": "x"}), ("slip", {}), ("input", None)):
        assert agent.call(event, body, namespace="/agent", timeout=10)["ok"] is (event != "input")
    agent.disconnect()
    until(lambda: printer() == "lost")


def test_an_agents_input_presses_the_windows_key_once(served: Any, until: Callable[..., Any]) -> None:
    take(served)
    agent = served.socket("/agent", auth={"token": served.token("device"), "agent": "main"})
    press = {"id": uuid.uuid4().hex, "device": "keys", "event": {"kind": "key", "key": "next", "digits": ""}}
    outcomes = [agent.call("input", press, namespace="/agent", timeout=10) for _ in range(3)]
    assert outcomes[0]["ok"] and outcomes[1:] == outcomes[:1] * 2
    agent.disconnect()


@pytest.mark.parametrize("kind", ["spoken", "unspoken"])
def test_a_voices_word_of_a_call_that_nobody_knows_harms_nothing(served: Any, kind: str) -> None:
    agent = served.socket("/agent", auth={"token": served.token("device"), "agent": "main"})
    for event in ({"area": "hall", "announcement": 99}, {"area": None, "announcement": -1, "sentence": ["x"]}):
        told = {"id": uuid.uuid4().hex, "device": "keys", "event": {"kind": kind, **event}}
        assert agent.call("input", told, namespace="/agent", timeout=10)["ok"]
    agent.disconnect()


def test_a_packet_nested_too_deeply_harms_nobody_else(served: Any, page: Any) -> None:
    """The socket that sent it may end; the hall goes on."""
    import websocket

    bad = websocket.create_connection(served.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket")
    bad.recv()
    bad.send("40")
    bad.recv()
    bad.send('420["watch",' + "[" * 100_000)
    bad.close()
    assert watch(page(), "panel", "hall") == {"status": 200}


def test_a_page_of_a_foreign_site_may_not_connect(served: Any) -> None:
    answer = requests.get(
        f"{served.url}/socket.io/?EIO=4&transport=polling", headers={"Origin": "http://evil.example"}, timeout=10
    )
    assert answer.status_code == 400
