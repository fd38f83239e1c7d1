"""The hub dies under its agents and comes back: presses made meanwhile count once, and the bars are true again."""

from __future__ import annotations

import signal
from typing import Any

from hall import events as ev

from .site import Site

GONE, THERE = "the hub is gone", "connected to the hub"


def test_a_hub_that_was_killed_gets_the_press_made_meanwhile_once(site: Site, until: Any) -> None:
    site.start(until)
    site.open()
    for _ in range(3):
        site.take()
    site.call_one(until)
    site.hub.kill()
    until(lambda: site.agent.said(GONE))
    site.press(until)
    site.hub.start()
    until(lambda: "A002" in site.bar.text, 40)
    assert site.called() == ["A001", "A002"]
    assert site.agent.said(GONE, THERE) == [THERE, GONE, THERE], "one line lost, one back"


def test_a_hub_that_dies_before_it_answers_a_press_calls_once(site: Site, until: Any) -> None:
    """It stands still with the press in its socket, and is killed: the agent tells the next one, under the same id."""
    site.start(until)
    site.open()
    for _ in range(2):
        site.take()
    site.hub.process.send_signal(signal.SIGSTOP)
    site.press(until)
    site.hub.kill()
    site.hub.start()
    until(lambda: "A001" in site.bar.text, 40)
    site.press(until)
    until(lambda: "A002" in site.bar.text)
    assert site.called() == ["A001", "A002"]


def test_a_slip_asked_for_before_the_hub_died_is_printed_once(site: Site, until: Any) -> None:
    """The agent has the job of the old hub and does not know it yet; the new hub sends it again: one slip comes out."""
    site.start(until)
    site.agent.process.send_signal(signal.SIGSTOP)
    number = site.take(kiosk="k")
    site.hub.kill()
    site.agent.process.send_signal(signal.SIGCONT)
    site.hub.start()
    until(lambda: site.events(ev.TicketPrinted), 40)
    again = site.take(kiosk="k")
    until(lambda: len(site.events(ev.TicketPrinted)) == 2, 40)
    assert site.slips() == [(number, False), (again, False)]
