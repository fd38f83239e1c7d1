"""An agent that is broken, old, or not ours: the hub neither stumbles over what it says nor believes it of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from socketio.packet import Packet

from caller.agents import Job
from caller.config import load
from caller.hub import Hub
from caller.web import create_app

from .halls import CONFIG, Clock, Inside

VOICE = "  - {id: voice, driver: espeak, area: hall}\n"
AWAY = "  - {id: far-keys, driver: ff68-keypad, line: far, address: 1, window: 2, agent: away}\n"
WORDS = [
    "paper",
    "keys",
    "stars",
    "voice",
    "far-keys",
    "desk",
    "far",
    "hall",
    "k",
    "next",
    "call",
    "login",
    "ok",
    "card",
]
FIELDS = [
    "id",
    "device",
    "event",
    "kind",
    "key",
    "digits",
    "grade",
    "detail",
    "paper",
    "low",
    "stops",
    "state",
    "error",
]
FIELDS += ["since", "last_error", "about", "far", "counts", "speed", "line", "t", "seen", "dir", "hex", "png", "lines"]
FIELDS += ["job", "announcement", "area", "sentence", "ok", "number", "name", "text", "seconds", "wav", "speaks"]
ODD = ["", "\ud800", "\x00", "9" * 5000, "../../x", "²", "print-2026-11-22-/../x"]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.binary(max_size=4)
    | st.text(max_size=5)
    | st.sampled_from([*WORDS, *ODD, 2**70, "job-1", "show-1", "say-1"])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), deeper, max_size=6),
    max_leaves=12,
)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Inside]:
    file = tmp_path / "hall_config.yaml"
    lines = "  - {id: desk, port: virtual}\n  - {id: far, port: virtual, agent: away}\n"
    text = CONFIG.replace("  - {id: desk, port: virtual}\n", lines) + VOICE + AWAY.replace(", agent: away", "")
    file.write_text(text, encoding="utf-8")
    hub = Hub(load(file), tmp_path / "data", clock=Clock())
    app = create_app(hub)
    hub.start()
    yield Inside(hub, app, app.test_client())
    hub.stop()


@pytest.fixture
def agent(hall: Inside) -> Callable[[str], Any]:
    """agent(name): a connected one; its `tell(event, data)` gives the hub's answer."""

    def come(name: str) -> Any:
        client = hall.hub.socketio.test_client(
            hall.app, namespace="/agent", auth={"token": hall.token("device"), "agent": name}
        )
        gevent.sleep(0.01)  # the hub welcomes it in a task of its own
        client.tell = lambda event, data: client.emit(event, data, namespace="/agent", callback=True)
        return client

    return come


def test_nobody_is_believed_about_the_devices_of_another_agent(hall: Inside, agent: Callable[[str], Any]) -> None:
    """Neither their health, nor that a job is done, nor a press, a slip or what passed on their line."""
    main, rogue = agent("main"), agent("away")
    main.tell("health", {"devices": [{"id": "paper", "state": "ok"}]})
    hall.hub.agents.give(Job("job-1", "paper", "print", {"number": "A001", "copy": False}))
    rogue.tell("health", {"devices": [{"id": "paper", "state": "no_paper"}], "lines": [{"id": "desk", "state": "ok"}]})
    rogue.tell("done", {"id": "job-1", "device": "paper", "ok": True})
    rogue.tell("slip", {"device": "paper", "job": "job-1", "png": b"png", "lines": []})
    press = {"id": "1", "device": "keys", "event": {"kind": "key", "key": "open"}}
    assert rogue.tell("input", press) == {"ok": False, "code": "unknown_device"}
    assert hall.hub.agents.devices["paper"].state == "ok"
    assert hall.hub.agents.hardware.lines["desk"].state == "lost"
    assert [job.id for job in hall.hub.agents.waiting("print")] == ["job-1"]
    assert hall.hub.slips.of_printer == {}
    assert rogue.tell("input", {**press, "device": "far-keys"})["ok"]  # its own it may press


def test_who_looks_on_at_a_line_sees_what_its_own_agent_says(
    hall: Inside, agent: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(hall.hub.wires, "seen", seen.append)
    passed = {"t": 1.0, "dir": "in", "hex": "ff 68"}
    for name in ("away", "main"):
        agent(name).tell("wire", {"line": "desk", "t": 1.0, "seen": [passed, {"t": "x"}, 7, {**passed, "hex": "zz"}]})
    assert seen == [{"line": "desk", "t": 1.0, "seen": [passed]}]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    event=st.sampled_from(["health", "done", "input", "wire", "slip"]),
    device=st.sampled_from(["paper", "keys", "stars", "voice"]),
    job=st.sampled_from(["job-1", "show-1", "say-1"]),
    body=ANYTHING,
    inner=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=6),
    kind=st.sampled_from(["key", "grade", "card", "code", "unread", "spoken", "unspoken", "what"]),
)
def test_whatever_an_agent_says_the_hub_answers_and_shows_its_pages(
    hall: Inside, agent: Callable[[str], Any], event: str, device: str, job: str, body: Any, inner: Any, kind: str
) -> None:
    """No trace, no 500, and the API, the alarms and the views can still be told as JSON."""
    hub = hall.hub
    hub.agents.give(Job("job-1", "paper", "print", {"number": "A001", "copy": False}))
    hub.agents.give(Job("show-1", "keys", "display", {}))
    say = {"announcement": 1, "area": "hall", "number": "A001", "play": False}
    hub.agents.give(Job("say-1", "voice", "say", say))
    rogue = agent("main")
    likely = {
        "health": {"devices": [{"id": device, **inner}], "lines": [{"id": "desk", **inner}]},
        "done": {"ok": True, **inner, "id": job},
        "input": {"id": "x", "device": device, "event": {**inner, "kind": kind}},
        "wire": {"line": "desk", "t": 1.0, "seen": [inner]},
        "slip": {"png": b"png", **inner, "device": "paper"},
    }
    for told in (body, inner, likely[event]):
        answer = rogue.tell(event, told)
        assert "status" not in answer, answer
    for path in ("devices", "alarms", "health", "kiosks"):
        assert hall.get(path, role="admin").status_code == 200
    rogue.disconnect(namespace="/agent")
    agent("main").disconnect(namespace="/agent")
    assert hub.agents.online() == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    auth=st.dictionaries(st.sampled_from(["agent", "token"]), ANYTHING),
    named=st.dictionaries(st.sampled_from(["agent", "version", "runs"]), ANYTHING),
)
def test_whatever_it_says_of_itself_the_page_of_devices_can_be_told(hall: Inside, auth: Any, named: Any) -> None:
    for said in (auth, {**named, "token": hall.token("device")}):
        assume(not Packet.data_is_binary(said))  # such a packet cannot be built
        hall.hub.socketio.test_client(hall.app, namespace="/agent", auth=said)
        gevent.sleep(0)
        assert hall.get("devices", role="admin").status_code == 200


@pytest.mark.parametrize("id_", [None, "", ["x"], "\x00", "x" * 300])
def test_a_press_with_no_id_of_its_own_is_refused(hall: Inside, agent: Callable[[str], Any], id_: Any) -> None:
    """It would be taken for the press before it, and never be done."""
    press = {"id": id_, "device": "keys", "event": {"kind": "key", "key": "next"}}
    assert agent("main").tell("input", press) == {"ok": False, "code": "invalid"}


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 1e9, -1, "3", None])
def test_a_sound_of_no_known_length_is_no_sound(hall: Inside, agent: Callable[[str], Any], seconds: Any) -> None:
    """It would hold up every call after it."""
    say = {"announcement": 1, "area": "hall", "number": "A001", "play": False}
    hall.hub.agents.give(Job("say-1", "voice", "say", say))
    detail = {"wav": b"RIFF", "seconds": seconds, "text": "请A001"}
    assert agent("main").tell("done", {"id": "say-1", "ok": True, "detail": detail}) == {"ok": True}
    assert not list(hall.hub.data.glob("voice/*.wav"))
