"""出件 at the kiosk: the case number is typed or passed over; what the hub refuses is said there."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
ID = "11010519491231002X"
NONE = "不填，直接取号"


def to_case(hub: Any, page: Page, person: str = "none") -> None:
    """The page that asks for the case number of 公积金提取（租房）."""
    for service in hub.services:
        service.update(collection=True, person=person)
    page.goto(f"{page.url.split('/kiosk')[0]}/kiosk/1")
    page.locator(".zone").nth(2).click()
    page.locator(".s").first.click()
    page.click("[data-act=take]")
    expect(page.locator("h1")).to_have_text("领取办件")


def test_the_case_number_is_typed_with_a_finger_and_goes_along(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    to_case(hub, page)
    for key in "2026-B7":
        page.click(f".kb button:text-is('{key}')")
    expect(page.locator(".typed")).to_have_text("2026-B7")
    expect(page.locator("[data-act=done]")).to_have_text("取号")
    page.click("[data-act=done]")
    expect(page.locator(".big .no")).to_have_attribute("aria-label", "C032")
    [(path, body, _)] = hub.asked
    assert (path, body) == ("tickets", {"service": "c-rent", "case": "2026-B7", "kiosk": "1"})


def test_a_reader_types_the_case_number_and_presses_enter(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    to_case(hub, page)
    page.keyboard.type("gjj-2026-0318-0042\n")
    expect(page.locator(".big .no")).to_be_visible()
    [(_, body, _)] = hub.asked
    assert body["case"] == "GJJ-2026-0318-0042"


def test_who_has_no_case_number_passes_it_over_with_the_black_key(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    to_case(hub, page)
    expect(page.locator("[data-act=done]")).to_have_text(NONE)
    page.click("[data-act=done]")
    expect(page.locator(".big .no")).to_be_visible()
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent", "kiosk": "1"}]


def test_the_case_number_stays_when_the_id_number_is_asked_next_and_on_the_way_back(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    to_case(hub, page, "required")
    page.keyboard.type("0123")
    page.click("[data-act=done]")
    expect(page.locator("h1")).to_have_text("请输入身份证号")
    page.click(".bk")
    expect(page.locator(".typed")).to_have_text("0123")
    page.click("[data-act=done]")
    expect(page.locator(".kb.pad")).to_be_visible()
    page.keyboard.type(ID)
    page.click("[data-act=done]")
    expect(page.locator(".big .no")).to_be_visible()
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent", "person": ID, "case": "0123", "kiosk": "1"}]


def test_a_refusal_is_said_where_the_case_number_was_typed(hub: Any, screen: Any) -> None:
    said = "“公积金提取（租房）”不是领取事项，取号时不用填办件编号"
    hub.answers["tickets"] = (409, {"code": "not_collection", "detail": said})
    page = screen(*KIOSK).open("/kiosk/1")
    to_case(hub, page)
    page.keyboard.type("0123")
    page.click("[data-act=done]")
    expect(page.get_by_role("alert")).to_have_text(said)
    page.get_by_text("清空").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("[data-act=done]")).to_have_text(NONE)


@pytest.mark.parametrize("size", [KIOSK, WIDE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["", "大字", "低位", "English", "低位 大字", "大字 English"])
def test_the_page_of_the_case_number_fits_empty_full_and_refused(
    hub: Any, screen: Any, size: Any, mode: str, overflow: Any
) -> None:
    said = "您在这里已经有 C019 号，等候中：请到 3 楼公积金区 97–116 号窗口等候"
    hub.answers["tickets"] = (409, {"code": "already_waiting", "detail": said, "facts": {"number": "C019"}})
    page = screen(*size).open("/kiosk/1")
    to_case(hub, page)
    for key in mode.split():
        if key == "低位" and size == WIDE:
            continue  # a screen that lies wide is low already
        page.click(f".foot >> text={key}")
    found = {"empty": overflow(page)}
    page.keyboard.type("GJJ-2026-0318-0042-0123-4567-89W")
    found["full"] = overflow(page)
    page.click("[data-act=done]")
    expect(page.get_by_role("alert")).to_be_visible()
    found["refused"] = overflow(page)
    small = page.evaluate(
        "() => [...document.querySelectorAll('main button')].map((b) => b.getBoundingClientRect())"
        ".filter((r) => r.width < 79.5 || r.height < 79.5).map((r) => [r.width, r.height])"
    )
    cut = page.evaluate("() => ((it) => it.scrollWidth > it.clientWidth + 1)(document.querySelector('.typed'))")
    assert found == {name: [] for name in found}
    assert (small, cut) == ([], False)
