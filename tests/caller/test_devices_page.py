"""设备 in a real browser: each device under its agent, live; what is wrong is said; strangers are asked for a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

NOW = "2026-03-18T10:07:26+08:00"
SIZE = (1280, 720)


def standing(id_: str, state: str = "ok", error: str = "", **more: Any) -> dict[str, Any]:
    last = {"at": "2026-03-17T16:41:02+08:00", "error": error or "条屏没有应答(地址 4)"}
    return {
        "id": id_, "agent": "main", "port": "", "virtual": False, "state": state, "since": "2026-03-18T08:31:00+08:00",
        "error": error, "last_error": last if error or more.pop("was_ill", False) else None, "counts": {}, **more,
    }  # fmt: skip


def device(id_: str, kind: str, driver: str, state: str = "ok", error: str = "", **more: Any) -> dict[str, Any]:
    counts = {"done": 1204, "failed": 3, "reconnects": 1, "frames_in": 218, "frames_out": 1422}
    of = {"window": "", "kiosk": "", "area": "", "zone": "", "line": "", "address": 0, "about": {}, "far": {}}
    told = {"kind": kind, "driver": driver, "experimental": False, "page": "", "counts": counts, **of, **more}
    return standing(id_, state, error, **told)


def agent(name: str, since: str, **more: Any) -> dict[str, Any]:
    runs = {"python": "3.11.2", "platform": "Linux-6.1", "packages": {"pyserial": "3.5", "python-escpos": "3.1"}}
    return {"name": name, "online": True, "since": since, "version": "0.1.0", "older": False, "runs": runs, **more}


BUS = {"line": "floor-3"}
SERIAL = "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0"
VIEW: dict[str, Any] = {
    "now": NOW,
    "version": "0.1.0",
    "agents": [
        agent("main", "2026-03-18T07:58:00+08:00"),
        agent("window-192", "2026-03-17T17:30:00+08:00", online=False, version="0.0.9", older=True),
    ],
    "lines": [
        standing(
            "floor-3",
            port=SERIAL,
            speed=9600,
            counts={"frames_in": 431, "frames_out": 5120, "bad_frames": 12, "reconnects": 2},
        ),
    ],
    "devices": [
        device("keypad-103", "keypad", "ff68-keypad", "unknown", window="103", address=3, **BUS),
        device("bar-103", "bar", "a090", window="103", address=3, was_ill=True, **BUS),
        device(
            "bar-104",
            "bar",
            "ruize-1a",
            "fault",
            "条屏没有应答(地址 4)",
            window="104",
            address=4,
            experimental=True,
            **BUS,
        ),
        device(
            "printer-1",
            "printer",
            "escpos",
            "no_paper",
            "打印机没有纸了，请换一卷新纸。",
            kiosk="1 号取号机",
            port="tcp://10.0.0.9:9100",
            about={"firmware": "2.01"},
        ),
        device(
            "keypad-192", "keypad", "ff68-keypad", "lost", "代理程序断开", window="192", agent="window-192", port="COM3"
        ),
    ],
    "log": [],
    "visitors": 0,
    "totals": {},
    "voice": {},
    "last_token": None,
    "demo": True,
}


@pytest.fixture
def devices(hub, visit) -> Callable[..., Page]:
    def open_page(path: str = "/devices", **change: Any) -> Page:
        hub.show("devices", "hall", {**VIEW, **change})
        page = visit(path, SIZE)
        page.wait_for_selector("table, .nothing")
        return page

    return open_page


def test_each_device_stands_under_its_agent_with_state_error_and_counters(devices, fits) -> None:
    page = devices()
    main = page.locator("[data-agent=main]")
    expect(main.locator("[data-id=bar-104]")).to_contain_text("104 号窗口 条屏")
    expect(main.locator("[data-id=bar-104]")).to_contain_text("条屏没有应答")
    expect(main.locator("[data-id=bar-104] .mark")).to_have_text("试验性")
    expect(main.locator("[data-id=bar-103] .num").first).to_contain_text("1204")
    expect(main.locator("[data-id=bar-103] .err")).to_contain_text("3月17日 16:41")
    expect(main.locator("[data-id=floor-3]")).to_contain_text("12 个坏帧")
    expect(main.locator("[data-id=printer-1]")).to_contain_text("固件 2.01")
    away = page.locator("[data-agent=window-192]")
    expect(away).to_contain_text("3月17日 17:30 起离线")
    expect(away).to_contain_text("比大厅旧")
    expect(page.locator(".top [role=status]")).to_have_text("4 处要看一下")


def test_it_is_live_and_a_press_leaves_only_what_wants_looking_at(devices, hub) -> None:
    page = devices()
    page.locator("[data-only=wrong]").click()
    expect(page.locator("tbody [data-id]")).to_have_count(3)
    well = [{**it, "state": "ok", "error": ""} for it in VIEW["devices"]]
    hub.show("devices", "hall", {**VIEW, "devices": well, "agents": VIEW["agents"][:1]})
    expect(page.locator(".nothing")).to_have_text("没有要看的设备")
    expect(page.locator(".top [role=status]")).to_have_text("全部正常")


@pytest.mark.parametrize("hub", [False], indirect=True)
def test_a_stranger_is_asked_for_a_token(hub, visit) -> None:
    page = visit("/devices", SIZE)
    expect(page.locator("code")).to_have_text("hall token --role supervisor")
