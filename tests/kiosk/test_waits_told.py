"""How long it will be, on kiosk and phone: a range as people say it, in both languages, or that nobody can say."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hall.estimate.spoken import range_min, spoken

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
LONGEST = {"p50_s": 5700, "p90_s": 7100, "spoken": spoken(*range_min(5700, 7100))}
"""90–120 分钟: no range is longer."""


def everywhere(hub: Any, estimate: dict[str, Any] | None) -> None:
    """The same wait of every zone, queue and ticket."""
    view = hub.views["kiosk", "1"]
    for each in (*view["zones"], *view["queues"].values(), *hub.services, hub.views["ticket", "tok"]):
        each.update(estimate=estimate, **({"waiting": 118} if "waiting" in each else {}))


def walk(page: Page, overflow: Any, says: str, size: tuple[int, int]) -> dict[str, list[str]]:
    """From home to the number: what does not fit on each page; each says `says`, but where the zones stand small."""
    found = {"home": overflow(page)}
    if not page.locator("html[data-reach=low]").count() or page.locator("html[data-mode=large]").count():
        expect(page.locator(".zone").first).to_contain_text(says)
    page.locator(".zone:visible").first.click()
    expect(page.locator(".services .s").first).to_contain_text(says)
    found["services"] = overflow(page)
    page.locator(".s").first.click()
    expect(page.locator(".facts")).to_contain_text(says)
    page.click("[data-act=take]")
    expect(page.locator(".line")).to_contain_text(says)
    found["done"] = overflow(page)
    return found


@pytest.mark.parametrize("size", [KIOSK, WIDE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["", "大字", "低位", "English", "低位 大字", "大字 English"])
@pytest.mark.parametrize("known", [True, False], ids=["range", "unknown"])
def test_every_page_of_the_kiosk_tells_the_wait_as_people_speak_and_it_fits(
    hub: Any, screen: Any, size: Any, mode: str, known: bool, overflow: Any
) -> None:
    everywhere(hub, LONGEST if known else None)
    lang = "en" if "English" in mode else "zh"
    says = LONGEST["spoken"][lang] if known else {"zh": "暂无法估计", "en": "No estimate"}[lang]
    page = screen(*size).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    for key in mode.split():
        if key == "低位" and size == WIDE:
            continue  # a screen that lies wide is low already
        page.click(f".foot >> text={key}")
    found = walk(page, overflow, says, size)
    assert found == {name: [] for name in found}


@pytest.mark.parametrize("mode", ["", "大字", "EN", "大字 EN"])
@pytest.mark.parametrize("width", [320, 390])
def test_the_phone_tells_the_wait_as_people_speak_and_it_fits(
    hub: Any, screen: Any, mode: str, width: int, overflow: Any
) -> None:
    everywhere(hub, LONGEST)
    page = screen(width, 844).open("/t/tok")
    expect(page.locator(".two")).to_be_visible()
    for key in mode.split():
        page.click(f".foot >> text={key}")
    lang = "en" if "EN" in mode else "zh"
    expect(page.locator(".two")).to_contain_text(LONGEST["spoken"][lang])
    found = [overflow(page, scrolls=True)]
    hub.change("ticket", "tok", estimate=None)
    expect(page.locator(".two")).to_contain_text({"zh": "暂无法估计", "en": "No estimate"}[lang])
    found.append(overflow(page, scrolls=True))
    assert found == [[], []]
