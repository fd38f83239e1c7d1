"""The clerk's desk by keyboard and touch, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

TABLET = (1280, 800)
DESK = "/desk?window=103"


def ready(page: Page) -> None:
    """The main key can be pressed again."""
    expect(page.locator(".main")).to_have_attribute("aria-disabled", "false")


@pytest.fixture
def desk(hub, visit, view) -> Callable[..., Page]:
    """`desk(state="open", …)` opens window 103's desk on a view changed so."""

    def open_desk(size: tuple[int, int] = TABLET, **change: object) -> Page:
        hub.show("desk", "103", {**view("desk"), **change})
        page = visit(DESK, size)
        page.wait_for_selector(".keys, .strip")
        return page

    return open_desk


def test_the_desk_fits_a_tablet_and_names_ticket_line_and_keys(desk, fits):
    page = desk()
    for said in ("公积金提取（租房）", "C 队等得最久", "大屏已显示", "广播已播 2 遍", "于晓敏"):
        expect(page.get_by_text(said).first).to_be_visible()
    expect(page.locator(".lit")).to_have_css("background-color", "rgb(255, 200, 46)")
    assert fits(page) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({}, "start"),
        ({"state": "serving", "ticket": "serving", "can": ["finish", "hold", "transfer"]}, "finish"),
        ({"state": "open", "ticket": None, "can": ["next", "call", "pause", "close"]}, "next"),
        ({"state": "rating", "ticket": None, "can": ["next"], "rating": {"number": "C031", "until": ""}}, "next"),
        ({"state": "paused", "ticket": None, "can": ["open", "close"]}, "open"),
        ({"state": "closed", "ticket": None, "can": ["open"]}, "open"),
    ],
)
def test_f2_is_the_next_sensible_act_of_each_state(desk, hub, view, change, name, lives_until):
    if change.get("ticket") == "serving":
        started = {"state": "serving", "started_at": "2026-03-18T10:07:20+08:00"}
        change = {**change, "ticket": {**view("desk")["ticket"], **started}}
    page = desk(**change)
    page.keyboard.press("F2")
    lives_until(page, lambda: len(hub.posts) == 1)
    sent = hub.posts[0]
    assert (sent["window"], sent["name"], sent["body"]) == ("103", name, {})
    assert sent["bearer"] == "Bearer token-of-103"
    assert sent["id"]


@pytest.mark.parametrize(("key", "name"), [("F3", "recall"), ("F4", "no-show"), ("F6", "hold")])
def test_f_keys_act_without_a_mouse(desk, hub, key, name, lives_until):
    page = desk()
    page.keyboard.press(key)
    lives_until(page, lambda: [each["name"] for each in hub.posts] == [name])


HIT = """() => {
  const down = (repeat) => dispatchEvent(new KeyboardEvent('keydown', {key: 'F2', repeat}));
  down(false);
  down(true);
  down(false);
  document.querySelector('.main').click();
}"""


def test_a_key_hit_twice_or_held_down_acts_once(desk, hub):
    page = desk()
    page.evaluate(HIT)
    ready(page)
    assert len(hub.posts) == 1


def test_the_next_act_waits_until_the_desk_shows_the_last_one(desk, hub, view, lives_until):
    hub.answer = lambda name, body: (200, {"seq": 50})
    page = desk()
    page.keyboard.press("F2")
    lives_until(page, lambda: bool(hub.posts))
    page.wait_for_timeout(900)  # longer than the rest after an answer, shorter than the patience for a late view
    page.evaluate(HIT)
    assert len(hub.posts) == 1


def test_a_press_that_nobody_answered_keeps_its_id_when_pressed_again(desk, hub, lives_until):
    answers = iter([(503, {"detail": "journal"}), (200, {}), (200, {})])
    hub.answer = lambda name, body: next(answers)
    page = desk()
    for n in (1, 2, 3):
        ready(page)
        page.keyboard.press("F2")
        lives_until(page, lambda n=n: len(hub.posts) == n)
    first, again, new = (each["id"] for each in hub.posts)
    assert first == again
    assert new != first


def test_what_the_rules_refuse_is_said_as_a_sentence(desk, hub):
    hub.answer = lambda name, body: (409, {"code": "recall_too_soon", "detail": "请过 4 秒再重呼"})
    page = desk()
    page.keyboard.press("F3")
    expect(page.get_by_role("alert")).to_have_text("请过 4 秒再重呼")


def test_keys_that_cannot_act_are_flat_and_send_nothing(desk, hub, lives_until):
    page = desk()
    expect(page.locator('[data-act="outcome"]')).to_have_class("off")
    page.keyboard.press("F8")
    page.locator('[data-act="outcome"]').click(force=True)
    page.keyboard.press("F3")
    lives_until(page, lambda: bool(hub.posts))
    assert [each["name"] for each in hub.posts] == ["recall"]


def test_a_ticket_is_transferred_to_a_window_by_keyboard_alone(desk, hub, lives_until):
    page = desk()
    page.keyboard.press("F7")
    page.keyboard.type("104")
    expect(page.get_by_role("dialog")).to_contain_text("C032 转到哪里")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("transfer", {"window": "104", "place": "front"})
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_ticket_is_transferred_to_the_end_of_a_queue_by_touch(desk, hub, lives_until):
    page = desk()
    page.locator('[data-act="transfer"]').click()
    page.get_by_role("radio", name="公积金贷款").click()
    page.get_by_role("radio", name="队尾").click()
    page.get_by_role("button", name="确定").click()
    lives_until(page, lambda: bool(hub.posts))
    assert hub.posts[0]["body"] == {"queue": "CD", "place": "end"}


def test_a_number_is_called_by_its_digits(desk, hub, lives_until):
    page = desk()
    page.keyboard.press("F9")
    page.keyboard.type("c045")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("call", {"number": "C045"})


def test_a_pause_says_why_and_until_when_in_the_halls_time(desk, hub, lives_until):
    page = desk(state="open", ticket=None, can=["next", "call", "pause", "close"])
    page.keyboard.press("F10")
    page.get_by_role("radio", name="就餐").click()
    page.get_by_role("radio", name="30 分钟").click()
    expect(page.get_by_role("dialog")).to_contain_text("约 10:37 恢复")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="确定").click()
    lives_until(page, lambda: bool(hub.posts))
    assert hub.posts[0]["name"] == "pause"
    assert hub.posts[0]["body"] == {"reason": "就餐", "until": "2026-03-18T10:37:00+08:00"}


def test_escape_leaves_a_dialog_and_sends_nothing(desk, hub):
    page = desk()
    page.keyboard.press("F9")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert hub.posts == []


def test_held_and_missed_visitors_are_called_back_by_touch(desk, hub, lives_until):
    page = desk(state="open", ticket=None, can=["next", "call", "pause", "close", "resume"])
    page.get_by_role("button", name="C026").click()
    lives_until(page, lambda: len(hub.posts) == 1)
    ready(page)
    page.get_by_role("button", name="C022").click()
    lives_until(page, lambda: len(hub.posts) == 2)
    assert [(each["name"], each["body"]) for each in hub.posts] == [
        ("resume", {"number": "C026"}),
        ("call", {"number": "C022"}),
    ]


def test_a_desk_squeezed_to_80_px_still_calls(desk, hub, fits, lives_until):
    page = desk(size=(1280, 80))
    expect(page.locator(".strip")).to_contain_text("032")
    assert fits(page) == []
    page.keyboard.press("F2")
    lives_until(page, lambda: [each["name"] for each in hub.posts] == ["start"])


def test_a_lost_line_is_said_and_the_desk_keeps_what_it_shows(desk, hub):
    page = desk()
    hub.cut()
    expect(page.locator(".said")).to_contain_text("正在重新连接")
    expect(page.locator(".cur")).to_contain_text("公积金提取（租房）")
    page.keyboard.press("F2")
    expect(page.locator(".cur")).to_contain_text("公积金提取（租房）")
    hub.mend()
    expect(page.get_by_text("正在重新连接")).to_have_count(0)


@pytest.mark.parametrize("hub", [False], indirect=True)
def test_outside_the_demo_the_desk_asks_for_a_token_and_keeps_it_for_this_page(hub, visit, view):
    hub.admits = lambda token: token == "good"
    hub.show("desk", "103", view("desk"))
    page = visit(DESK, TABLET)
    page.get_by_label("令牌").fill("bad")
    page.get_by_role("button", name="进入工作台").click()
    expect(page.get_by_role("alert")).to_contain_text("令牌不对")
    page.get_by_label("令牌").fill("good")
    page.get_by_role("button", name="进入工作台").click()
    expect(page.locator(".cur")).to_contain_text("公积金提取")
    page.reload()
    expect(page.locator(".cur")).to_contain_text("公积金提取")
    assert page.context.cookies() == []


def test_without_a_window_the_desk_offers_all_of_them(visit):
    page = visit("/desk", TABLET)
    page.get_by_text("104").click()
    expect(page).to_have_url(re.compile(r"/desk\?window=104$"))


def test_an_unknown_window_has_no_desk(hub):
    answer = hub.app.test_client().get("/desk?window=9999")
    assert answer.status_code == 404
