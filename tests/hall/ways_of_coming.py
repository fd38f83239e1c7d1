"""How the noes come about that a called visitor who is there, or gives up, makes: for test_refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hall import commands as c


def called(counter: Any) -> None:
    counter.take("a")
    counter.open("1")
    counter.next()


def serving(counter: Any) -> None:
    called(counter)
    counter.do(c.StartService, window="1")


def arrived(counter: Any) -> None:
    called(counter)
    counter.do(c.Arrive, window="1")


def already_arrived(counter: Any) -> str:
    arrived(counter)
    assert counter.refusal(c.MarkNoShow, window="1") == "already_arrived", "who is there has not stayed away"
    counter.at += 1
    assert counter.refusal(c.Recall, window="1") == "already_arrived", "nobody calls who stands there"
    return counter.refusal(c.Arrive, window="1")


def recalls_first(counter: Any) -> str:
    counter.state.plan = counter.plan = replace(counter.plan, recalls_before_no_show=1)
    called(counter)
    return counter.refusal(c.MarkNoShow, window="1")


def no_show_too_soon(counter: Any) -> str:
    counter.state.plan = counter.plan = replace(counter.plan, no_show_after_s=30)
    called(counter)
    counter.at += 29 / 60
    return counter.refusal(c.MarkNoShow, window="1")


def no_window_lost(counter: Any) -> str:
    counter.take("a")
    return counter.refusal(c.FinishForLostWindow, number="A001")


def window_is_there(counter: Any) -> str:
    serving(counter)
    return counter.refusal(c.FinishForLostWindow, number="A001")


def put_back_first(counter: Any) -> str:
    called(counter)
    counter.do(c.HoldTicket, window="1")
    counter.state.plan = counter.plan = replace(counter.plan, windows=())
    return counter.refusal(c.FinishForLostWindow, number="A001")


def cannot_abandon(counter: Any) -> str:
    serving(counter)
    assert counter.refusal(c.AbandonTicket, number="A001") == "cannot_abandon"
    counter.do(c.FinishService, window="1")
    return counter.refusal(c.AbandonTicket, number="A001")


def unknown_outcome(counter: Any) -> str:
    serving(counter)
    return counter.refusal(c.FinishService, window="1", outcome="perhaps")


def reason_wanted(counter: Any) -> str:
    serving(counter)
    return counter.refusal(c.FinishService, window="1", outcome="refused", reason=" ")


WAYS = {
    "already_arrived": already_arrived,
    "recalls_first": recalls_first,
    "no_show_too_soon": no_show_too_soon,
    "cannot_abandon": cannot_abandon,
    "no_window_lost": no_window_lost,
    "window_is_there": window_is_there,
    "put_back_first": put_back_first,
    "unknown_outcome": unknown_outcome,
    "reason_wanted": reason_wanted,
}
