"""What the desk asks before it acts, all by keyboard: outcome, note, confirmation, pause, giving up, taking back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

TABLET = (1280, 800)
IDLE = {"state": "open", "ticket": None, "can": ["next", "call", "pause", "close"]}
LEFT = {
    "left": [
        {"queue": "C", "name": "公积金提取", "waiting": 11, "held": 1, "numbers": [f"C0{n}" for n in range(33, 41)]},
        {"queue": "CD", "name": "公积金贷款", "waiting": 1, "held": 0, "numbers": ["CD08"]},
    ]
}


@pytest.fixture
def desk(hub, visit, view) -> Callable[..., Page]:
    """`desk(state="open", …)` opens window 103's desk on a view changed so; `on` changes the ticket on it."""

    def open_desk(size: tuple[int, int] = TABLET, on: dict | None = None, **change: object) -> Page:
        now = {**view("desk"), **change}
        if on:
            now["ticket"] = {**now["ticket"], **on}
        hub.show("desk", "103", now)
        page = visit("/desk?window=103", size)
        page.wait_for_selector(".keys, .strip")
        return page

    return open_desk


def serving(desk, **ticket: object) -> Page:
    started = {"state": "serving", "started_at": "2026-03-18T10:07:20+08:00"}
    return desk(on={**started, **ticket}, state="serving", can=["next", "finish", "hold", "transfer", "call"])


def test_a_visitor_is_refused_with_a_reason_and_not_without_one(desk, hub, lives_until):
    page = serving(desk)
    page.keyboard.press("F8")
    page.keyboard.press("3")
    expect(page.get_by_label("不予受理的原因（必填）").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("材料不齐")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("finish", {"outcome": "refused", "reason": "材料不齐"})
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_was_accepted_keeps_its_case_number(desk, hub, lives_until):
    page = serving(desk)
    page.keyboard.press("F8")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("GJJ-0042")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert hub.posts[0]["body"] == {"outcome": "accepted", "case": "GJJ-0042"}


def test_the_plain_end_stays_one_key(desk, hub, lives_until):
    page = serving(desk)
    page.keyboard.press("F2")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("finish", {})


def test_a_transfer_takes_a_note_along_and_the_next_clerk_reads_it_first(desk, hub, lives_until):
    page = serving(desk, note={"text": "缺配偶签字，请先补", "from": "104"})
    expect(page.locator(".note")).to_contain_text("104 号窗口留言缺配偶签字，请先补")
    page.keyboard.press("F7")
    page.keyboard.type("104")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("身份证已核对")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert hub.posts[0]["body"] == {"window": "104", "place": "front", "note": "身份证已核对"}


@pytest.mark.parametrize(
    ("code", "facts", "asks"),
    [
        ("clerk_elsewhere", {"window": "3"}, "您已在 3 号窗口登录，要在这里继续吗？"),
        ("other_clerk", {"clerk": "0268"}, "工号 0268 正在用这个窗口，要由您接替吗？"),
    ],
)
def test_a_clerk_takes_over_only_after_saying_yes(desk, hub, lives_until, code, facts, asks):
    refusal = (409, {"code": code, "detail": "x", "facts": facts})
    hub.answer = lambda name, body: (200, {}) if body.get("confirm") else refusal
    page = desk(state="closed", ticket=None, can=["open"])
    page.keyboard.press("F2")
    expect(page.get_by_role("dialog")).to_contain_text(asks)
    page.wait_for_selector('.main[aria-disabled="false"]')
    page.keyboard.press("Enter")
    lives_until(page, lambda: len(hub.posts) == 2)
    assert [each["body"] for each in hub.posts] == [{}, {"confirm": True}]
    assert hub.posts[0]["id"] != hub.posts[1]["id"]
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_who_closes_sees_who_is_left_and_may_stay(desk, hub, lives_until):
    hub.answer = lambda name, body: (409, {"code": "visitors_left", "detail": "还有人在等", "facts": LEFT})
    page = desk(**IDLE)
    page.keyboard.press("F12")
    page.keyboard.press("2")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("等候 11 人，挂起 1 人")
    expect(dialog.locator("[aria-label=CD08]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    lives_until(page, lambda: len(hub.posts) == 1)


def test_a_number_is_given_up_by_keyboard_alone(desk, hub, lives_until):
    page = desk(**IDLE)
    page.keyboard.press("F12")
    page.keyboard.press("1")
    page.keyboard.type("c022")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["path"], hub.posts[0]["body"]) == ("tickets/C022/abandon", {})


def test_a_pause_is_chosen_with_the_arrows_alone(desk, hub, lives_until):
    page = desk(**IDLE)
    page.keyboard.press("F10")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert hub.posts[0]["body"] == {"reason": "就餐", "until": "2026-03-18T10:27:00+08:00"}


def test_a_wrong_press_is_taken_back_within_its_minute_with_one_key(desk, hub, lives_until):
    undo = {"what": "finish", "number": "C031", "until": "2026-03-18T10:08:08+08:00"}
    page = desk(**{**IDLE, "can": [*IDLE["can"], "undo"]}, undo=undo)
    expect(page.locator(".undo")).to_contain_text("刚才：C031 办结")
    expect(page.locator(".undo")).to_contain_text("还可以撤销 4")
    page.keyboard.press("F1")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("undo", {})


@pytest.mark.parametrize("lang", ["", "&lang=en"])
@pytest.mark.parametrize("key", ["F7", "F8", "F9", "F10", "F12"])
def test_every_dialog_fits_the_desk(hub, visit, view, fits, key, lang):
    long = "住房公积金异地个人住房贷款缴存使用证明出具（配偶代办）"
    ticket = {
        **view("desk")["ticket"],
        "service_name": long,
        "note": {"text": long, "from": ""},
        "case": "GJJ-2026-0318-0042",
    }
    hub.show("desk", "103", {**view("desk"), "ticket": ticket, "can": ["finish", "transfer", "call", "pause"]})
    page = visit(f"/desk?window=103{lang}", TABLET)
    page.wait_for_selector(".keys")
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert [each for each in fits(page) if not each.startswith("LI")] == []


COUNTING = {"seconds": 20, "at": "2026-03-18T10:07:40+08:00"}


def test_a_window_that_calls_by_itself_counts_down_and_esc_stops_it(desk, hub, view, lives_until):
    page = desk(**IDLE, auto=COUNTING)
    expect(page.locator(".auto")).to_contain_text("秒后自动叫下一位")
    page.keyboard.press("Escape")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("auto", {"seconds": 0})
    hub.show("desk", "103", {**view("desk"), **IDLE, "auto": {"seconds": 0, "at": None}})
    expect(page.locator(".auto")).to_have_count(0)


def test_calling_by_itself_is_switched_on_by_keyboard(desk, hub, lives_until):
    page = desk(**IDLE, auto={"seconds": 0, "at": None})
    page.get_by_role("button", name="自动叫下一位：关").focus()
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("auto", {"seconds": 20})


def test_the_reasons_of_a_pause_are_the_halls_own_and_the_desk_says_which(desk, view, hub):
    page = desk(**IDLE, pause_reasons=["午餐", "去档案室"])
    page.keyboard.press("F10")
    expect(page.get_by_role("radio", name="去档案室")).to_be_visible()
    page.keyboard.press("Escape")
    paused = {"reason": "去档案室", "until": "2026-03-18T10:30:00+08:00"}
    hub.show("desk", "103", {**view("desk"), **IDLE, "state": "paused", "can": ["open", "close"], "paused": paused})
    expect(page.locator(".cur")).to_contain_text("去档案室 · 约 10:30 恢复")


VISIT = {
    "steps": [
        {"queues": ["C"], "name": "受理核验", "done": [], "skipped": []},
        {"queues": ["CD", "CY"], "name": "拍照、缴费", "done": [], "skipped": []},
    ],
    "step": 1,
    "next": ["CD", "CY"],
}


def test_the_desk_says_which_step_it_is_and_where_the_ticket_goes(desk, hub, fits, lives_until):
    page = serving(desk, visit=VISIT)
    expect(page.locator(".facts")).to_contain_text("第 1 步，共 2 步")
    expect(page.locator(".facts")).to_contain_text("办完去 公积金贷款、预约 10:00")
    expect(page.locator(".main")).to_contain_text("办完这一步")
    assert fits(page) == []
    page.keyboard.press("F8")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("finish", {"outcome": "done", "last": True})


def test_a_step_that_is_not_needed_is_skipped_by_keyboard(desk, hub, lives_until):
    page = desk(on={"state": "serving", "visit": VISIT}, state="serving", can=["finish", "skip"])
    page.keyboard.press("F12")
    page.keyboard.press("4")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("skip", {})


def test_a_collection_tells_its_case_and_who_accepted_it(desk):
    accepted = {"day": "2026-03-12", "window_name": "5", "number": "C031", "service_name": "", "window": "5"}
    page = serving(desk, case="2026-0123", accepted=accepted)
    expect(page.locator(".facts")).to_contain_text("2026-0123")
    expect(page.locator(".facts")).to_contain_text("2026-03-12 5 号窗口 C031")


BAR = (1280, 80)


def test_the_bar_of_80_px_takes_a_wrong_press_back_by_touch(desk, hub, fits, lives_until):
    undo = {"what": "finish", "number": "C031", "until": "2026-03-18T10:08:08+08:00"}
    page = desk(BAR, **{**IDLE, "can": [*IDLE["can"], "undo"]}, undo=undo)
    assert fits(page) == []
    page.locator(".strip [data-act=undo]").click()
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("undo", {})


@pytest.mark.parametrize("lang", ["", "&lang=en"])
@pytest.mark.parametrize("code", ["clerk_elsewhere", "other_clerk", "visitors_left"])
def test_in_80_px_a_question_is_a_bar_with_its_two_keys(hub, visit, view, lives_until, code, lang):
    facts = {"window": "3", "clerk": "0268", "ticket": "C031", **LEFT}
    hub.answer = lambda name, body: (200, {}) if body.get("confirm") else (409, {"code": code, "facts": facts})
    hub.show("desk", "103", {**view("desk"), "state": "closed", "ticket": None, "can": ["open"]})
    page = visit(f"/desk?window=103{lang}", BAR)
    page.wait_for_selector(".strip")
    page.keyboard.press("F2")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for key in (".plain", ".do"):
        box = dialog.locator(key).bounding_box()
        assert box
        assert (box["y"] >= 0, box["y"] + box["height"] <= 80, box["x"] + box["width"] <= 1280) == (True, True, True)
    page.wait_for_selector('.main[aria-disabled="false"]')
    dialog.locator(".do").click()
    lives_until(page, lambda: len(hub.posts) == 2)
    assert [each["body"] for each in hub.posts] == [{}, {"confirm": True}]
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize("key", ["F7", "F8", "F9", "F10", "F12"])
def test_in_80_px_every_dialog_opens_and_escape_gives_the_bar_back(desk, hub, lives_until, key):
    page = desk(BAR, can=["recall", "finish", "transfer", "call", "pause"])
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    box = page.locator(".ends .plain").bounding_box()
    assert box
    assert (box["y"] + box["height"] <= 80, box["x"] + box["width"] <= 1280) == (True, True)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("F3")
    lives_until(page, lambda: [each["name"] for each in hub.posts] == ["recall"])


def test_in_80_px_a_ticket_is_transferred_by_keyboard(desk, hub, lives_until):
    page = desk(BAR)
    page.keyboard.press("F7")
    page.keyboard.type("104")
    page.keyboard.press("Enter")
    lives_until(page, lambda: bool(hub.posts))
    assert (hub.posts[0]["name"], hub.posts[0]["body"]) == ("transfer", {"window": "104", "place": "front"})
