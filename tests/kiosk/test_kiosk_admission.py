"""At the kiosk: not open yet, over, few left, none left; who has a number, who needs an ID, who has booked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
ID = "11010519491231002X"
LATER = {"open": False, "opens_at": "2026-03-18T13:30:00+08:00", "state": "closed", "stopped": None}
LATER |= {
    "sentence": {"zh": "上午取号已结束，今天 13:30 开始", "en": "No more numbers this morning; next time at 13:30"}
}
TOMORROW = {"open": False, "opens_at": "2026-03-19T08:30:00+08:00", "state": "finishing", "stopped": None}
TOMORROW |= {"sentence": {"zh": "今日取号已结束，明天 08:30 开始", "en": "No more numbers today; tomorrow at 08:30"}}


def shut(hub: Any, hours: dict[str, Any], zones: int | None = None) -> None:
    """The first `zones` zones give no numbers."""
    view = hub.views["kiosk", "1"]
    for zone in view["zones"][:zones]:
        zone.update(hours)


def to_rent(page: Page) -> None:
    """The page with the materials of 公积金提取（租房）."""
    page.locator(".zone").nth(2).click()
    page.locator(".s").first.click()
    expect(page.locator("[data-act=take]")).to_be_visible()


def test_before_hours_the_kiosk_says_when_it_begins(hub: Any, screen: Any) -> None:
    shut(hub, LATER)
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator("h1")).to_have_text("13:30 开始取号")
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Tickets from 13:30")
    expect(page.locator(".lead")).to_contain_text("next time at 13:30")


def test_after_the_last_ticket_those_with_one_read_that_they_are_served(hub: Any, screen: Any) -> None:
    shut(hub, TOMORROW)
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator("h1")).to_have_text("现在不取号")
    expect(page.locator(".lead")).to_contain_text("明天 08:30 开始")
    expect(page.locator(".lead")).to_contain_text("已经取号的，都会办完")


def test_a_zone_that_opens_later_is_a_flat_key_with_its_time(hub: Any, screen: Any) -> None:
    shut(hub, LATER, 2)
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".zone").first).to_be_disabled()
    expect(page.locator(".zone").first).to_contain_text("13:30 开始取号")
    expect(page.locator(".zone").nth(2)).to_be_enabled()


def test_a_queue_tells_how_few_numbers_are_left_and_that_none_is(hub: Any, screen: Any) -> None:
    queues = hub.views["kiosk", "1"]["queues"]
    queues["c"].update(left=3, few_left=True)
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone").nth(2).click()
    row = page.locator(".s").first
    expect(row).to_contain_text("还剩 3 个号")
    queues["c"].update(left=0, few_left=False)
    hub.change("kiosk", "1")
    expect(row).to_be_disabled()
    expect(row).to_contain_text("号已取完")
    expect(row).to_contain_text("如窗口空闲，可直接到窗口办理")


def test_the_last_number_that_goes_while_one_reads_closes_the_black_key(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    hub.views["kiosk", "1"]["queues"]["c"].update(left=0)
    hub.change("kiosk", "1")
    expect(page.locator("[data-act=take]")).to_be_disabled()
    expect(page.locator(".tip")).to_contain_text("今日号已取完，如窗口空闲可直接到窗口办理")


def test_who_waits_already_reads_the_number_and_where(hub: Any, screen: Any) -> None:
    said = "您在这里已经有 C019 号，等候中：请到 3 楼公积金区等候"
    hub.answers["tickets"] = (409, {"code": "already_waiting", "detail": said, "facts": {"number": "C019"}})
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    page.click("[data-act=take]")
    expect(page.get_by_role("alert").locator(".no")).to_have_attribute("aria-label", "C019")
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_role("alert")).to_contain_text("没有取号")


def test_a_service_that_needs_it_asks_for_the_id_number_and_checks_it(hub: Any, screen: Any) -> None:
    for service in hub.services:
        service["person"] = "required"
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    page.click("[data-act=take]")
    expect(page.locator("h1")).to_have_text("请输入身份证号")
    for key in ID[:-1]:
        page.click(f".kb button:text-is('{key}')")
    expect(page.locator("[data-act=done]")).to_be_disabled()
    page.click(".kb button:text-is('9')")
    expect(page.get_by_role("alert")).to_have_text("这个号码不对，请核对后再输入")
    page.get_by_label("删除").click()
    page.click(".kb button:text-is('X')")
    expect(page.locator(".typed")).not_to_contain_text("1949")
    page.click("text=看号码")
    expect(page.locator(".typed")).to_contain_text("1949")
    page.click("[data-act=done]")
    expect(page.locator(".big .no")).to_have_attribute("aria-label", "C032")
    [(path, body, _)] = hub.asked
    assert (path, body) == ("tickets", {"service": "c-rent", "person": ID, "kiosk": "1"})


BLOCKED = {
    "code": "blocked",
    "detail": "您近来几次取号后没有来，到 4 月 3 日为止不能取号；有事请到服务台",
    "detail_en": "You did not come several times: no numbers until 3 April. Reception can help",
}


def test_who_is_blocked_reads_where_to_go_in_both_languages(hub: Any, screen: Any) -> None:
    for service in hub.services:
        service["person"] = "required"
    hub.answers["tickets"] = (409, BLOCKED)
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    for sentence in (BLOCKED["detail"], BLOCKED["detail_en"]):
        page.click("[data-act=take]")
        expect(page.locator(".kb.pad")).to_be_visible()
        page.keyboard.type(ID)
        page.click("[data-act=done]")
        expect(page.get_by_role("alert")).to_have_text(sentence)
        page.click(".bk")
        if sentence == BLOCKED["detail"]:
            page.click("text=English")
    assert len(hub.asked) == 2


def test_a_booking_is_checked_in_with_its_code(hub: Any, screen: Any) -> None:
    for service in hub.services:
        service["bookings"] = True
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".check-in")
    expect(page.locator(".entry")).to_be_visible()
    for key in "K7QM4XPD":
        page.click(f".kb button:text-is('{key}')")
    expect(page.locator(".typed")).to_have_text("K7QM4XPD")
    page.click("[data-act=done]")
    expect(page.locator(".slot-time")).to_contain_text("预约 10:00")
    [(path, body, key)] = hub.asked
    assert (path, body) == ("bookings/K7QM4XPD/check-in", {"kiosk": "1"})
    assert key


def test_a_booking_is_checked_in_with_the_id_a_reader_types(hub: Any, screen: Any) -> None:
    for service in hub.services:
        service["bookings"] = True
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".check-in")
    expect(page.locator(".entry")).to_be_visible()
    page.click("text=用身份证号")
    expect(page.locator(".kb.pad")).to_be_visible()
    page.keyboard.type(ID)
    page.click("[data-act=done]")
    expect(page.locator(".big .no")).to_be_visible()
    [(path, body, _)] = hub.asked
    assert (path, body) == ("bookings/check-in", {"person": ID, "kiosk": "1"})


def test_who_comes_too_early_reads_from_when_and_may_type_again(hub: Any, screen: Any) -> None:
    said = "您来早了，请 09:50 以后再来取号"
    hub.answers["bookings/K7QM4XPD/check-in"] = (409, {"code": "too_early", "detail": said})
    for service in hub.services:
        service["bookings"] = True
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".check-in")
    expect(page.locator(".entry")).to_be_visible()
    page.keyboard.type("k7qm4xpd")
    page.click("[data-act=done]")
    expect(page.get_by_role("alert")).to_have_text(said)
    page.keyboard.press("Backspace")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("size", [KIOSK, WIDE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["", "大字", "低位", "English", "低位 大字", "大字 English"])
def test_nothing_overflows_where_something_is_typed_or_refused(
    hub: Any, screen: Any, size: Any, mode: str, overflow: Any
) -> None:
    said = "您在这里已经有 C019 号，等候中：请到 3 楼公积金区 97–116 号窗口等候"
    hub.answers["bookings/K7QM4XPD/check-in"] = (409, {"code": "booking_used", "detail": said})
    for service in hub.services:
        service.update(bookings=True, person="optional")
    page = screen(*size).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    for key in mode.split():
        if key == "低位" and size == WIDE:
            continue  # a screen that lies wide is low already
        page.click(f".foot >> text={key}")
    found = {"home": overflow(page)}
    page.click(".check-in")
    expect(page.locator(".entry")).to_be_visible()
    page.keyboard.type("K7QM4XPD")
    page.click("[data-act=done]")
    expect(page.get_by_role("alert")).to_be_visible()
    found["code refused"] = overflow(page)
    small = page.evaluate(
        "() => [...document.querySelectorAll('main button')].map((b) => b.getBoundingClientRect())"
        ".filter((r) => r.width < 80 || r.height < 80).length"
    )
    page.click(".kb .w >> nth=0")
    expect(page.locator(".kb.pad")).to_be_visible()
    page.keyboard.type(ID[:-1] + "1")
    expect(page.get_by_role("alert")).to_be_visible()
    found["wrong id"] = overflow(page)
    shut(hub, TOMORROW)
    hub.change("kiosk", "1")
    page.click(".bk")
    expect(page.locator(".stop")).to_be_visible()
    found["closed"] = overflow(page)
    assert found == {name: [] for name in found}
    assert small == 0
