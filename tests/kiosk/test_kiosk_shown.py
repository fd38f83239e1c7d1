"""At the kiosk's page: a card on the reader, a code before the scanner, a scanner that types, on any scene."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
ID = "11010519491231002X"
CARD = {"id": "ref-of-a-card", "kind": "card", "name": "王*海", "booked": False, "text": ""}
TOKEN = "tok12345"
TICKET = f"http://hall.example/t/{TOKEN}"


def to_rent(page: Page) -> None:
    """The page with the materials of 公积金提取（租房）."""
    page.locator(".zone").nth(2).click()
    page.locator(".s").first.click()
    expect(page.locator(".confirm")).to_be_visible()


def services(hub: Any, **parts: Any) -> None:
    for service in hub.services:
        service.update(parts)


def show(hub: Any, **shown: Any) -> None:
    """Something was shown at this kiosk: its view tells it."""
    hub.change("kiosk", "1", shown={**CARD, **shown})


def burst(page: Page, text: str) -> bool:
    """A keyboard scanner types the text and Enter: was the Enter kept from whatever has the focus?"""
    keys = json.dumps([*text, "Enter"])
    return page.evaluate(
        f"""() => {keys}.map((key) => {{
          const event = new KeyboardEvent('keydown', {{key, bubbles: true, cancelable: true}});
          const focused = document.activeElement ?? document.body;
          focused.dispatchEvent(event);
          if (focused.tagName === 'INPUT' && key.length === 1 && !event.defaultPrevented) {{
            focused.value += key;
            focused.dispatchEvent(new InputEvent('input', {{bubbles: true}}));
          }}
          return event.defaultPrevented;
        }}).at(-1)"""
    )


def pressed(page: Page, presses: list[tuple[str, int]], **how: Any) -> list[str]:
    """The codes that wedge.js makes of keys with the milliseconds before each."""
    return page.evaluate(
        """async ([presses, how]) => {
          const {wedge} = await import('/static/kiosk/wedge.js');
          const press = wedge();
          let at = 1000;
          return presses.map(([key, gap]) => press({key, at: at += gap, ...how}).code).filter(Boolean);
        }""",
        [presses, how],
    )


def keys(text: str, gap: int) -> list[tuple[str, int]]:
    return [(char, gap) for char in text] + [("Enter", gap)]


def test_a_burst_of_keys_that_ends_in_enter_is_a_code_and_typing_is_not(screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    assert pressed(page, keys("K7QM4XPD", 3)) == ["K7QM4XPD"]
    assert pressed(page, keys("K7QM4XPD", 50)) == ["K7QM4XPD"]
    assert pressed(page, keys("K7QM4XPD", 80)) == []
    assert pressed(page, [("2", 0), ("0", 200), *[(key, 200 if key == "K" else 5) for key, _ in keys("K7QM", 5)]]) == [
        "K7QM"
    ], "what was typed before it is not of it"
    assert pressed(page, [*keys("K7QM4XPD", 5)[:-1], ("Enter", 300)]) == [], "somebody presses Enter later"
    assert pressed(page, keys("A1", 5)) == [], "two keys at once"
    assert pressed(page, keys("11111111", 30), repeat=True) == [], "a key that is held down"
    assert pressed(page, keys("K7QM4XPD", 5), held=True) == [], "with Ctrl"
    assert pressed(page, [("Shift", 1), ("K", 1), ("7", 1), ("Shift", 1), ("Q", 1), ("M", 1), ("Enter", 1)]) == ["K7QM"]
    assert pressed(page, [*keys("K7QM4XPD", 5), *keys("A001", 5)]) == ["K7QM4XPD", "A001"]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (TICKET, {"kind": "ticket", "token": TOKEN}),
        (f"{TICKET}/", {"kind": "ticket", "token": TOKEN}),
        ("k7qm-4xpd", {"kind": "booking", "code": "K7QM4XPD"}),
        ("Ｋ７ＱＭ４ＸＰＤ", {"kind": "booking", "code": "K7QM4XPD"}),
        ("11010519491231002x", {"kind": "id", "number": ID}),
        ("110105194912310021", {"kind": "other", "text": "110105194912310021"}),
        ("GJJ-2026-0042", {"kind": "other", "text": "GJJ-2026-0042"}),
    ],
)
def test_what_a_code_means(screen: Any, text: str, meaning: dict[str, str]) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    script = "async (text) => (await import('/static/kiosk/codes.js')).meaningOf(text)"
    assert page.evaluate(script, text) == meaning


def test_a_card_answers_the_question_for_the_id_number(hub: Any, screen: Any) -> None:
    services(hub, person="required")
    hub.views["kiosk", "1"]["reader"] = True
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    page.click("[data-act=take]")
    expect(page.locator("h1")).to_have_text("请放身份证，或输入号码")
    show(hub)
    expect(page.locator(".big .no")).to_have_attribute("aria-label", "C032")
    [(path, body, _)] = hub.asked
    assert (path, body) == ("tickets", {"service": "c-rent", "card": CARD["id"], "kiosk": "1"})


def test_a_card_on_the_home_page_is_known_until_a_number_was_taken(hub: Any, screen: Any, overflow: Any) -> None:
    services(hub, person="required")
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    show(hub)
    expect(page.locator(".strip")).to_contain_text("王*海")
    assert overflow(page) == []
    to_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".big .no")).to_be_visible()
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent", "card": CARD["id"], "kiosk": "1"}]
    page.click("[data-act=done]")
    expect(page.locator(".home")).to_be_visible()
    expect(page.locator(".strip")).to_have_count(0)


def test_a_service_that_uses_no_id_gets_none_and_who_says_not_me_is_forgotten(hub: Any, screen: Any) -> None:
    services(hub, person="none")
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    show(hub)
    to_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".big .no")).to_be_visible()
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent", "kiosk": "1"}]
    show(hub, id="another")
    expect(page.locator(".strip")).to_contain_text("王*海")
    page.click("text=不是我")
    expect(page.locator(".strip")).to_have_count(0)


def test_the_card_of_who_has_booked_today_checks_in_at_once(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".home .search")
    show(hub, booked=True)
    expect(page.locator(".slot-time")).to_contain_text("预约 10:00")
    [(path, body, _)] = hub.asked
    assert (path, body) == ("bookings/check-in", {"card": CARD["id"], "kiosk": "1"})
    hub.change("kiosk", "1", notice="another view with the same card")
    page.reload()
    expect(page.locator(".home")).to_be_visible()
    assert len(hub.asked) == 1


def test_a_card_that_is_no_longer_known_is_asked_for_once_more(hub: Any, screen: Any) -> None:
    hub.answers["tickets"] = (422, {"code": "card_gone", "detail": "请把身份证再放一次"})
    services(hub, person="required")
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    show(hub)
    expect(page.locator(".strip")).to_be_visible()
    page.click("[data-act=take]")
    expect(page.get_by_role("alert")).to_contain_text("请把身份证再放一次")
    expect(page.locator(".strip")).to_have_count(0)
    page.click("[data-act=take]")
    expect(page.locator(".entry")).to_be_visible()


def test_a_card_that_cannot_be_read_and_a_code_that_means_nothing_are_said_so(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    show(hub, kind="unread")
    expect(page.get_by_role("status")).to_contain_text("没有读出来")
    show(hub, kind="code", id="c", text="http://elsewhere.example/")
    expect(page.get_by_role("status")).to_contain_text("这个码在这里用不了")
    assert hub.asked == []


@pytest.mark.parametrize("by", ["scanner", "keyboard"])
def test_a_booking_code_checks_in_from_any_page(hub: Any, screen: Any, by: str) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".home .search")
    page.locator(".kb button").first.focus()
    if by == "keyboard":
        assert burst(page, "k7qm-4xpd"), "the Enter does not press the button that has the focus"
    else:
        show(hub, kind="code", text="K7QM4XPD")
    expect(page.locator(".slot-time")).to_contain_text("预约 10:00")
    assert [(path, body) for path, body, _ in hub.asked] == [("bookings/K7QM4XPD/check-in", {"kiosk": "1"})]


def test_a_ticket_shows_where_it_stands_and_who_missed_the_call_is_back(hub: Any, screen: Any) -> None:
    hub.views["ticket", TOKEN] = hub.views["ticket", "tok"]
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    burst(page, TICKET)
    expect(page.locator(".standing h1")).to_contain_text("前面 5 人")
    expect(page.locator(".standing")).to_contain_text("10–20 分钟")
    hub.change("ticket", TOKEN, state="missed")
    page.click("[data-act=return]")
    hub.change("ticket", TOKEN, state="waiting", ahead=3)
    expect(page.locator(".standing h1")).to_contain_text("前面 3 人")
    assert [(path, body) for path, body, _ in hub.asked] == [("tickets/C032/return", {"token": TOKEN})]
    burst(page, "http://hall.example/t/nobodys-token")
    expect(page.locator("h1")).to_have_text("没有找到这个号")


def test_a_code_where_a_case_number_is_asked_is_the_case_number(hub: Any, screen: Any) -> None:
    services(hub, collection=True)
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".entry")).to_be_visible()
    page.keyboard.type("20", delay=100)
    burst(page, "gjj-2345-6789")
    expect(page.locator(".big .no")).to_be_visible()
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent", "case": "GJJ-2345-6789", "kiosk": "1"}]


def test_a_reader_that_types_the_id_number_answers_the_question_for_it(hub: Any, screen: Any) -> None:
    services(hub, person="required")
    page = screen(*KIOSK).open("/kiosk/1")
    to_rent(page)
    page.click("[data-act=take]")
    expect(page.locator(".entry")).to_be_visible()
    burst(page, ID)
    expect(page.locator(".big .no")).to_be_visible()
    assert [body for _, body, _ in hub.asked] == [{"service": "c-rent", "person": ID, "kiosk": "1"}]


def test_what_means_nothing_leaves_no_letters_in_the_field_it_was_typed_into(hub: Any, screen: Any) -> None:
    services(hub, bookings=True)
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".check-in")
    expect(page.locator(".entry")).to_be_visible()
    page.keyboard.type("K7", delay=100)
    burst(page, "http://elsewhere.example/")
    expect(page.get_by_role("status")).to_contain_text("这个码在这里用不了")
    expect(page.locator(".typed")).to_have_attribute("aria-label", "K7")
    assert hub.asked == []


def test_what_a_visitor_searches_for_is_as_it_was_after_a_code_was_typed_into_it(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".home .search")
    page.locator(".search input").focus()
    page.keyboard.type("gj", delay=100)
    burst(page, "http://elsewhere.example/")
    expect(page.get_by_role("status")).to_contain_text("这个码在这里用不了")
    expect(page.locator(".search input")).to_have_value("gj")


def test_a_visitor_who_types_slowly_and_presses_enter_is_no_scanner(hub: Any, screen: Any) -> None:
    services(hub, bookings=True)
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".check-in")
    expect(page.locator(".entry")).to_be_visible()
    page.keyboard.type("K7QM4XP", delay=80)
    page.wait_for_timeout(80)
    page.keyboard.press("Enter")
    expect(page.locator(".typed")).to_have_attribute("aria-label", "K7QM4XP")
    assert hub.asked == []


@pytest.mark.parametrize(
    ("size", "modes"), [(KIOSK, ["", "低位", "大字", "English"]), (WIDE, ["", "大字", "English"])], ids=["tall", "wide"]
)
def test_a_ticket_and_a_known_card_fit_in_every_mode(
    hub: Any, screen: Any, overflow: Any, size: Any, modes: list[str]
) -> None:
    hub.views["ticket", TOKEN] = {**hub.views["ticket", "tok"], "state": "missed"}
    services(hub, bookings=True)
    page = screen(*size).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    found = {}
    for n, mode in enumerate(modes):
        if mode:
            page.click(f".foot >> text={mode}")
        show(hub, id=f"card-{n}")
        expect(page.locator(".strip")).to_be_visible()
        found[f"home {mode}"] = overflow(page)
        burst(page, TICKET)
        expect(page.locator(".standing [data-act=return]")).to_be_visible()
        found[f"ticket {mode}"] = overflow(page)
        page.click(".bk")
    assert {where: what for where, what in found.items() if what} == {}
