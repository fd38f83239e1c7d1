"""The pictures of docs/pictures, taken of the demo as it runs: `make pictures` after a page has changed its look."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 300_000
"""Bytes of a picture: they are in the repository for ever."""
KIOSK, WALL, TABLET, PHONE, DESKTOP = (1080, 1920), (1920, 1080), (1280, 800), (390, 844), (1440, 1000)
WAITING = (
    "company-open",
    "fund-loan",
    "social-card",
    "food-licence",
    "social-enrol",
    "company-change",
    "fund-withdraw",
)
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--mute-audio"]
expect.set_options(timeout=20_000)


class Demo:
    """`hall demo` on a free port, and a browser in front of it."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.browser = browser
        config = folder / "hall_config.yaml"
        config.write_text(in_the_morning((ROOT / "hall_config.yaml").read_text("utf-8")), "utf-8")
        command = [sys.executable, "-m", "caller.cli", "demo", "--config", config, "--data", folder, "--port", "0"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.url = re.search(r"http://[\d.:]+", self._process.stdout.readline())[0]
        self.start = self.open("/", DESKTOP)
        for bar in range(1, 5):
            expect(self.start.locator(f"[data-device=bar-{bar}]")).to_contain_text("屏上显示")

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.communicate(timeout=20)

    def open(self, path: str, size: tuple[int, int]) -> Page:
        page = self.browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        page.goto(self.url + path)
        return page

    def take(self, service: str) -> tuple[str, str]:
        """A number without paper: (number, token)."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(
            f"{self.url}/api/v1/tickets", json.dumps({"service": service}).encode(), headers
        )
        with urllib.request.urlopen(request) as answer:
            ticket = json.load(answer)
        return ticket["number"], ticket["token"]

    def key(self, window: int, key: str) -> None:
        """Press a key of the window's virtual keypad: a real frame travels the line."""
        self.start.locator(".pick button", has_text=str(window)).click()
        self.start.locator(f"[data-device=keypad-{window}] [data-key={key}]").click()

    def told(self, what: str) -> None:
        """Wait until the log of the start page tells it."""
        expect(self.start.locator(".log")).to_contain_text(what)


def in_the_morning(config: str) -> str:
    """The config with a time zone in which it is about ten o'clock now, so that the pictures are of a day at work."""
    ahead = (10 - datetime.now(UTC).hour + 11) % 24 - 11
    return config.replace("timezone: Asia/Shanghai", f"timezone: Etc/GMT{-ahead:+d}")


def keep(page: Page, name: str) -> None:
    """Write the page as a picture of at most LARGEST bytes, in as many colours as that allows."""
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(300)  # two frames after the fonts, and a moment for pictures within the page
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (256, 128, 64):
        out = io.BytesIO()
        drawn.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= LARGEST:
            (PICTURES / f"{name}.png").write_bytes(out.getvalue())
            print(f"docs/pictures/{name}.png  {len(out.getvalue()) // 1000} kB")
            return
    raise SystemExit(f"{name} is larger than {LARGEST} bytes")


def visitors(demo: Demo) -> tuple[str, str]:
    """Some wait; then one takes a number at the kiosk. Tokens of the first and of one in the middle."""
    tokens = [demo.take(service)[1] for service in WAITING]
    kiosk = demo.open("/kiosk/1", KIOSK)
    expect(kiosk.locator(".zone").first).to_contain_text("等候")
    keep(kiosk, "kiosk-home")
    kiosk.locator(".zone", has_text="综合政务").click()
    kiosk.locator(".s", has_text="企业设立登记").click()
    kiosk.locator("[data-act=take]").click()
    expect(kiosk.locator("img[src^='/slips/']")).to_be_visible()
    keep(kiosk, "kiosk-done")
    return tokens[0], tokens[5]


def calls(demo: Demo, called: str, waiting: str) -> None:
    """Window 3 serves; 1 calls, and what it shows everywhere; then the visitor of window 3 is asked for a grade."""
    panel, window = demo.open("/panel?sound=off", WALL), demo.open("/window/1", WALL)
    desk, pad = demo.open("/desk?window=1", TABLET), demo.open("/pad/3", TABLET)
    expect(panel.get_by_text("暂无叫号")).to_be_visible()
    demo.key(3, "next")
    expect(panel.locator(".on-lamp [aria-label=B001]")).to_be_visible()
    demo.key(3, "start")
    demo.told("B001 在 3 号窗口开始办理")
    demo.key(1, "next")
    expect(panel.locator(".on-lamp [aria-label=A001]")).to_be_visible()
    expect(desk.locator("body")).to_contain_text("条屏已显示")
    keep(panel, "panel")
    keep(window, "window")
    keep(desk, "desk")
    desk.keyboard.press("F8")
    desk.keyboard.press("3")
    expect(desk.get_by_role("dialog")).to_be_visible()
    keep(desk, "desk-outcome")
    desk.keyboard.press("Escape")
    reception = demo.open("/reception", TABLET)
    expect(reception.locator(".z").first).to_be_visible()
    keep(reception, "reception")
    phone = demo.open(f"/t/{called}", PHONE)
    expect(phone.locator("body")).to_contain_text("轮到您了")
    keep(phone, "phone-called")
    phone = demo.open(f"/t/{waiting}", PHONE)
    expect(phone.locator(".no").first).to_be_visible()
    keep(phone, "phone-waiting")
    phone.click("[data-act=give-up]")
    keep(phone, "phone-give-up")
    demo.key(3, "rate")
    demo.told("B001 在 3 号窗口办结")
    expect(pad.locator("h1")).to_contain_text("您满意吗")
    keep(pad, "pad")
    keep(demo.start, "start")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        demo = Demo(Path(folder), browser)
        try:
            calls(demo, *visitors(demo))
        finally:
            demo.end()


if __name__ == "__main__":
    main()
