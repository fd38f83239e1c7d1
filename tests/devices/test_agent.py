"""The agent against a hub: a real Socket.IO server of the test's own, virtual hardware at the other end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from devices.outbox import Outbox

SHOW = {"id": "j1", "device": "bar-1", "kind": "show", "data": {"text": "请A001到1号窗口", "colour": "red"}}


def test_an_agent_says_who_it_is_and_how_its_devices_are(agent, hub):
    assert (hub.auth["agent"], hub.auth["token"]) == ("main", "good")
    assert {"keypad-1", "bar-1", "printer-1"} == set(hub.healths[-1])
    row = {"id", "state", "since", "error", "last_error", "detail", "about", "far", "virtual", "counts"}
    assert row == set(hub.healths[-1]["bar-1"])
    assert (hub.healths[-1]["bar-1"]["virtual"], hub.healths[-1]["printer-1"]["virtual"]) == (True, False)


def test_a_job_is_taken_done_and_seen_in_health(agent, hub, until):
    assert hub.send("job", SHOW) == {"taken": True}
    until(lambda: hub.dones)
    assert hub.dones[0] == {
        "id": "j1",
        "device": "bar-1",
        "ok": True,
        "error": "",
        "sentence": "",
        "detail": {"acknowledged": True},
    }
    until(lambda: hub.healths[-1]["bar-1"]["far"] == {"text": "请A001到1号窗口", "colour": "red"})
    until(lambda: hub.state("bar-1") == "ok")


def test_a_press_on_the_far_end_is_an_input_with_an_id(agent, hub, until):
    assert hub.send("virtual", {"device": "keypad-1", "do": "press", "key": "call", "digits": "023"}) == {
        "ok": True,
        "error": "",
    }
    until(lambda: hub.inputs)
    assert (
        hub.inputs[0]["device"],
        hub.inputs[0]["event"],
    ) == ("keypad-1", {"kind": "key", "key": "call", "digits": "023"})
    assert hub.inputs[0]["id"] and hub.inputs[0]["at"]


def test_a_move_that_cannot_be_is_answered_with_a_sentence(agent, hub):
    answer = hub.send("virtual", {"device": "keypad-1", "do": "dance"})
    assert not answer["ok"]
    assert "cannot dance" in answer["error"]
    assert not hub.send("virtual", {"device": "printer-1", "do": "paper_out"})["ok"]


def test_an_input_is_repeated_with_its_id_until_the_hub_answers(agent, hub, until):
    hub.talks.clear()
    hub.send("virtual", {"device": "keypad-1", "do": "press", "key": "next"})
    until(lambda: len(hub.inputs) >= 2)
    hub.talks.set()
    until(lambda: not agent._outbox._letters)
    assert len({told["id"] for told in hub.inputs}) == 1


def test_what_happened_while_the_hub_was_away_is_told_when_it_is_back(agent, hub, until):
    hub.close()
    until(lambda: not agent.link.up)
    agent.rack.move("keypad-1", "press", key="next")
    until(lambda: agent._outbox._letters)
    again = type(hub)(hub.port)
    try:
        until(lambda: again.inputs)
        until(lambda: again.healths)
        assert again.inputs[0]["event"]["key"] == "next"
        assert agent.rack.far_ends["keypad-1"].acknowledged
    finally:
        again.close()


def test_the_same_config_on_a_new_connection_leaves_the_devices_alone(agent, hub, until):
    rack = agent.rack
    hub.io.disconnect(hub.sid, namespace="/agent")
    seen = len(hub.healths)
    until(lambda: len(hub.healths) > seen and agent.link.up)
    assert rack is agent.rack
    hub.io.emit("config", {**hub.config, "devices": hub.config["devices"][:1]}, to=hub.sid, namespace="/agent")
    until(lambda: set(hub.healths[-1]) == {"keypad-1"})


def test_the_newest_of_many_texts_sent_in_order_is_the_one_that_stays(agent, hub, until):
    for n in range(30):
        hub.io.emit("job", {**SHOW, "id": f"j{n}", "data": {"text": f"A{n:03}"}}, to=hub.sid, namespace="/agent")
    until(lambda: len(hub.dones) == 30)
    assert agent.rack.far_ends["bar-1"].text == "A029"


NONSENSE = [
    None,
    7,
    [],
    "x",
    {},
    {"id": []},
    {"line": ["x"]},
    {"lines": [{}]},
    {"devices": [{"id": {}}]},
    {"data": "x"},
]


def test_what_a_hub_says_that_makes_no_sense_harms_nothing_that_comes_after(agent, hub, until):
    """A job is not taken, a config leaves the agent without devices until it gets one that it can read."""
    seen = len(hub.healths)
    for event in ("job", "virtual", "wire"):
        for nonsense in (
            *NONSENSE,
            {"id": "x", "device": "bar-1", "kind": "show", "data": 7},
            {"device": [], "do": {}},
        ):
            answer = hub.send(event, nonsense)
            assert not any(answer[word] for word in ("taken", "ok") if word in answer)
    for nonsense in NONSENSE:
        hub.io.emit("config", nonsense, to=hub.sid, namespace="/agent")
    hub.io.emit("config", {**hub.config, "hall": "again"}, to=hub.sid, namespace="/agent")
    until(lambda: len(hub.healths) > seen and hub.state("bar-1") in ("unknown", "ok"))
    hub.send("job", {**SHOW, "id": "after", "data": {"text": "A042"}})
    until(lambda: agent.rack.far_ends["bar-1"].text == "A042")


def print_job(id_="p1"):
    return {"id": id_, "device": "printer-1", "kind": "print", "data": {"number": "A001"}}


def test_a_print_sent_again_is_answered_again_and_not_printed_again(agent, hub, until, desk_printer):
    for _ in range(2):
        hub.send("job", print_job())
    until(lambda: hub.dones)
    seen = len(hub.dones)
    hub.send("job", print_job())
    until(lambda: len(hub.dones) > seen)
    assert desk_printer.printed == ["A001"]
    assert hub.dones[-1]["detail"] == {"cut": True}
    until(lambda: hub.slips)
    assert hub.slips[0] == {"device": "printer-1", "job": "p1", "png": b"\x89PNG", "lines": ["A001"]}


def test_the_pictures_of_two_slips_both_reach_the_hub_each_with_its_job(agent, hub, until, desk_printer):
    for job in ("p1", "p2"):
        hub.io.emit("job", print_job(job), to=hub.sid, namespace="/agent")
    until(lambda: len(hub.slips) == 2)
    assert [slip["job"] for slip in hub.slips] == ["p1", "p2"]


def test_an_agent_killed_while_printing_says_so_and_does_not_print_again(agents, hub, until, desk_printer, tmp_path):
    state = tmp_path / "state"
    state.mkdir()
    (state / "outbox.jsonl").write_text('{"began": "p1"}\n')  # as the process that was killed has left it
    agents(hub.port)
    until(lambda: hub.state("printer-1") == "ok")
    hub.send("job", print_job())
    until(lambda: hub.dones)
    assert (hub.dones[0]["ok"], hub.dones[0]["error"], desk_printer.printed) == (False, "interrupted", [])


def test_a_print_that_fails_is_told_with_its_code_and_a_sentence(agent, hub, until, desk_printer):
    desk_printer.no_paper = True
    hub.send("job", print_job())
    until(lambda: hub.dones)
    assert tuple(hub.dones[0][key] for key in ("ok", "error", "sentence")) == (False, "no_paper", "打印纸用完了")


def test_a_wrong_token_is_tried_again_and_the_agent_lives(agents, hub, until):
    agent = agents(hub.port, token="bad")
    assert not agent.link.up
    agent.link._auth["token"] = "good"
    until(lambda: agent.link.up)


def test_sigterm_ends_the_process_cleanly_with_no_hub_in_sight(tmp_path, until):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        code = (
            "import sys; from pathlib import Path; from devices.agent import run; "
            f"print('up', flush=True); sys.exit(run('http://127.0.0.1:{port}', 't', 'main', Path('s'), Path('d')))"
        )
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True
        )
        assert "up" in process.stdout.readline()
        until(lambda: "the hub is not there" in process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        process.stdout.close()


def test_that_a_print_has_begun_is_on_disk_before_it_ends(agent, hub, until, desk_printer, tmp_path):
    desk_printer.gate.clear()
    hub.send("job", print_job())
    until(lambda: desk_printer.printed)
    left_behind = shutil.copytree(tmp_path / "state", tmp_path / "after kill -9")
    desk_printer.gate.set()
    woken = Outbox(left_behind, clock=lambda: 0.0, wall=lambda: datetime.now().astimezone())
    assert woken.outcome_of_print("p1", "printer-1")["error"] == "interrupted"


def test_a_job_that_follows_a_new_config_finds_its_device(agent, hub, until):
    bar = {**hub.config["devices"][1], "id": "bar-2", "address": 2}
    hub.io.emit("config", {**hub.config, "devices": [bar]}, to=hub.sid, namespace="/agent")
    hub.io.emit("job", {**SHOW, "device": "bar-2"}, to=hub.sid, namespace="/agent")
    until(lambda: hub.dones and hub.dones[-1]["ok"])
    assert {"bar-2"} == {told["device"] for told in hub.dones}
    assert "unknown_device" not in {told["error"] for told in hub.dones}
