"""The pages that visitors touch, in a browser, as a visitor uses them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
PAD = (1280, 800)
PHONE = (390, 844)
LOST_MS = 15_000  # to notice a cut wire and wait three seconds, or to find the way back
STATIC = Path(__file__).parents[2] / "kiosk/static"
CALLED = {"window": "103", "window_name": "103", "floor": "3", "at": "2026-03-18T09:57:55+08:00", "again": 1}
PRINTED = {"number": "C032", "token": "tok", "state": "printed", "error": None, "slip": "/slips/x.png"}

# what sticks out of the screen or is wider than its box, and is not meant to be cut short
OVERFLOW = """() => [...document.querySelectorAll('body *')].filter((e) => {
  const r = e.getBoundingClientRect();
  if (!r.width || e.closest('.slot, svg')) return false;
  const out = r.right > innerWidth + 1 || r.left < -1 || (!PHONE && r.bottom > innerHeight + 1);
  const cut = ['BUTTON', 'MAIN'].includes(e.tagName) && !PHONE
    && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
  return out || cut;
}).map((e) => `${e.tagName}.${e.className} ${e.innerText}`.slice(0, 90))"""


def overflow(page: Page, phone: bool = False) -> list[str]:
    return page.evaluate(OVERFLOW.replace("PHONE", "true" if phone else "false"))


def catalogue(lang: str) -> dict[str, str]:
    return json.loads((STATIC / f"words/{lang}.js").read_text("utf-8").removeprefix("export default ").rstrip(";\n"))


def choose_rent(page: Page) -> None:
    """From home to the page with the materials of 公积金提取（租房）."""
    page.locator(".zone", has_text="公积金").click()
    page.locator(".s", has_text="租房").click()
    expect(page.locator("h1")).to_have_text("公积金提取（租房）")


def test_both_languages_say_the_same_things() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert list(zh) == list(en)
    facts = re.compile(r"\{(\w+)\}")
    missing = {name for name in zh if not set(facts.findall(en[name])) <= set(facts.findall(zh[name]))}
    assert missing == set()


def test_every_sentence_a_page_asks_for_is_in_the_catalogue_and_no_chinese_is_in_the_code() -> None:
    known = catalogue("zh")
    for file in [*STATIC.glob("*.js"), *STATIC.glob("scenes/*.js")]:
        code = re.sub(r"/\*\*.*?\*/", "", file.read_text("utf-8"), flags=re.S)
        code = "\n".join(re.sub(r"(^|\s)//.*", "", line) for line in code.splitlines())
        assert {name for name in re.findall(r'\bt\("(\w+)"', code) if name not in known} == set(), file.name
        # how a config writes a material's form is read by a pattern: that is data, not something said
        said = re.findall(r"[\u4e00-\u9fff]+", re.sub(r"/\^.*?\$/", "", code))
        assert said == [], file.name


def test_a_visitor_finds_the_service_sees_the_materials_and_takes_a_number(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    choose_rent(page)
    expect(page.locator(".m b").first).to_have_text("身份证")
    page.click("[data-act=take]")
    expect(page.locator(".big .no")).to_have_attribute("aria-label", "C032")
    expect(page.locator(".line")).to_contain_text("12 人")
    expect(page.locator(".line")).to_contain_text("九成的人 35 分钟内叫到")
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
    expect(page.locator(".line")).to_contain_text("暂时估不准")


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


def test_without_paper_no_number_is_taken_and_there_are_three_ways_on(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    hub.change("kiosk", "1", printer={"state": "no_paper", "since": "2026-03-18T09:42:00+08:00"})
    expect(page.locator("h1")).to_have_text("这台机器没有纸了")
    expect(page.locator(".way-on")).to_have_count(3)
    assert overflow(page) == []
    page.click("[data-act=phone]")
    choose_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".side h2")).to_have_text("请扫码，号在手机上")
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent"}]
    hub.change("kiosk", "1", printer={"state": "ok", "since": None})
    page.click("[data-act=done]")
    expect(page.locator(".home h1")).to_have_text("请选择要办的事")


def test_a_lost_link_is_said_after_three_seconds_and_the_page_comes_back_by_itself(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    hub.cut()
    expect(page.locator("h1")).to_have_text("正在重新连接", timeout=LOST_MS)
    assert page.locator("[data-age]").inner_text() >= "0:03"
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
@pytest.mark.parametrize("mode", ["", "大字", "低位", "English", "低位 大字"])
def test_nothing_overflows_on_any_kiosk_page_in_any_mode(hub: Any, screen: Any, size: Any, mode: str) -> None:
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


def test_a_good_grade_is_sent_at_once_and_thanked_for(hub: Any, screen: Any) -> None:
    page = screen(*PAD).open("/pad/103")
    expect(page.locator(".g")).to_have_count(5)
    boxes = [box.bounding_box() for box in page.locator(".g").all()]
    assert len({(round(b["width"]), round(b["height"])) for b in boxes}) == 1
    assert overflow(page) == []
    page.click("[data-grade=satisfied]")
    expect(page.locator("h1")).to_have_text("谢谢，收到了")
    sent = {"ticket": "C032", "channel": "pad", "grade": "satisfied", "aspects": [], "words": ""}
    assert [(path, body) for path, body, _ in hub.asked] == [("ratings", sent)]


def test_a_poor_grade_asks_once_what_went_wrong(hub: Any, screen: Any) -> None:
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


def test_the_pad_counts_down_by_the_halls_clock_and_sleeps(hub: Any, screen: Any) -> None:
    page = screen(*PAD).open("/pad/103")
    left = int(page.locator(".left .n").inner_text())
    assert 26 <= left <= 28
    hub.change("pad", "103", rating=None)
    expect(page.locator(".asleep .n")).to_have_text("103")
    assert overflow(page) == []


def test_a_rating_that_is_refused_is_said_in_a_sentence(hub: Any, screen: Any) -> None:
    hub.answers["ratings"] = (409, {"code": "already_rated", "detail": "这次服务已经评价过了，谢谢"})
    page = screen(*PAD).open("/pad/103")
    page.click("[data-grade=satisfied]")
    expect(page.get_by_role("alert")).to_have_text("这次服务已经评价过了，谢谢")


def test_away_from_the_desk_number_and_check_digits_rate(hub: Any, screen: Any) -> None:
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


def test_the_phone_follows_the_ticket_from_waiting_to_rated(hub: Any, screen: Any) -> None:
    page = screen(*PHONE).open("/t/tok")
    expect(page.locator(".two")).to_contain_text("5 人")
    expect(page.locator(".track i.w")).to_have_count(5)
    hub.change("ticket", "tok", state="called", called=CALLED, ahead=0)
    expect(page.locator("h1")).to_have_text("轮到您了")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 200, 46)")
    expect(page.locator(".to .n")).to_have_text("103")
    assert overflow(page, phone=True) == []
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


@pytest.mark.parametrize("state", ["held", "missed", "serving", "abandoned", "unserved"])
@pytest.mark.parametrize("mode", ["", "大字", "EN"])
def test_every_state_of_a_ticket_is_a_sentence_that_fits(hub: Any, screen: Any, state: str, mode: str) -> None:
    hub.change("ticket", "tok", state=state, called=CALLED)
    page = screen(*PHONE).open("/t/tok")
    if mode:
        page.click(f"text={mode}")
    expect(page.locator(".sentence h1")).not_to_have_text("")
    assert overflow(page, phone=True) == []


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
