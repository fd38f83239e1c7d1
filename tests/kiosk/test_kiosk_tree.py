"""The kiosk walks through groups of services, as deep as the plan says; zones come first as ever."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

KIOSK = (1080, 1920)


def in_groups(hub: Any) -> None:
    """公积金 with twenty services: ten of 提取, of which eight 租房, eight of 贷款, and two beside them."""
    rent = next(service for service in hub.services if service["id"] == "c-rent")
    hub.services = [service for service in hub.services if service["zone"] != "c"]
    paths = [["提取", "租房"]] * 8 + [["提取"]] * 2 + [["贷款"]] * 8 + [[]] * 2
    names = [rent["name"], *(f"住房公积金事项第 {n} 种" for n in range(2, 21))]
    for n, (path, name) in enumerate(zip(paths, names, strict=True)):
        hub.services.append({**rent, "id": f"c{n}", "name": name, "name_en": "", "path": path, "path_en": []})


def test_a_visitor_walks_down_the_groups_and_back_up(hub: Any, screen: Any, overflow: Any) -> None:
    in_groups(hub)
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone").nth(2).click()
    expect(page.locator(".group")).to_have_count(2)
    expect(page.locator(".group").first).to_contain_text("10 项")
    assert overflow(page) == []
    page.locator(".group", has_text="提取").click()
    expect(page.locator("h1")).to_have_text("提取")
    page.locator(".group", has_text="租房").click()
    page.locator(".s").first.click()
    expect(page.locator("h1")).to_have_text("公积金提取（租房）")
    page.click(".bk")
    expect(page.locator("h1")).to_have_text("租房")
    page.click(".bk")
    page.click(".bk")
    expect(page.locator("h1")).to_have_text("公积金")
    page.click(".bk")
    expect(page.locator(".home")).to_be_visible()


def test_the_search_finds_a_service_however_deep_it_stands(hub: Any, screen: Any) -> None:
    in_groups(hub)
    page = screen(*KIOSK).open("/kiosk/1")
    page.click(".home .search")
    page.fill(".search input", "第 7 种")
    expect(page.locator(".s")).to_have_count(1)


def test_what_fits_on_one_page_is_not_divided(hub: Any, screen: Any) -> None:
    for service in hub.services:
        service.update(path=["一类"] if service["id"] == "c-rent" else ["另一类"], path_en=[])
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone").nth(2).click()
    expect(page.locator(".s").first).to_be_visible()
    expect(page.locator(".group")).to_have_count(0)


def test_in_english_the_heading_of_a_group_is_its_english_name(hub: Any, screen: Any) -> None:
    in_groups(hub)
    english = {"提取": "Withdrawals", "租房": "For rent", "贷款": ""}
    for service in hub.services:
        service["path_en"] = [english[name] for name in service.get("path", [])]
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone").nth(2).click()
    page.locator(".group", has_text="提取").click()
    expect(page.locator("h1")).to_have_text("提取")
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Withdrawals")
    page.locator(".group", has_text="For rent").click()
    expect(page.locator("h1")).to_have_text("For rent")
    page.click(".bk")
    page.click(".bk")
    page.locator(".group", has_text="贷款").click()
    expect(page.locator("h1")).to_have_text("贷款")


@pytest.mark.parametrize("mode", ["大字", "低位", "English"])
def test_groups_fit_in_every_mode(hub: Any, screen: Any, mode: str, overflow: Any) -> None:
    in_groups(hub)
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone").nth(2).click()
    expect(page.locator(".group").first).to_be_visible()
    page.click(f".foot >> text={mode}")
    assert overflow(page) == []
