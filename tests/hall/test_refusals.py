"""Every no of the rules: how it comes about, that it changes nothing, and that a person can understand it."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter
from typing import Any

import pytest

from hall import commands as c
from hall.errors import SENTENCES, STATES, Refused

from . import (
    ways_of_admission,
    ways_of_booking,
    ways_of_coming,
    ways_of_persons,
    ways_of_printing,
    ways_of_undo,
    ways_of_visits,
)

Way = Callable[[Any], str]


def closed(counter: Any) -> str:
    return counter.refusal(c.CallNext, window="1")


def paused(counter: Any) -> str:
    counter.open("1")
    counter.do(c.PauseWindow, window="1", reason="午餐")
    return counter.refusal(c.CallNext, window="1")


def called(counter: Any, *windows: str) -> None:
    counter.take("a")
    counter.open("1", *windows)
    counter.next()


def busy(counter: Any) -> str:
    called(counter)
    assert counter.refusal(c.PauseWindow, window="1") == "busy"
    return counter.refusal(c.CloseWindow, window="1")


def busy_with_another(counter: Any) -> str:
    called(counter)
    counter.do(c.HoldTicket, window="1")
    counter.take("a")
    counter.next()
    return counter.refusal(c.ResumeTicket, window="1", number="A001")


def serving(counter: Any) -> None:
    called(counter)
    counter.do(c.StartService, window="1")


def already_serving(counter: Any) -> str:
    serving(counter)
    return counter.refusal(c.StartService, window="1")


def not_called(counter: Any) -> str:
    serving(counter)
    assert counter.refusal(c.Recall, window="1") == "not_called"
    return counter.refusal(c.MarkNoShow, window="1")


def recall_limit(counter: Any) -> str:
    called(counter)
    for _ in range(counter.plan.recall_limit):
        counter.at += 1
        counter.do(c.Recall, window="1")
    counter.at += 1
    return counter.refusal(c.Recall, window="1")


def recall_too_soon(counter: Any) -> str:
    called(counter)
    counter.at += 4.9 / 60
    return counter.refusal(c.Recall, window="1")


def not_waiting(counter: Any) -> str:
    called(counter, "2")
    return counter.refusal(c.CallNumber, window="2", number="A001")


def same_window(counter: Any) -> str:
    called(counter)
    return counter.refusal(c.TransferTicket, window="1", to_window="1")


def where(counter: Any) -> str:
    called(counter)
    assert counter.refusal(c.TransferTicket, window="1", queue="b", to_window="2") == "transfer_where"
    return counter.refusal(c.TransferTicket, window="1")


def unknown_queue(counter: Any) -> str:
    called(counter)
    return counter.refusal(c.TransferTicket, window="1", queue="x")


def clerk_elsewhere(counter: Any) -> str:
    counter.open("1")
    return counter.refusal(c.OpenWindow, window="2", clerk="0001")


def other_clerk(counter: Any) -> str:
    counter.open("1")
    return counter.refusal(c.OpenWindow, window="1", clerk="0003")


def window_open(counter: Any) -> str:
    counter.open("1")
    return counter.refusal(c.OpenWindow, window="1")


def finished(counter: Any) -> None:
    serving(counter)
    counter.do(c.FinishService, window="1")


def already_rated(counter: Any) -> str:
    finished(counter)
    counter.do(c.RateVisit, number="A001", grade="满意")
    return counter.refusal(c.RateVisit, number="A001", grade="dissatisfied", knows="token")


def rating_over(counter: Any) -> str:
    finished(counter)
    counter.at += counter.plan.rating_days * 24 * 60 + 1
    return counter.refusal(c.RateVisit, number="A001", grade="satisfied", knows="token")


def not_prompted(counter: Any) -> str:
    finished(counter)
    counter.at += counter.plan.rating_s / 60 + 0.1
    return counter.refusal(c.RateVisit, number="A001", grade="satisfied")


def not_finished(counter: Any) -> str:
    serving(counter)
    return counter.refusal(c.RateVisit, number="A001", grade="satisfied", knows="token")


def unknown_grade(counter: Any) -> str:
    finished(counter)
    return counter.refusal(c.RateVisit, number="A001", grade="5")


def not_held(counter: Any) -> str:
    counter.take("a")
    counter.open("1")
    return counter.refusal(c.ResumeTicket, window="1", number="A001")


def no_ticket(counter: Any) -> str:
    counter.open("1")
    for command in (c.Recall, c.Arrive, c.StartService, c.FinishService, c.MarkNoShow, c.HoldTicket, c.ResumeTicket):
        assert counter.refusal(command, window="1") == "no_ticket"
    return counter.refusal(c.TransferTicket, window="1", queue="b")


def nobody_waiting(counter: Any) -> str:
    counter.open("1")
    return counter.refusal(c.CallNext, window="1")


def refused(command: type[c.Command], **words: Any) -> Way:
    return lambda counter: counter.refusal(command, **words)


def not_missed(counter: Any) -> str:
    counter.take("a")
    return counter.refusal(c.ReturnTicket, number="A001")


def not_idle(counter: Any) -> str:
    called(counter)
    return counter.refusal(c.CallWhenIdle, window="1", idle_since=counter.now)


def until_past(counter: Any) -> str:
    counter.open("1")
    return counter.refusal(c.PauseWindow, window="1", reason="午餐", until=counter.now.isoformat())


def until_far(counter: Any) -> str:
    counter.open("1")
    return counter.refusal(c.PauseWindow, window="1", reason="培训", until="9999-12-31T23:59:59-23:59")


WAYS: dict[str, Way] = {
    "unknown_service": refused(c.TakeTicket, service="x", token="t"),
    "unknown_class": refused(c.TakeTicket, service="sa", token="t", klass="vip"),
    "unknown_kiosk": refused(c.TakeTicket, service="sa", token="t", kiosk="9"),
    "not_served": refused(c.TakeTicket, service="sn", token="t"),
    "unknown_window": refused(c.CallNext, window="9"),
    "unknown_clerk": refused(c.OpenWindow, window="1", clerk="9999"),
    "unknown_ticket": refused(c.RateVisit, number="A999", grade="satisfied"),
    "unknown_queue": unknown_queue,
    "unknown_grade": unknown_grade,
    "nobody_waiting": nobody_waiting,
    "window_closed": closed,
    "window_open": window_open,
    "window_paused": paused,
    "clerk_elsewhere": clerk_elsewhere,
    "other_clerk": other_clerk,
    "no_ticket": no_ticket,
    "busy": busy,
    "already_serving": already_serving,
    "not_called": not_called,
    "recall_limit": recall_limit,
    "recall_too_soon": recall_too_soon,
    "not_waiting": not_waiting,
    "not_held": not_held,
    "not_missed": not_missed,
    "transfer_where": where,
    "same_window": same_window,
    "not_finished": not_finished,
    "already_rated": already_rated,
    "rating_over": rating_over,
    "not_prompted": not_prompted,
    **ways_of_coming.WAYS,
    **ways_of_booking.WAYS,
    **ways_of_admission.WAYS,
    "not_idle": not_idle,
    "until_past": until_past,
    "until_far": until_far,
    **ways_of_persons.WAYS,
    **ways_of_visits.WAYS,
    **ways_of_undo.WAYS,
    **ways_of_printing.WAYS,
}


def facts_of(code: str) -> dict[str, str]:
    """Something for each fact that the sentences of this refusal speak of."""
    named = {name for sentence in SENTENCES[code] for _, name, _, _ in Formatter().parse(sentence) if name}
    return dict.fromkeys(named - {"it", "state", "state_en"}, "7")


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_can_come_about_and_changes_nothing(counter: Any, code: str) -> None:
    """`refusal` compares the pictures before and after."""
    assert WAYS[code](counter) == code


@pytest.mark.parametrize("code", SENTENCES)
def test_a_refusal_is_a_sentence_in_both_languages_with_its_facts(code: str) -> None:
    refusal = Refused(code, "A001", "waiting", **facts_of(code))
    for sentence in (refusal.sentence, refusal.sentence_en):
        assert sentence and "{" not in sentence
    assert not refusal.sentence.isascii() and refusal.sentence_en.isascii()
    assert ("{it}" in SENTENCES[code][0]) == ("A001" in refusal.sentence)
    assert str(refusal) == refusal.sentence_en


def test_only_what_does_not_exist_is_unknown() -> None:
    assert {code for code in SENTENCES if Refused(code, **facts_of(code)).unknown} == {
        code for code in SENTENCES if code.startswith("unknown_")
    }


def test_the_sentence_says_in_which_state_the_ticket_is() -> None:
    for state, (zh, en) in STATES.items():
        refusal = Refused("not_waiting", "A001", state)
        assert zh in refusal.sentence and en in refusal.sentence_en


def test_busy_protects_the_visitor_at_the_window_from_a_held_one(counter: Any) -> None:
    assert busy_with_another(counter) == "busy"


def test_how_long_to_wait_before_calling_again_is_true_to_the_second(counter: Any) -> None:
    called(counter)
    with pytest.raises(Refused, match="wait 5 s"):
        counter.do(c.Recall, window="1")
    counter.at += 4.5 / 60
    with pytest.raises(Refused, match="wait 1 s"):
        counter.do(c.Recall, window="1")
    counter.at += 0.5 / 60
    counter.do(c.Recall, window="1")


def test_a_clock_that_is_set_back_does_not_forbid_calling_again_for_an_hour(counter: Any) -> None:
    counter.at = 90
    called(counter)
    counter.at = 30
    counter.do(c.Recall, window="1")
