"""The kiosk walks through groups of services, as deep as the plan says; zones come first as ever."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

KIOSK = (1080, 1920)


def in_groups(hub: Any) -> None:
    """The services of 公积金: two groups, one of them with a group of its own, and one service beside them."""
    mine = [service for service in hub.services if service["zone"] == "c"]
    for service, path in zip(mine, [["提取", "租房"], ["提取", "购房"], ["提取"], ["贷款"], ["贷款"]], strict=False):
        service.update(path=path, path_en=[])


def test_a_visitor_walks_down_the_groups_and_back_up(hub: Any, screen: Any, overflow: Any) -> None:
    in_groups(hub)
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone").nth(2).click()
    expect(page.locator(".group")).to_have_count(2)
    expect(page.locator(".group").first).to_contain_text("3 项")
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
    page.fill(".search input", "租房")
    expect(page.locator(".s")).to_have_count(1)


@pytest.mark.parametrize("mode", ["大字", "低位", "English"])
def test_groups_fit_in_every_mode(hub: Any, screen: Any, mode: str, overflow: Any) -> None:
    in_groups(hub)
    page = screen(*KIOSK).open("/kiosk/1")
    page.locator(".zone").nth(2).click()
    expect(page.locator(".group").first).to_be_visible()
    page.click(f".foot >> text={mode}")
    assert overflow(page) == []
