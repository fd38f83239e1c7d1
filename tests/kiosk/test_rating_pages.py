"""The rating tablets: at the window, and away from it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

PAD = (1280, 800)


def test_a_good_grade_is_sent_at_once_and_thanked_for(hub: Any, screen: Any, overflow: Any) -> None:
    page = screen(*PAD).open("/pad/103")
    expect(page.locator(".g")).to_have_count(5)
    boxes = [box.bounding_box() for box in page.locator(".g").all()]
    assert len({(round(b["width"]), round(b["height"])) for b in boxes}) == 1
    assert overflow(page) == []
    page.click("[data-grade=satisfied]")
    expect(page.locator("h1")).to_have_text("谢谢，收到了")
    sent = {"ticket": "C032", "channel": "pad", "grade": "satisfied", "aspects": [], "words": ""}
    assert [(path, body) for path, body, _ in hub.asked] == [("ratings", sent)]


def test_a_poor_grade_asks_once_what_went_wrong(hub: Any, screen: Any, overflow: Any) -> None:
    page = screen(*PAD).open("/pad/103")
    page.click("[data-grade=very_dissatisfied]")
    expect(page.locator("h1")).to_have_text("哪里没做好？")
    assert overflow(page) == []
    page.click("[data-act=submit]")
    expect(page.get_by_role("alert")).to_have_text("请至少选一样，或写几句")
    page.click("[data-aspect=attitude]")
    page.fill("textarea", "等了很久")
    page.click("[data-act=submit]")
    expect(page.locator("h1")).to_have_text("谢谢，收到了")
    [(_, body, _)] = hub.asked
    assert (body["grade"], body["aspects"], body["words"]) == ("very_dissatisfied", ["attitude"], "等了很久")


def test_the_pad_counts_down_by_the_halls_clock_and_sleeps(hub: Any, screen: Any, overflow: Any) -> None:
    page = screen(*PAD).open("/pad/103")
    left = int(page.locator(".left .n").inner_text())
    assert 26 <= left <= 28
    hub.change("pad", "103", rating=None)
    expect(page.locator(".asleep .n")).to_have_text("103")
    assert overflow(page) == []


def test_a_grade_given_on_the_keys_beside_the_pad_is_thanked_for_too(hub: Any, screen: Any) -> None:
    last = {"number": "C032", "at": "2026-03-18T10:19:00+08:00", "grade": None, "service_name": "公积金提取"}
    hub.views["pad", "103"]["last"] = last
    page = screen(*PAD).open("/pad/103")
    expect(page.locator(".g")).to_have_count(5)
    hub.change("pad", "103", rating=None, last={**last, "grade": "satisfied"})
    expect(page.locator("h1")).to_have_text("谢谢，收到了")
    expect(page.locator(".ft")).to_contain_text("公积金提取")


def test_a_rating_that_is_refused_is_said_in_a_sentence(hub: Any, screen: Any) -> None:
    hub.answers["ratings"] = (409, {"code": "already_rated", "detail": "这次服务已经评价过了，谢谢"})
    page = screen(*PAD).open("/pad/103")
    page.click("[data-grade=satisfied]")
    expect(page.get_by_role("alert")).to_have_text("这次服务已经评价过了，谢谢")


def test_away_from_the_desk_number_and_check_digits_rate(hub: Any, screen: Any, overflow: Any) -> None:
    page = screen(*PAD).open("/rate")
    for key in "C032":
        page.click(f".kp button:text-is('{key}')")
    page.click("[name=check]")
    for key in "47":
        page.click(f".kp button:text-is('{key}')")
    assert overflow(page) == []
    page.click("[data-act=next]")
    page.click("[data-grade=fairly_satisfied]")
    expect(page.locator("h1")).to_have_text("谢谢，收到了")
    [(_, body, _)] = hub.asked
    assert (body["ticket"], body["check"], body["channel"]) == ("C032", "47", "off_desk")
