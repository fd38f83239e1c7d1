"""The ticket on the visitor's phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

PHONE = (390, 844)
LOST_MS = 15_000  # to notice a cut wire and wait three seconds, or to find the way back
CALLED = {"window": "103", "window_name": "103", "floor": "3", "at": "2026-03-18T09:57:55+08:00", "again": 1}


def test_the_phone_follows_the_ticket_from_waiting_to_rated(hub: Any, screen: Any, overflow: Any) -> None:
    page = screen(*PHONE).open("/t/tok")
    expect(page.locator(".two")).to_contain_text("5 人")
    expect(page.locator(".track i.w")).to_have_count(5)
    hub.change("ticket", "tok", state="called", called=CALLED, ahead=0)
    expect(page.locator("h1")).to_have_text("轮到您了")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 200, 46)")
    expect(page.locator(".to .n")).to_have_text("103")
    assert overflow(page, scrolls=True) == []
    hub.change("ticket", "tok", state="serving")
    expect(page.locator("h1")).to_have_text("正在办理")
    hub.change("ticket", "tok", state="finished", finished_at=CALLED["at"], rating={"open": True, "grade": None})
    page.click("[data-grade=very_satisfied]")
    expect(page.locator("h1")).to_have_text("谢谢，收到了")
    [(_, body, _)] = hub.asked
    assert (body["ticket"], body["channel"], body["check"]) == ("C032", "phone", "47")


def test_the_phone_rings_when_called_after_the_first_touch_until_heard(hub: Any, screen: Any) -> None:
    page = screen(*PHONE).open("/t/tok")
    page.click("[data-act=ring]")
    expect(page.locator("body")).to_have_attribute("data-rung", "1")
    hub.change("ticket", "tok", state="called", called=CALLED)
    expect(page.locator("body")).to_have_attribute("data-rung", "2")
    expect(page.locator(".foot")).to_contain_text("正在响铃")
    page.click("[data-act=coming]")
    expect(page.locator(".foot")).to_contain_text("铃声已关")
    hub.change("ticket", "tok", called={**CALLED, "again": 2})
    expect(page.locator("body")).to_have_attribute("data-rung", "3")


@pytest.mark.parametrize("state", ["held", "missed", "arrived", "serving", "abandoned", "unserved"])
@pytest.mark.parametrize("mode", ["", "大字", "EN"])
def test_every_state_of_a_ticket_is_a_sentence_that_fits(
    hub: Any, screen: Any, state: str, mode: str, overflow: Any
) -> None:
    hub.change("ticket", "tok", state=state, called=CALLED)
    page = screen(*PHONE).open("/t/tok")
    if mode:
        page.click(f"text={mode}")
    expect(page.locator(".sentence h1")).not_to_have_text("")
    assert overflow(page, scrolls=True) == []


def test_who_missed_the_call_says_so_with_one_press(hub: Any, screen: Any) -> None:
    hub.change("ticket", "tok", state="missed")
    page = screen(*PHONE).open("/t/tok")
    with page.expect_response("**/return"):
        page.click("[data-act=back]")
    [(path, body, key)] = hub.asked
    assert (path, body) == ("tickets/C032/return", {"check": "47"})
    assert key


@pytest.mark.parametrize("state", ["waiting", "held", "missed"])
def test_a_number_is_given_up_only_after_saying_so_twice(hub: Any, screen: Any, state: str) -> None:
    hub.change("ticket", "tok", state=state)
    page = screen(*PHONE).open("/t/tok")
    page.click("[data-act=give-up]")
    page.click("[data-act=stay]")
    expect(page.locator("[data-act=give-up]")).to_be_visible()
    assert hub.asked == []
    page.click("[data-act=give-up]")
    with page.expect_response("**/abandon"):
        page.click("[data-act=give-up-yes]")
    [(path, body, key)] = hub.asked
    assert (path, body) == ("tickets/C032/abandon", {"check": "47"})
    assert key
    hub.change("ticket", "tok", state="abandoned")
    expect(page.locator("h1")).to_have_text("这个号不用了")


def test_a_number_that_is_called_while_one_thinks_of_leaving_shows_the_call(hub: Any, screen: Any) -> None:
    page = screen(*PHONE).open("/t/tok")
    page.click("[data-act=give-up]")
    hub.change("ticket", "tok", state="called", called=CALLED)
    expect(page.locator("h1")).to_have_text("轮到您了")


@pytest.mark.parametrize("mode", ["", "大字", "EN", "EN Large"])
def test_a_ticket_of_many_steps_says_which_is_now(hub: Any, screen: Any, mode: str, overflow: Any) -> None:
    names = ["照相", "住房公积金异地个人住房贷款缴存使用证明", "缴费、领证"]
    steps = [{"queues": [n], "name": n, "done": [], "skipped": []} for n in names]
    steps[0]["done"] = steps[0]["queues"]
    visit = {"steps": steps, "step": 2, "next": [names[2]]}
    hub.change("ticket", "tok", visit=visit, slot="2026-03-18T10:00:00+08:00")
    page = screen(360, 640).open("/t/tok")
    for key in mode.split():
        page.click(f".foot >> text={key}")
    expect(page.locator(".steps .now")).to_contain_text(names[1])
    expect(page.locator(".slot")).to_contain_text("10:00")
    assert overflow(page, scrolls=True) == []


@pytest.mark.parametrize("mode", ["", "大字", "EN", "EN Large"])
def test_a_call_is_whole_on_the_narrowest_phone(hub: Any, screen: Any, mode: str, overflow: Any) -> None:
    hub.change("ticket", "tok", state="called", called=CALLED)
    page = screen(360, 640).open("/t/tok")
    for key in mode.split():
        page.click(f".foot >> text={key}")
    expect(page.locator(".to .n")).to_have_text("103")
    assert overflow(page, scrolls=True) == []


def test_the_phone_shows_the_age_of_what_it_shows_when_the_link_is_lost(hub: Any, screen: Any) -> None:
    page = screen(*PHONE).open("/t/tok")
    expect(page.locator(".foot")).to_contain_text("已连接 · 09:58:07 更新")
    hub.cut()
    expect(page.locator(".foot")).to_contain_text("没有连接", timeout=LOST_MS)
    expect(page.locator(".big, main > .no")).to_be_visible()
    hub.mend()
    expect(page.locator(".foot")).to_contain_text("已连接", timeout=LOST_MS)


def test_a_token_that_nobody_has_is_answered_in_a_sentence(screen: Any) -> None:
    page = screen(*PHONE).open("/t/nope")
    expect(page.locator("h1")).to_have_text("没有找到这个号")
