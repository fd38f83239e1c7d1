"""The kiosk in a browser, as visitors use it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from printers.troubles import TROUBLES

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
LOST_MS = 15_000  # to notice a cut wire and wait three seconds, or to find the way back
PRINTED = {"number": "C032", "token": "tok", "state": "printed", "error": None, "slip": "/slips/x.png"}


def choose_rent(page: Page) -> None:
    """From home to the page with the materials of 公积金提取（租房）."""
    page.locator(".zone", has_text="公积金").click()
    page.locator(".s", has_text="租房").click()
    expect(page.locator("h1")).to_have_text("公积金提取（租房）")


def test_a_visitor_finds_the_service_sees_the_materials_and_takes_a_number(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    choose_rent(page)
    expect(page.locator(".m b").first).to_have_text("身份证")
    page.click("[data-act=take]")
    expect(page.locator(".big .no")).to_have_attribute("aria-label", "C032")
    expect(page.locator(".line")).to_contain_text("12 人")
    expect(page.locator(".line")).to_contain_text("20–40 分钟")
    [(path, body, key)] = hub.asked
    assert (path, body) == ("tickets", {"service": "c-rent", "kiosk": "1"})
    assert key


def test_the_slip_rises_with_the_real_slips_picture_when_it_is_printed(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    choose_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".side h2")).to_have_text("正在打印号票")
    hub.change("kiosk", "1", prints=[PRINTED])
    expect(page.locator(".side h2")).to_have_text("请取走号票")
    expect(page.locator(".paper img")).to_have_attribute("src", "/slips/x.png")
    assert page.evaluate("document.querySelector('.qr img').naturalWidth > 0")
    page.click("[data-act=done]")
    expect(page.locator(".home")).to_be_visible()


def test_an_estimate_that_is_not_known_is_said_so(hub: Any, screen: Any) -> None:
    queues = hub.views["kiosk", "1"]["queues"]
    queues["c"]["estimate"] = None
    page = screen(*KIOSK).open("/kiosk/1")
    choose_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".line")).to_contain_text("暂无法估计")


def test_a_number_that_did_not_print_stays_valid_and_goes_on_the_phone(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    choose_rent(page)
    page.click("[data-act=take]")
    hub.change("kiosk", "1", prints=[{**PRINTED, "state": "failed", "error": "no_paper", "slip": None}])
    expect(page.locator(".side h2")).to_have_text("号票没有打出来")
    expect(page.locator(".qr img")).to_be_visible()


def test_pinyin_initials_find_services_and_keys_that_lead_nowhere_are_flat(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".home .search")
    for letter in "GJJT":
        page.click(f".kb button:text-is('{letter}')")
    expect(page.locator(".s")).to_have_count(3)
    assert page.locator(".s em").all_inner_texts() == ["公积金提"] * 3
    expect(page.locator(".kb button:text-is('Q')")).to_be_enabled()
    expect(page.locator(".kb button:text-is('X')")).to_be_disabled()
    page.fill(".search input", "社保")
    expect(page.locator(".s")).to_have_count(1)


@pytest.mark.parametrize("words", [("今日号已取完，如窗口空闲可直接到窗口办理", "No more tickets today")])
def test_a_refusal_is_the_halls_own_sentence_in_the_visitors_language(hub: Any, screen: Any, words: Any) -> None:
    told = {"code": "quota_reached", "detail": words[0], "detail_en": words[1]}
    hub.answers["tickets"] = (409, told)
    page = screen(*KIOSK).open("/kiosk/1")
    choose_rent(page)
    page.click("[data-act=take]")
    expect(page.get_by_role("alert")).to_contain_text(words[0])
    page.click("text=English")
    page.click("[data-act=take]")
    expect(page.get_by_role("alert")).to_contain_text(words[1])


def test_a_failure_is_pressed_again_with_the_same_key_and_takes_one_number(hub: Any, screen: Any) -> None:
    hub.answers["tickets"] = (503, {"code": "journal"})
    page = screen(*KIOSK).open("/kiosk/1")
    choose_rent(page)
    page.click("[data-act=take]")
    expect(page.get_by_role("alert")).to_have_text("没有办成，请再按一次，或呼叫工作人员")
    hub.answers.clear()
    page.click("[data-act=take]")
    expect(page.locator(".done")).to_be_visible()
    assert len({key for _, _, key in hub.asked}) == 1


def test_without_paper_no_number_is_taken_and_there_are_three_ways_on(hub: Any, screen: Any, overflow: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    hub.change("kiosk", "1", printer={"state": "no_paper", "since": "2026-03-18T09:42:00+08:00", "stops": True})
    expect(page.locator("h1")).to_have_text("这台机器没有纸了")
    expect(page.locator(".way-on")).to_have_count(3)
    assert overflow(page) == []
    page.click("[data-act=phone]")
    choose_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".side h2")).to_have_text("请扫码，号在手机上")
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent"}]
    hub.change("kiosk", "1", printer={"state": "ok", "since": None, "stops": False})
    page.click("[data-act=done]")
    expect(page.locator(".home h1")).to_have_text("请选择要办的事")


def test_every_trouble_of_the_printer_has_its_own_word_and_what_only_warns_is_not_shown(
    hub: Any, screen: Any, overflow: Any
) -> None:
    """Two languages; near its end the page goes on, unless the site has it stop there."""
    page = screen(*KIOSK).open("/kiosk/1")
    said = set()
    for state in [*TROUBLES, "something new"]:
        hub.change("kiosk", "1", printer={"state": "ok", "since": None, "stops": False})
        expect(page.locator(".home")).to_be_visible()
        hub.change("kiosk", "1", printer={"state": state, "since": None, "stops": True})
        expect(page.locator(".paper-out h1")).to_be_visible()
        said.add(page.locator("h1").inner_text())
        assert overflow(page) == []
    assert len(said) == len(TROUBLES), "all but unknown and something new, which share theirs"
    hub.change("kiosk", "1", printer={"state": "near_end", "since": None, "stops": False})
    expect(page.locator(".home")).to_be_visible()


def test_a_lost_link_is_said_after_three_seconds_and_the_page_comes_back_by_itself(
    hub: Any, screen: Any, overflow: Any
) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    hub.cut()
    expect(page.locator("h1")).to_have_text("正在重新连接", timeout=LOST_MS)
    assert page.locator("[data-age]").inner_text() >= "0:03"
    drawn = page.locator(".way-on svg.i use").first.evaluate("(use) => use.getBBox().width")
    assert drawn > 0, "what is drawn after the wire was cut has its icons"
    assert overflow(page) == []
    hub.mend()
    expect(page.locator(".home h1")).to_have_text("请选择要办的事", timeout=LOST_MS)


def test_closed_is_a_sentence_and_everyone_with_a_ticket_is_served(hub: Any, screen: Any) -> None:
    zones = [{**zone, "open": False} for zone in hub.views["kiosk", "1"]["zones"]]
    hub.change("kiosk", "1", zones=zones)
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator("h1")).to_have_text("现在不取号")
    expect(page.locator(".lead")).to_contain_text("已经取号的，都会办完")


def test_an_untouched_page_asks_and_then_goes_home_and_forgets_the_settings(hub: Any, screen: Any) -> None:
    it = screen(*KIOSK)
    it.page.clock.install()
    page = it.open("/kiosk/1")
    page.click("text=大字")
    page.locator(".zone", has_text="公积金").click()
    page.clock.fast_forward(121_000)
    expect(page.get_by_role("alertdialog")).to_contain_text("还在吗？")
    page.click("text=继续")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.clock.fast_forward(145_000)
    expect(page.locator(".home h1")).to_have_text("请选择要办的事")


def test_staff_are_called_from_the_foot_and_the_visitor_is_told(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click("text=呼叫工作人员")
    expect(page.get_by_role("status")).to_have_text("已通知工作人员，请在这里稍等")
    assert [path for path, _, _ in hub.asked] == ["kiosks/1/staff"]
    hub.answers["kiosks/1/staff"] = (500, {})
    page.click("text=呼叫工作人员")
    expect(page.get_by_role("status")).to_have_text("没有通知到，请到总服务台")


def test_progress_tells_where_a_number_stands(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".home .progress")
    for key in "C032":
        page.click(f".kb button:text-is('{key}')")
    page.click("text=查询")
    expect(page.locator(".asked p")).to_have_text("等候中，前面 5 人")
    page.click(".kb button:text-is('2')")
    page.click("text=查询")
    expect(page.locator(".asked p")).to_have_text("今天没有 C0322 这个号")


def test_a_kiosk_that_the_hall_does_not_have_says_so(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/9")
    expect(page.locator("h1")).to_have_text("没有这台取号机")


@pytest.mark.parametrize("size", [KIOSK, WIDE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["", "大字", "低位", "English", "低位 大字", "大字 English"])
def test_nothing_overflows_on_any_kiosk_page_in_any_mode(
    hub: Any, screen: Any, size: Any, mode: str, overflow: Any
) -> None:
    page = screen(*size).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    for key in mode.split():
        if key == "低位" and size == WIDE:
            continue  # a screen that lies wide is low already
        page.click(f".foot >> text={key}")
    found = {"home": overflow(page)}
    page.click(".home .search")
    page.fill(".search input", "外商")
    found["long search"] = overflow(page)
    page.click(".s:has-text('外商'), .s:has-text('foreign')")
    found["long materials"] = overflow(page)
    page.click("[data-act=take]")
    expect(page.locator(".done")).to_be_visible()
    hub.change("kiosk", "1", prints=[{**PRINTED, "number": "A032"}])
    expect(page.locator("[data-print=printed]")).to_be_visible()
    found["done"] = overflow(page)
    assert found == {name: [] for name in found}


@pytest.mark.parametrize("mode", ["", "大字"])
def test_every_target_is_large_enough_for_a_finger(screen: Any, mode: str) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    if mode:
        page.click(f"text={mode}")
    small = page.evaluate(
        "() => [...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect())"
        ".filter((r) => r.width < 80 || r.height < 80).length"
    )
    assert small == 0


def test_large_type_has_words_of_44_px_and_five_choices_a_page(screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click("text=大字")
    expect(page.locator(".zone")).to_have_count(5)
    small = page.evaluate(
        "() => [...document.querySelectorAll('button, button *, h1, p')].filter((e) => e.offsetParent"
        " && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())"
        " && parseFloat(getComputedStyle(e).fontSize) < 43.9).map((e) => e.innerText)"
    )
    assert small == []


def test_in_the_low_layout_everything_to_touch_is_within_the_lower_1100_px(screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click("text=低位")
    expect(page.locator(".call")).to_have_count(3)
    tops = page.evaluate("() => [...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect().top)")
    assert min(tops) >= 1920 - 1100 - 20


def test_a_number_is_taken_with_the_keyboard_alone(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className").startswith("btn zone"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".services")).to_be_visible()
    page.locator(".s").first.focus()
    page.keyboard.press("Enter")
    page.locator("[data-act=take]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_be_visible()
