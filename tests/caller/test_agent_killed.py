"""The agent is killed in the middle of its work: nothing is lost, nothing printed twice, and the bar is true again."""

from __future__ import annotations

from typing import Any

from hall import events as ev

from .site import Site

LOST, BACK = "agent lost", "agent connected"


def hub_said(site: Site) -> list[str]:
    log = (site.hub.data.parent / "serve.log").read_text(encoding="utf-8")
    return [said for line in log.splitlines() for said in (LOST, BACK) if said in line]


def test_an_agent_killed_while_slips_are_printed_prints_the_rest_and_none_twice(site: Site, until: Any) -> None:
    """kill -9 in the middle of the second slip: that one is told as interrupted or printed again as a copy (补打)."""
    site.start(until)
    site.open()
    numbers = [site.take(kiosk="k") for _ in range(4)]
    until(lambda: site.printer.slips)
    heard = site.printer.heard
    until(lambda: site.printer.heard > heard)
    site.agent.kill()
    until(lambda: hub_said(site)[-1] == LOST)
    assert site.hub.post("windows/1/next").status_code == 200
    site.agent.start()
    site.ready(until)
    until(lambda: {event.number for event in site.events(ev.TicketPrinted)} == set(numbers), 40)
    until(lambda: {number for number, _ in site.slips()} == set(numbers))
    originals = [number for number, is_copy in site.slips() if not is_copy]
    assert len(originals) == len(set(originals)), "nobody has two slips of one number"
    assert len(site.slips()) <= len(numbers) + 1, "only the one in the middle may have come out twice, once as a copy"
    until(lambda: "A001" in site.bar.text)
    assert hub_said(site) == [BACK, LOST, BACK]


def test_a_key_pressed_while_the_agent_is_dead_calls_nobody_and_the_next_press_calls_one(
    site: Site, until: Any
) -> None:
    """The keypad gives up by itself; who presses again when the agent is back has called once."""
    site.start(until)
    site.open()
    for _ in range(3):
        site.take()
    site.call_one(until)
    site.agent.kill()
    site.keypad.press("next")
    until(lambda: site.keypad._unanswered is None)
    site.agent.start()
    site.ready(until)
    until(lambda: "A001" in site.bar.text)
    site.press(until)
    until(lambda: "A002" in site.bar.text)
    assert site.called() == ["A001", "A002"]


def test_an_agent_killed_right_after_a_press_has_it_on_disk(site: Site, until: Any) -> None:
    """The hub stands still, the press is acknowledged to the keypad, the agent dies: the next agent tells the hub."""
    site.start(until)
    site.open()
    site.take()
    site.take()
    site.call_one(until)
    site.hub.kill()
    site.press(until)  # acknowledged: it is on disk
    site.agent.kill()
    site.hub.start()
    site.agent.start()
    until(lambda: site.called() == ["A001", "A002"], 40)
    until(lambda: "A002" in site.bar.text, 40)
    assert site.called() == ["A001", "A002"]
