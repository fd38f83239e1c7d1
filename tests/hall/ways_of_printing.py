"""The noes that a slip and its copy make: for test_refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hall import commands as c
from hall.plan import Kiosk


def with_printer(counter: Any, printer: str = "paper") -> str:
    """A kiosk of the counter's plan that prints on `printer`: its id."""
    kiosks = (*counter.plan.kiosks, Kiosk("printing", "打印的取号机", printer=printer))
    counter.state.plan = counter.plan = replace(counter.plan, kiosks=kiosks)
    return "printing"


def nothing_to_print(counter: Any) -> str:
    counter.take("a", kiosk="k")
    counter.do(c.ConfirmPrint, number="A001", printer="paper")
    assert counter.refusal(c.FailPrint, number="A001", printer="paper", error="no_paper") == "nothing_to_print"
    return counter.refusal(c.ConfirmPrint, number="A001", printer="paper")


def no_printer(counter: Any) -> str:
    kiosk = with_printer(counter, "")
    return counter.refusal(c.OrderPrint, number=counter.take("a"), kiosk=kiosk)


def no_slip_wanted(counter: Any) -> str:
    kiosk, number = with_printer(counter), counter.take("a")
    counter.open("1")
    counter.next()
    counter.do(c.StartService, window="1")
    counter.do(c.FinishService, window="1")
    return counter.refusal(c.OrderPrint, number=number, kiosk=kiosk)


def prints_already(counter: Any) -> str:
    kiosk, number = with_printer(counter), counter.take("a")
    counter.do(c.OrderPrint, number=number, kiosk=kiosk)
    return counter.refusal(c.OrderPrint, number=number, kiosk=kiosk)


WAYS = {way.__name__: way for way in (nothing_to_print, no_printer, no_slip_wanted, prints_already)}
