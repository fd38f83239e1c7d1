"""怎么走: the way to the window, on the kiosk's page and on the phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

TOKEN = "a-token-of-today"
KIOSK, WIDE, PHONE = (1080, 1920), (1920, 1080), (390, 844)
CALLED = {"window": "3", "window_name": "3", "floor": "2", "at": "2026-03-18T09:57:55+08:00", "again": 1}
NAMELESS = """() => [...document.querySelectorAll('svg[role=img]')]
  .flatMap((it) => it.getAttribute('aria-labelledby').split(' '))
  .filter((id) => !document.getElementById(id)?.textContent)
  .length"""


def take_and_ask(page: Page, *modes: str) -> None:
    """From home to the way of the number just taken."""
    page.locator(".zone", has_text="公积金").click()
    page.locator(".s", has_text="租房").click()
    page.click("[data-act=take]")
    for mode in modes:
        page.click(f".foot button:has-text('{mode}')")
    page.click("[data-act=way]")
    expect(page.locator(".oblique")).to_be_visible()


@pytest.mark.parametrize("size", [KIOSK, WIDE], ids=["upright", "wide"])
@pytest.mark.parametrize("modes", [(), ("大字",), ("English",), ("大字", "English")], ids=" ".join)
def test_the_way_of_a_number_fits_and_its_pictures_have_names(
    hub: Any, screen: Any, overflow: Any, size: tuple[int, int], modes: tuple[str, ...]
) -> None:
    hub.change("kiosk", "1", ways=True)
    page = screen(*size).open("/kiosk/1")
    take_and_ask(page, *modes)
    expect(page.locator(".way-steps li")).to_have_count(3)
    assert overflow(page) == []
    assert page.evaluate(NAMELESS) == 0
    # without motion the path is there at once and whole
    assert page.evaluate("getComputedStyle(document.querySelector('.path path')).strokeDashoffset") == "0px"


def test_without_steps_is_asked_anew_and_the_way_leads_back_to_the_number(hub: Any, screen: Any) -> None:
    hub.change("kiosk", "1", ways=True)
    page = screen(*KIOSK).open("/kiosk/1")
    take_and_ask(page)
    with page.expect_response(lambda answer: "step_free=true" in answer.url):
        page.click("[data-act=step-free]")
    expect(page.locator("[data-act=step-free]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".way-steps .say").nth(1)).to_have_text("乘电梯上到 2 楼")
    assert [asked["step_free"] for asked in hub.ways] == ["false", "true"]
    page.click("[data-act=way-done]")
    expect(page.locator(".big .no")).to_have_attribute("aria-label", "C032")


def test_a_hall_without_a_plan_shows_nothing_of_it(hub: Any, screen: Any) -> None:
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone", has_text="公积金").click()
    page.locator(".s", has_text="租房").click()
    page.click("[data-act=take]")
    expect(page.locator(".done .way")).to_be_visible()
    expect(page.locator("[data-act=way]")).to_have_count(0)


def test_a_zone_and_a_scanned_number_show_the_way_too(hub: Any, screen: Any, overflow: Any) -> None:
    """From the zone's services to the zone, and back; a called ticket's code leads to its window."""
    hub.change("kiosk", "1", ways=True)
    hub.views["ticket", TOKEN] = {**hub.views["ticket", "tok"], "state": "called", "called": CALLED, "ways": True}
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone", has_text="公积金").click()
    assert overflow(page) == []
    page.click("[data-act=way]")
    expect(page.locator(".oblique")).to_be_visible()
    page.click("[data-act=way-done]")
    expect(page.locator(".services h1")).to_be_visible()
    hub.change("kiosk", "1", shown={"id": "1", "kind": "code", "text": f"http://hall.example/t/{TOKEN}"})
    page.click(".standing [data-act=way]")
    expect(page.locator("h1")).to_have_text("去 2 楼 3 号窗口")
    assert hub.ways[-1]["window"] == "3"


@pytest.mark.parametrize("mode", ["", "大字", "EN"])
def test_the_phone_shows_the_way_until_the_call(hub: Any, screen: Any, overflow: Any, mode: str) -> None:
    """A call is never hidden behind the way to the zone; from there the way is to the window."""
    hub.change("ticket", "tok", ways=True, kiosk="1")
    page = screen(*PHONE).open("/t/tok")
    if mode:
        page.click(f"text={mode}")
    page.click("[data-act=way]")
    expect(page.locator(".flat")).to_be_visible()
    assert overflow(page, scrolls=True) == [] and page.evaluate(NAMELESS) == 0
    hub.change("ticket", "tok", state="called", called=CALLED)
    expect(page.locator("main.called")).to_be_visible()
    page.click("[data-act=way]")
    expect(page.locator(".goal-window")).to_have_count(1)
    assert hub.ways[-1]["window"] == "3" and hub.ways[-1]["kiosk"] == "1"
    page.click("[data-act=way-back]")
    expect(page.locator("main.called")).to_be_visible()
