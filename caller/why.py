"""`hall why A031 A030`: why a ticket was called, and whether it went before another, told from the journal."""

from __future__ import annotations

from collections.abc import Iterable

from hall import events as ev
from hall.rule.reasons import CLASS_NAMES, why_sentence


class NotCalled(Exception):
    """str() is a sentence: the ticket is not in the day's journal, or was never called."""


def why(events: Iterable[ev.Event], number: str, other: str = "") -> list[str]:
    """The sentences, one a line, of calls not undone. `events` are a day's, oldest first. Raises NotCalled."""
    taken: dict[str, ev.TicketTaken] = {}
    calls: list[ev.TicketCalled] = []
    for event in events:
        if isinstance(event, ev.TicketTaken):
            taken[event.number] = event
        elif isinstance(event, ev.TicketCalled):
            calls.append(event)
        elif isinstance(event, ev.StepUndone):
            calls = [call for call in calls if call.call not in event.calls]
    for named in filter(None, (number, other)):
        if named not in taken:
            raise NotCalled(f"there is no ticket {named} in this day of the journal")
    mine = [call for call in calls if call.number == number]
    if not mine:
        raise NotCalled(f"{number} was taken at {taken[number].at:%H:%M:%S} and has not been called")
    lines = [_call(call, taken[number]) for call in mine]
    return [*lines, _compared(mine[0], taken[number], taken[other], calls)] if other else lines


def _call(call: ev.TicketCalled, taken: ev.TicketTaken) -> str:
    waited = round((call.at - taken.at).total_seconds() / 60)
    klass, klass_en = CLASS_NAMES.get(taken.klass, (taken.klass, taken.klass))
    reason = why_sentence(call.why)
    return (
        f"{call.number}（{klass}）{call.at:%H:%M:%S} 叫到 {call.window} 号窗口，等了 {waited} 分钟：{reason['zh']}。 "
        f"{call.number} ({klass_en}) called to window {call.window} at {call.at:%H:%M:%S} after {waited} min: "
        f"{reason['en']}."
    )


def _compared(call: ev.TicketCalled, mine: ev.TicketTaken, other: ev.TicketTaken, calls: list[ev.TicketCalled]) -> str:
    theirs = next((each for each in calls if each.number == other.number), None)
    if theirs is not None and theirs.call < call.call:
        return f"{other.number} 更早叫到（{theirs.at:%H:%M:%S}）。 {other.number} was called earlier."
    when = f"{theirs.at:%H:%M:%S}" if theirs else "-"
    if other.at > call.at:
        return f"{other.number} 那时还没有取号。 {other.number} had not been taken by then."
    older = "更早取号" if other.at < mine.at else "更晚取号"
    older_en = "was taken earlier" if other.at < mine.at else "was taken later"
    return (
        f"{other.number} {older}（{other.at:%H:%M:%S}），后来叫到：{when}。 "
        f"{other.number} {older_en} and called afterwards: {when}."
    )
