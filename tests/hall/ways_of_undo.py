"""How the noes of undo come about: for test_refusals."""

from __future__ import annotations

from typing import Any

from hall import commands as c

from .ways_of_coming import called


def nothing_to_undo(counter: Any) -> str:
    called(counter)
    counter.do(c.UndoStep, window="1")
    return counter.refusal(c.UndoStep, window="1")


def undo_too_late(counter: Any) -> str:
    called(counter)
    counter.at += counter.plan.undo_s / 60 + 0.01
    return counter.refusal(c.UndoStep, window="1")


def acted_on(counter: Any) -> str:
    called(counter)
    counter.do(c.MarkNoShow, window="1")
    counter.do(c.ReturnTicket, number="A001")
    return counter.refusal(c.UndoStep, window="1")


WAYS = {"nothing_to_undo": nothing_to_undo, "undo_too_late": undo_too_late, "acted_on": acted_on}
