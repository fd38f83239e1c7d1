"""Nobody waits because no window is open: kiosk and phone say so, and promise no wait."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
NOBODY_SAID = {"opens_at": None, "sentence": {"zh": "现在没有窗口开着", "en": "No window is open now"}}
AT_13_30 = {
    "opens_at": "2026-03-18T13:30:00+08:00",
    "sentence": {"zh": "现在没有窗口开着，13:30 开窗", "en": "No window is open now; one opens at 13:30"},
}
WORDS = {
    "zh": ("不用等", "窗口 13:30 开", "可以先取号"),
    "en": ("No waiting", "Opens 13:30", "You may take a number now"),
}


def everywhere(hub: Any, told: Any, waiting: int) -> None:
    view = hub.views["kiosk", "1"]
    for each in (*view["zones"], *view["queues"].values()):
        each.update(estimate=None, waiting=waiting, no_window=told)


def test_where_nobody_has_said_when_the_kiosk_says_that_no_window_is_open(hub: Any, screen: Any) -> None:
    everywhere(hub, NOBODY_SAID, 0)
    page = screen(*KIOSK).open("/kiosk/1")
    expect(page.locator(".zone").first).to_contain_text("窗口没有开")
    expect(page.locator("main")).not_to_contain_text("不用等")
    everywhere(hub, None, 0)
    hub.change("kiosk", "1")
    expect(page.locator(".zone").first).to_contain_text("不用等")


def walk(page: Page, overflow: Any, lang: str, low: bool) -> dict[str, list[str]]:
    """From home to the number: what does not fit on each page; none says that there is no waiting."""
    no_wait, opens, take = WORDS[lang]
    found = {"home": overflow(page)}
    expect(page.locator("main")).not_to_contain_text(no_wait)
    if not low:
        expect(page.locator(".zone").first).to_contain_text(opens)
    page.locator(".zone:visible").first.click()
    expect(page.locator(".services .s").first).to_contain_text(opens)
    found["services"] = overflow(page)
    page.locator(".s").first.click()
    expect(page.locator(".tip.no-window")).to_contain_text(take)
    expect(page.locator(".tip.no-window")).to_contain_text(AT_13_30["sentence"][lang])
    expect(page.locator(".facts")).not_to_contain_text(no_wait)
    found["confirm"] = overflow(page)
    page.click("[data-act=take]")
    expect(page.locator(".done .no-window")).to_have_text(AT_13_30["sentence"][lang])
    expect(page.locator(".line")).to_contain_text(opens)
    found["done"] = overflow(page)
    return found


@pytest.mark.parametrize("size", [KIOSK, WIDE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["", "大字", "低位", "English", "低位 大字", "大字 English"])
@pytest.mark.parametrize("waiting", [0, 118])
def test_every_page_of_the_kiosk_says_when_a_window_opens_and_it_fits(
    hub: Any, screen: Any, size: Any, mode: str, waiting: int, overflow: Any
) -> None:
    everywhere(hub, AT_13_30, waiting)
    page = screen(*size).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    for key in mode.split():
        if key == "低位" and size == WIDE:
            continue  # a screen that lies wide is low already
        page.click(f".foot >> text={key}")
    found = walk(
        page, overflow, "en" if "English" in mode else "zh", low=mode == "低位" and size == KIOSK and waiting > 0
    )
    assert found == {name: [] for name in found}


@pytest.mark.parametrize("mode", ["", "大字 EN"])
def test_the_phone_says_it_until_a_window_opens(hub: Any, screen: Any, mode: str, overflow: Any) -> None:
    hub.views["ticket", "tok"].update(estimate=None, ahead=0, no_window=AT_13_30)
    page = screen(320, 844).open("/t/tok")
    expect(page.locator(".two")).to_be_visible()
    for key in mode.split():
        page.click(f".foot >> text={key}")
    lang = "en" if mode else "zh"
    expect(page.locator(".no-window")).to_have_text(AT_13_30["sentence"][lang])
    expect(page.locator(".two")).to_contain_text(WORDS[lang][1])
    assert overflow(page, scrolls=True) == []
    hub.change("ticket", "tok", no_window=None)
    expect(page.locator(".no-window")).to_have_count(0)
