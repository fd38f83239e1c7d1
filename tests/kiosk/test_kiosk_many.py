"""A zone of twelve services: few pages, on a tall screen and on a wide one, and nothing cut off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

KIOSK = (1080, 1920)
WIDE = (1920, 1080)
NAMES = (
    ("公积金提取（租房）", "Withdrawal for rent"),
    ("公积金贷款还款方式变更", "Change of the way in which a housing loan is repaid"),
    ("异地转移接续", "Transfer from another city"),
    ("缴存证明打印", "Proof of payments"),
)


@pytest.mark.parametrize(
    ("size", "mode", "most"),
    [
        (KIOSK, "", 2),
        (KIOSK, "大字", 3),
        (KIOSK, "低位", 3),
        (KIOSK, "English", 2),
        (WIDE, "", 2),
        (WIDE, "大字", 3),
        (WIDE, "English", 2),
        (WIDE, "大字 English", 3),
    ],
)
def test_twelve_services_stand_on_few_pages(
    hub: Any, screen: Any, size: Any, mode: str, most: int, overflow: Any
) -> None:
    """All twelve are found by turning the pages, each once, at most three pages even in large type."""
    first = next(it for it in hub.services if it["zone"] == "a")
    others = [it for it in hub.services if it["zone"] != "a"]
    names = [(f"{zh}{i}", f"{en} {i}") for i in range(3) for zh, en in NAMES]
    hub.services = others + [{**first, "id": zh, "name": zh, "name_en": en, "path": []} for zh, en in names]
    hub.views["kiosk", "1"]["zones"][0]["waiting"] = 999  # large type has the fullest zone on the first page
    page = screen(*size).open("/kiosk/1")
    expect(page.locator(".home")).to_be_visible()
    for key in mode.split():
        page.click(f".foot >> text={key}")
    lang = "en" if "English" in mode else "zh"
    page.locator(".zone", has_text={"zh": "综合政务", "en": "General affairs"}[lang]).first.click()
    expect(page.locator(".services .s").first).to_be_visible()
    seen, pages, found = [], 1, [overflow(page)]
    while True:
        seen += page.locator(".services .s .what b").all_inner_texts()
        after = page.locator(".pager .btn").last
        if after.is_disabled():
            break
        after.click()
        pages += 1
        found.append(overflow(page))
    assert seen == [en if lang == "en" else zh for zh, en in names]
    assert pages <= most and found == [[]] * pages
