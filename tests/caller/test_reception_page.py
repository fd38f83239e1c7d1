"""总服务台 in a real browser: check in, take a number for somebody, stop a zone, give a number up; by keyboard too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

TABLET = (1280, 800)


def booking(code: str, slot: str, state: str = "booked", number: str | None = None) -> dict:
    name = "住房公积金异地个人住房贷款缴存使用证明出具（配偶代办）"
    return {"code": code, "service_name": name, "slot": slot, "name": "王*海", "state": state, "number": number}


BOOKINGS = {
    "now": "2026-03-18T10:07:26+08:00",
    "day": "2026-03-18",
    "bookings": [
        booking("K7QM4XPD", "10:00"),
        booking("AB23CD45", "10:30", "checked_in", "C032"),
        booking("ZZ23CD45", "09:00", "no_show"),
    ],
    "totals": {"booked": 1, "checked_in": 1, "cancelled": 0, "no_show": 1},
}
TICKET = {"number": "C033", "ahead": 4, "windows": ["103", "104"], "state": "waiting"}


def ready(page: Page) -> None:
    """The rest after an answer is over: a double press is no yes."""
    expect(page.locator("[data-zone]").first).to_have_attribute("aria-disabled", "false")


@pytest.fixture
def reception(hub, visit, view) -> Callable[..., Page]:
    """`reception(zones=[…])` opens the page on the small hall's panel and three bookings."""

    def open_page(path: str = "/reception", **change: object) -> Page:
        hub.show("panel", "hall", {**view("small"), **change})
        hub.show("bookings", "today", BOOKINGS)
        page = visit(path, TABLET)
        page.wait_for_selector(".bk")
        page.wait_for_selector(".print")
        return page

    return open_page


def test_a_booking_is_checked_in_by_its_code_with_the_keyboard_alone(reception, hub, lives_until, fits):
    hub.answer = lambda name, body: (201, TICKET)
    page = reception()
    page.keyboard.press("F2")
    page.keyboard.type("k7qm4xpd")
    page.keyboard.press("Enter")
    expect(page.locator(".came [aria-label=C033]")).to_be_visible()
    expect(page.locator(".came")).to_contain_text("前面 4 人到 103、104 号窗口")
    assert (hub.posts[0]["path"], hub.posts[0]["body"]) == ("bookings/K7QM4XPD/check-in", {"kiosk": "k1"})
    assert hub.posts[0]["bearer"] == "Bearer token-of-r"
    assert fits(page) == []


def test_who_stands_in_the_list_is_checked_in_with_one_press_and_without_paper(reception, hub, lives_until):
    hub.answer = lambda name, body: (201, TICKET)
    page = reception()
    page.get_by_role("radio", name="不打印").click()
    page.locator("[data-check-in=K7QM4XPD]").click()
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["path"], hub.posts[0]["body"]) == ("bookings/K7QM4XPD/check-in", {})
    expect(page.locator("[data-check-in]")).to_have_count(1)  # the others came already, or never


def test_a_refusal_is_said_as_a_sentence(reception, hub):
    hub.answer = lambda name, body: (409, {"code": "too_early", "detail": "您来早了，请 09:50 以后再来取号"})
    page = reception()
    page.locator("[data-check-in=K7QM4XPD]").click()
    expect(page.get_by_role("alert")).to_have_text("您来早了，请 09:50 以后再来取号")


def test_a_zone_is_stopped_after_reading_who_is_left_and_opened_again(reception, hub, view, lives_until):
    left = {"left": [{"queue": "A", "name": "综合业务", "waiting": 2, "held": 0, "numbers": ["A003", "A004"]}]}
    refusal = (409, {"code": "visitors_left", "detail": "x", "facts": left})
    hub.answer = lambda name, body: (200, {}) if body.get("confirm") or name == "open" else refusal
    page = reception()
    zone = view("small")["zones"][0]
    page.locator(f"[data-zone={zone['id']}]").click()
    expect(page.get_by_role("dialog")).to_contain_text("仍要停止取号吗")
    expect(page.get_by_role("dialog").locator("[aria-label=A003]")).to_be_visible()
    ready(page)
    page.keyboard.press("Enter")
    lives_until(page, lambda: len(hub.posts) == 2)
    expect(page.get_by_role("status")).to_contain_text("已停止取号")
    stopped = {**zone, "stopped": {"at": "2026-03-18T10:07:00+08:00", "reason": ""}, "state": "finishing"}
    hub.show("panel", "hall", {**view("small"), "zones": [stopped]})
    expect(page.locator(".z").first).to_contain_text("10:07 起停止取号")
    ready(page)
    page.locator(f"[data-zone={zone['id']}]").click()
    lives_until(page, lambda: len(hub.posts) == 3)
    paths = [(each["path"], each["body"]) for each in hub.posts]
    where = f"zones/{zone['id']}"
    assert paths == [(f"{where}/close", {}), (f"{where}/close", {"confirm": True}), (f"{where}/open", {})]


@pytest.mark.parametrize(
    ("key", "typed", "path", "body", "says"),
    [
        ("F4", "c022", "tickets/C022/abandon", {}, "C022 已弃号"),
        ("F6", "11010519491231002x", "persons/unblock", {"person": "11010519491231002X"}, "限制已解除"),
    ],
)
def test_a_number_is_given_up_and_a_block_lifted_by_keyboard_alone(reception, hub, key, typed, path, body, says):
    page = reception()
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(says)
    assert (hub.posts[0]["path"], hub.posts[0]["body"]) == (path, body)


def test_out_of_hours_reception_reads_why_and_takes_the_number_all_the_same(reception, hub, lives_until, fits):
    """By keyboard alone: the refusal's own sentence, then the same wish with `confirm`; Esc would have left it."""
    refusal = (409, {"code": "not_open", "detail": "现在没有开始取号，明天 08:30 开始"})
    hub.answer = lambda name, body: (201, {**TICKET, "seq": 9}) if body.get("confirm") else refusal
    page = reception()
    page.keyboard.press("F3")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("租房")
    expect(page.get_by_role("dialog").locator("[role=radio]").first).to_contain_text("公积金提取（租房）")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("现在没有开始取号，明天 08:30 开始")
    expect(page.get_by_role("dialog")).to_contain_text("仍要取号")
    ready(page)
    page.keyboard.press("Enter")
    expect(page.locator(".came [aria-label=C033]")).to_be_visible()
    wish = {"service": "gjjtq", "class": "normal", "kiosk": "k1"}
    asked = [(each["path"], each["body"]) for each in hub.posts]
    assert asked == [("tickets", wish), ("tickets", {**wish, "confirm": True})]
    assert fits(page) == []


def test_a_refusal_that_staff_cannot_lift_asks_nothing(reception, hub, lives_until):
    """The queue's quota is out: the sentence is said, and no key takes the number all the same."""
    hub.answer = lambda name, body: (409, {"code": "quota_used", "detail": "今天的号已经取完"})
    page = reception()
    page.keyboard.press("F3")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("医保")
    page.get_by_role("radio", name="爱心").click()
    page.locator(".dialog .do").click()
    expect(page.get_by_role("alert")).to_have_text("今天的号已经取完")
    assert [each["body"] for each in hub.posts] == [{"service": "yb", "class": "care", "kiosk": "k1"}]


def test_who_is_at_a_window_that_is_gone_is_seen_and_put_back_or_finished(reception, hub, lives_until, fits):
    """With the name that the window had; who is on hold there is only put back."""
    at = {"service_name": "企业开办一件事", "window": "105", "window_name": "105", "since": BOOKINGS["now"]}
    tickets = [{**at, "number": f"C00{n}", "state": state} for n, state in enumerate(("called", "serving", "held"))]
    hub.show("lost", "hall", {"now": BOOKINGS["now"], "tickets": tickets})
    page = reception()
    expect(page.locator(".lo")).to_have_count(3)
    expect(page.locator(".lo").nth(1)).to_contain_text("105 号窗口 · 正在办")
    expect(page.locator("[data-lost$=C002]")).to_have_count(1)
    assert fits(page) == []
    page.locator("[data-lost='put-back C000']").click()
    expect(page.get_by_role("status").last).to_contain_text("C000 已放回排队")
    ready(page)
    page.locator("[data-lost='finish C001']").click()
    expect(page.get_by_role("status").last).to_contain_text("C001 已办结")
    paths = [(each["path"], each["body"]) for each in hub.posts]
    assert paths == [("tickets/C000/put-back", {}), ("tickets/C001/finish", {})]
    hub.show("lost", "hall", {"now": BOOKINGS["now"], "tickets": []})
    expect(page.locator(".lo")).to_have_count(0)


@pytest.mark.parametrize("hub", [False], indirect=True)
def test_outside_the_demo_reception_asks_for_its_token(hub, visit, view):
    hub.admits = lambda token: token == "good"
    hub.show("panel", "hall", view("small"))
    hub.show("bookings", "today", BOOKINGS)
    page = visit("/reception", TABLET)
    expect(page.locator("code")).to_have_text("hall token --role reception")
    page.get_by_label("令牌").fill("good")
    page.get_by_role("button", name="进入工作台").click()
    expect(page.locator(".bk").first).to_be_visible()


def test_the_english_reception_fits(reception, fits):
    page = reception("/reception?lang=en")
    expect(page.locator(".cur h2")).to_contain_text("Bookings of today")
    expect(page.locator(".bk").first).to_be_visible()
    assert fits(page) == []


def test_what_has_to_be_seen_to_is_on_the_page_and_leaves_it_by_itself(reception, hub, lives_until, fits):
    """The printer's trouble with its kiosk, since when and what to do; more than four are counted."""
    row = {"code": "no_paper", "since": "2026-03-18T09:42:07+08:00", "device": "p", "place": "1 号取号机"}
    row |= {"sentence": {"zh": "打印机没有纸了", "en": ""}, "todo": {"zh": "请换一卷新纸", "en": ""}}
    rows = [{**row, "id": f"printer:p{n}", "level": "stop" if n < 3 else "warn"} for n in range(6)]
    hub.show("alarms", "hall", {"now": BOOKINGS["now"], "alarms": rows})
    page = reception()
    expect(page.locator("[data-alarm]")).to_have_count(4)
    expect(page.locator("[data-alarm]").first).to_contain_text("09:42")
    expect(page.locator("[data-alarm]").first).to_contain_text("1 号取号机 · 打印机没有纸了")
    expect(page.locator(".alarms")).to_contain_text("还有 2 件")
    assert fits(page) == []
    lost = {**row, "id": "ticket:A012", "code": "not_printed", "level": "warn"}
    hub.show("alarms", "hall", {"now": BOOKINGS["now"], "alarms": [lost]})
    page.locator("[data-copy=A012]").click()
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["path"], hub.posts[0]["body"]) == ("tickets/A012/print", {"kiosk": "k1"})
    hub.posts.clear()
    ready(page)
    low = {**row, "id": "printer:p", "code": "paper_low", "level": "warn"}
    hub.show("alarms", "hall", {"now": BOOKINGS["now"], "alarms": [low]})
    page.locator("[data-roll=p]").click()
    lives_until(page, lambda: bool(hub.posts))
    assert hub.posts[0]["path"] == "printers/p/roll"
    hub.show("alarms", "hall", {"now": BOOKINGS["now"], "alarms": []})
    expect(page.locator(".alarms")).to_have_count(0)
