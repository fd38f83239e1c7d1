"""What is being typed at the kiosk outlives a printer or a link that goes and comes, and never its visitor."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

KIOSK = (1080, 1920)
LOST_MS = 25_000
ID = "11010519491231002X"
GONE = {"state": "lost", "since": "2026-03-18T09:42:00+08:00", "stops": True}
OK = {"state": "ok", "since": None, "stops": False}
ENTRIES = {"person": ID, "code": "K7QM4XPD", "case": "2026-0017"}


def to_entry(page: Page, hub: Any, field: str) -> None:
    """To the page on which the field is typed."""
    if field == "code":
        page.click(".check-in")
    else:
        page.locator(".zone").nth(2).click()
        page.locator(".s").first.click()
        page.click("[data-act=take]")
    expect(page.locator(".entry")).to_be_visible()


def prepare(hub: Any, field: str) -> None:
    for service in hub.services:
        service.update(bookings=True, person="required" if field == "person" else "none", collection=field == "case")


@pytest.mark.parametrize("field", ENTRIES)
def test_a_half_typed_entry_is_there_again_when_the_printer_is_back(hub: Any, screen: Any, field: str) -> None:
    prepare(hub, field)
    text = ENTRIES[field]
    page = screen(*KIOSK).open("/kiosk/1")
    to_entry(page, hub, field)
    page.keyboard.type(text[:5])
    expect(page.locator(".typed")).to_have_attribute("aria-label", text[:5])
    hub.change("kiosk", "1", printer=GONE)
    expect(page.locator(".paper-out")).to_be_visible()
    hub.change("kiosk", "1", printer=OK)
    expect(page.locator(".typed")).to_have_attribute("aria-label", text[:5])
    page.keyboard.type(text[5:])
    page.click("[data-act=done]")
    expect(page.locator(".done")).to_be_visible()
    [(path, body, _)] = hub.asked
    assert text in (path.split("/")[1] if field == "code" else body[field])


def test_who_goes_on_without_paper_goes_on_typing(hub: Any, screen: Any) -> None:
    prepare(hub, "person")
    page = screen(*KIOSK).open("/kiosk/1")
    to_entry(page, hub, "person")
    page.keyboard.type(ID[:9])
    hub.change("kiosk", "1", printer=GONE)
    page.click("[data-act=phone]")
    expect(page.locator(".typed")).to_have_attribute("aria-label", ID[:9])


def test_an_entry_outlives_a_link_that_is_lost_and_back(hub: Any, screen: Any) -> None:
    prepare(hub, "person")
    page = screen(*KIOSK).open("/kiosk/1")
    to_entry(page, hub, "person")
    page.keyboard.type(ID[:9])
    hub.cut()
    expect(page.locator(".offline")).to_contain_text("恢复后可以接着输入", timeout=LOST_MS)
    hub.mend()
    expect(page.locator(".typed")).to_have_attribute("aria-label", ID[:9], timeout=LOST_MS)


@pytest.mark.parametrize("stop", ["", "printer"])
def test_nobody_there_any_more_empties_it(hub: Any, screen: Any, stop: str) -> None:
    """Also while the field is hidden by a printer that does not come back: the next visitor finds nothing."""
    prepare(hub, "person")
    window = screen(*KIOSK)
    window.page.clock.install()
    page = window.open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    to_entry(page, hub, "person")
    page.keyboard.type(ID[:9])
    if stop:
        hub.change("kiosk", "1", printer=GONE)
        expect(page.locator(".paper-out")).to_be_visible()
    page.clock.run_for(80_000)  # by its clock the page has heard nothing of the hub for that long: it connects anew
    if stop:
        hub.change("kiosk", "1", printer=OK)
    expect(page.locator(".home")).to_be_visible(timeout=LOST_MS)
    to_entry(page, hub, "person")
    expect(page.locator(".typed")).to_have_attribute("aria-label", "")


def test_leaving_the_page_empties_it(hub: Any, screen: Any) -> None:
    """Back, and the same service again: nothing stands there."""
    prepare(hub, "person")
    page = screen(*KIOSK).open("/kiosk/1")
    to_entry(page, hub, "person")
    page.keyboard.type(ID[:9])
    page.click(".bk")
    page.click("[data-act=take]")
    expect(page.locator(".typed")).to_have_attribute("aria-label", "")


@pytest.mark.parametrize("size", [KIOSK, (1920, 1080)], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["", "大字", "English", "大字 English"])
@pytest.mark.parametrize("number", ["CHN110019801234", "E12345678"])
def test_a_passport_or_a_residence_card_is_typed_with_letters(
    hub: Any, screen: Any, overflow: Any, size: Any, mode: str, number: str
) -> None:
    """One key turns to letters, and back to the ID card with an empty field."""
    prepare(hub, "person")
    page = screen(*size).open("/kiosk/1")
    for key in mode.split():
        page.click(f".foot >> text={key}")
    page.locator(".zone:visible").first.click()
    page.locator(".s").first.click()
    page.click("[data-act=take]")
    found = [overflow(page)]
    page.click("[data-act=document]")
    expect(page.locator(".kb.code")).to_be_visible()
    page.keyboard.type(number)
    expect(page.locator(".typed")).to_have_attribute("aria-label", number)
    found.append(overflow(page))
    page.click("[data-act=document]")
    expect(page.locator(".typed")).to_have_attribute("aria-label", "")
    page.click("[data-act=document]")
    page.keyboard.type(number)
    page.click("[data-act=done]")
    expect(page.locator(".done")).to_be_visible()
    assert hub.asked[-1][1]["person"] == number and found == [[], []]
