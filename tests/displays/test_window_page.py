"""What visitors see above a window, and what every board says of itself, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SERVING = {"number": "C032", "state": "serving", "at": "", "again": 1}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "请到本窗口"),
        ({"state": "serving", "ticket": SERVING}, "正在办理"),
        ({"ticket": {"number": "AZ1234", "state": "called", "at": "", "again": 2}}, "第 2 次叫号"),
        ({"state": "open", "ticket": None}, "欢迎光临"),
        ({"state": "rating", "ticket": None}, "欢迎光临"),
        ({"state": "paused", "ticket": None, "paused": {"reason": "", "until": "2026-03-18T10:30:00+08:00"}}, "10:30"),
        ({"state": "paused", "ticket": None, "paused": {"reason": "设备故障，请稍候", "until": None}}, "设备故障"),
        ({"ticket": {"number": "C032", "state": "arrived", "at": "", "again": 1}}, "正在办理"),
        ({"state": "closed", "ticket": None, "clerk": None, "elsewhere": []}, "暂不办理"),
    ],
)
def test_the_window_screen_says_what_concerns_the_visitor(visit, hub, view, fits, change, said):
    hub.show("window", "103", {**view("window"), **change})
    page = visit("/window/103")
    expect(page.get_by_text(said).first).to_be_visible()
    expect(page.locator("#page")).to_contain_text("103")
    assert fits(page) == []


def test_a_paused_window_names_where_else_to_go(visit, hub, view):
    hub.show(
        "window", "103", {**view("window"), "state": "paused", "ticket": None, "paused": {"reason": "", "until": None}}
    )
    page = visit("/window/103")
    expect(page.locator(".alt")).to_contain_text("叫到您的号，请到101或104号窗口")


def test_a_window_with_many_long_services_shows_what_fits_and_says_how_many_there_are(visit, hub, view, fits):
    names = [f"住房公积金异地个人住房贷款缴存使用证明出具第{n}类" for n in range(12)]
    hub.show("window", "103", {**view("window"), "services": names, "name": "1280"})
    page = visit("/window/103")
    expect(page.locator(".sv")).to_contain_text("等 12 项")
    assert fits(page) == []


def test_the_lamp_burns_only_while_a_visitor_is_called(visit, hub, view):
    hub.show("window", "103", view("window"))
    page = visit("/window/103")
    expect(page.locator("footer")).to_have_css("background-color", "rgb(255, 200, 46)")
    hub.show(
        "window", "103", {**view("window"), "ticket": {"number": "C032", "state": "serving", "at": "", "again": 1}}
    )
    expect(page.locator("footer")).not_to_have_css("background-color", "rgb(255, 200, 46)")


def test_english_boards_speak_english(visit, hub, view):
    hub.show("window", "103", {**view("window"), "state": "open", "ticket": None})
    page = visit("/window/103?lang=en")
    expect(page.get_by_text("Welcome")).to_be_visible()


def test_every_board_of_the_demo_says_that_it_is_the_demo(visit, hub, view):
    hub.show("panel", "hall", view("small"))
    expect(visit("/panel").locator(".demo")).to_have_text("演示")


@pytest.mark.parametrize("path", ["/panel/nowhere", "/window/9999"])
def test_an_address_that_leads_nowhere_is_a_404_with_a_sentence(hub, path):
    answer = hub.app.test_client().get(path)
    assert answer.status_code == 404
    assert "没有" in answer.get_data(as_text=True)
