"""The start page of the demo: every page of the hall, and virtual hardware to press, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def start(hub, visit, view) -> Page:
    hub.show("devices", "hall", view("devices"))
    page = visit("/", (1440, 960))
    expect(page.locator(".kp").first).to_be_visible()
    return page


def test_the_start_page_links_every_page_of_the_hall(start):
    addresses = [each.get_attribute("href") for each in start.locator("nav a").all()]
    for wanted in ("/panel", "/panel/C", "/window/103", "/desk?window=103", "/pad/103", "/rate", "/t/9QK37FWM"):
        assert wanted in addresses
    assert any(each.startswith("/kiosk") for each in addresses)


def test_the_start_page_is_whole_at_1440_by_960_with_a_bar_for_each_of_four_windows(start, hub, view):
    devices = view("devices")
    bars = [each for each in devices["devices"] if each["kind"] == "bar"]
    hub.show("devices", "hall", {**devices, "devices": [*devices["devices"], {**bars[0], "id": "bar-of-the-fourth"}]})
    expect(start.locator(".led")).to_have_count(4)
    start.wait_for_function("document.documentElement.scrollHeight <= 960")


def test_a_key_pressed_on_the_start_page_travels_as_a_press_with_its_digits(start, hub, lives_until):
    for key in ("1", "2", "call"):
        start.locator(f'.kp [data-key="{key}"]').click()
    lives_until(start, lambda: bool(hub.virtual))
    assert hub.virtual == [{"device": "key103", "do": "press", "key": "call", "digits": "12"}]


def test_a_grade_can_be_pressed_while_the_evaluator_asks(start, hub, lives_until):
    start.locator('[data-grade="very_satisfied"]').click()
    lives_until(start, lambda: bool(hub.virtual))
    assert hub.virtual == [{"device": "pad103", "do": "grade", "grade": "very_satisfied"}]


def test_the_printer_can_run_out_of_paper_and_get_some(start, hub, view, lives_until):
    start.get_by_role("button", name="缺纸").click()
    lives_until(start, lambda: bool(hub.virtual))
    assert hub.virtual == [{"device": "p1", "do": "paper_out"}]
    devices = view("devices")
    devices["devices"][0].update(state="no_paper", far={"paper": "out", "cover": "closed"})
    hub.show("devices", "hall", devices)
    expect(start.get_by_role("button", name="装纸")).to_be_visible()
    expect(start.locator(".printer")).to_contain_text("没有纸")


def test_a_card_is_laid_and_a_ticket_scanned_from_the_start_page_which_stays_whole(start, hub, view, lives_until):
    devices = view("devices")
    there = {**devices["devices"][0], "kiosk": "k1", "virtual": True, "slip": None}
    reader = {**there, "id": "r1", "kind": "reader", "far": {"card": "王*海"}}
    scanner = {**there, "id": "s1", "kind": "scanner", "far": {}}
    hub.show("devices", "hall", {**devices, "devices": [*devices["devices"], reader, scanner]})
    for button in ("[data-card=old]", "[data-card='']", "[data-scan=ticket]"):
        start.click(button)
    lives_until(start, lambda: len(hub.virtual) == 3)
    assert hub.virtual[:2] == [
        {"device": "r1", "do": "lay_card", "person": "old"},
        {"device": "r1", "do": "take_card"},
    ]
    assert hub.virtual[2] == {"device": "s1", "do": "scan", "text": f"{hub.url}/t/{devices['last_token']}"}
    start.wait_for_function("document.documentElement.scrollHeight <= 960")


def test_a_bar_is_lit_as_sixteen_rows_of_dots_with_the_letter_cut_out(start):
    lit = start.evaluate(
        """async () => {
          await document.fonts.ready;
          const { columnsOf } = await import('/static/caller/led.js');
          const columns = columnsOf('C032→103号窗口');
          const rows = columns.flat();
          return {width: columns.length, low: Math.min(...rows), high: Math.max(...rows), edge: columns[0].length};
        }"""
    )
    assert 120 <= lit["width"] <= 160
    assert (lit["low"], lit["high"]) == (0, 15)
    assert lit["edge"] == 16
    expect(start.get_by_role("img", name="C032→103号窗口")).to_be_visible()
