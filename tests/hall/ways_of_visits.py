"""How the noes of visits and collections come about: for test_refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hall import commands as c

from .ways_of_coming import called


def no_such_step(counter: Any) -> str:
    two_steps = tuple(replace(s, steps=(("a",), ("b",))) for s in counter.plan.services[:1])
    visited = type(counter)(replace(counter.plan, services=two_steps))
    called(visited)
    assert visited.refusal(c.SkipStep, window="1", queue="n") == "no_such_step"
    visited.do(c.SkipStep, window="1")
    return visited.refusal(c.SkipStep, window="1", queue="b")


def no_visit(counter: Any) -> str:
    called(counter)
    return counter.refusal(c.SkipStep, window="1")


def not_collection(counter: Any) -> str:
    return counter.refusal(c.TakeTicket, service="sa", token="t", case="2026-1")


WAYS = {"no_such_step": no_such_step, "no_visit": no_visit, "not_collection": not_collection}
