"""What a visitor shows at a kiosk: told at once or not at all, and never on the agent's disk."""

from pathlib import Path

import pytest

NUMBER = "11010519491231002X"
CARD = {"kind": "card", "number": NUMBER, "name": "王小海"}
CODE = {"kind": "code", "text": NUMBER}


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("shown", [CARD, CODE, {"kind": "unread"}], ids=lambda shown: shown["kind"])
def test_it_is_told_once_though_the_hub_never_answers(agent, hub, until, tmp_path, shown):
    hub.talks.clear()
    agent.input("reader-1", shown)
    until(lambda: hub.inputs)
    agent.input("keypad-1", {"kind": "key", "key": "next", "digits": ""})
    until(lambda: len(hub.inputs) > 2, 20, "the key is told again, for want of an answer")
    assert [told["event"] for told in hub.inputs].count(shown) == 1
    assert b"next" in on_disk(tmp_path)
    assert NUMBER.encode() not in on_disk(tmp_path)
    hub.talks.set()


def test_while_the_hub_is_away_it_is_forgotten(agents, hub, until, tmp_path, capsys):
    agent = agents(hub.port)
    until(lambda: hub.healths)
    hub.close()
    until(lambda: not agent.link.up)
    agent.input("reader-1", CARD)
    until(lambda: not agent._moments)
    assert NUMBER.encode() not in on_disk(tmp_path)
    assert NUMBER not in capsys.readouterr().out
