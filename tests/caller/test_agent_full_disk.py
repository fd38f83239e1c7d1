"""The agent's disk is full: it prints and listens all the same, says so once, and forgets nothing afterwards."""

from __future__ import annotations

import resource
from typing import Any

from hall import events as ev

from .site import Site

FULL, AGAIN = "cannot be written", "is written again"


def test_a_full_disk_stops_no_press_and_no_slip_and_is_said_once(site: Site, until: Any) -> None:
    site.start(until)
    site.open()
    resource.prlimit(site.agent.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    numbers = [site.take(kiosk="k") for _ in range(2)]
    until(lambda: len(site.events(ev.TicketPrinted)) == 2)
    site.press(until)
    until(lambda: "A001" in site.bar.text)
    assert site.agent.said(FULL, AGAIN) == [FULL]
    room = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(site.agent.process.pid, resource.RLIMIT_FSIZE, room)
    numbers.append(site.take(kiosk="k"))
    until(lambda: len(site.events(ev.TicketPrinted)) == 3)
    until(lambda: site.agent.said(FULL, AGAIN) == [FULL, AGAIN])
    site.agent.kill()
    site.agent.start()
    site.ready(until)
    numbers.append(site.take(kiosk="k"))
    until(lambda: len(site.events(ev.TicketPrinted)) == 4, 40)
    assert site.slips() == [(number, False) for number in numbers]
    assert site.called() == ["A001"]
