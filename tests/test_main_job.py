"""The main job, end to end, as people do it: the demo, a browser, real frames, a real slip, real speech."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import urllib.request
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[1]
LONG_MS = 20_000
SIZES = {
    "/kiosk": (1080, 1920),
    "/panel": (1920, 1080),
    "/window": (1920, 1080),
    "/desk": (1280, 800),
    "/pad": (1280, 800),
    "/t/": (390, 844),
    "/": (1440, 960),
}


@dataclass
class Hall:
    """A running demo and a browser in front of it."""

    data: Path
    browser: Browser
    port: int = 0
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """`hall demo` as `make demo` starts it, on a free port the first time and on the same one again."""
        command = [sys.executable, "-m", "caller.cli", "demo", "--port", str(self.port), "--data", str(self.data)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline())[1])

    def kill(self) -> None:
        """As if the plug were pulled."""
        assert self.process
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def open(self, path: str) -> Page:
        width, height = next(size for start, size in SIZES.items() if path.startswith(start))
        page = self.browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(LONG_MS)
        page.goto(self.url + path)
        return page

    def fetch(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path) as answer:
            return answer.read()


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Speech, paper and two browsers' worth of pages take their time on a busy machine."""
    expect.set_options(timeout=LONG_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def hall(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "data", chromium)
    made.start()
    yield made
    for context in chromium.contexts:
        context.close()
    if made.process and made.process.poll() is None:
        made.process.terminate()
        made.process.wait(15)


def take_at_kiosk(hall: Hall) -> tuple[Page, str]:
    """Touch zone, service, take; returns the kiosk's page and the number, when the slip is out."""
    kiosk = hall.open("/kiosk/1")
    kiosk.locator(".zone", has_text="综合政务").click()
    kiosk.locator(".s", has_text="企业设立登记").click()
    take = kiosk.locator("[data-act=take]")
    expect(take).to_be_enabled()
    take.click()
    number = kiosk.locator(".big .no").get_attribute("aria-label")
    expect(kiosk.locator("img[src^='/slips/']")).to_be_visible()
    return kiosk, number or ""


def press_next(hall: Hall) -> None:
    """Press "next" on the virtual keypad of window 1, when its line is up."""
    start = hall.open("/")
    expect(start.locator("[data-device=bar-1]")).to_contain_text("屏上显示")
    start.locator("[data-device=keypad-1] [data-key=next]").click()


@pytest.mark.timeout(180)
def test_a_visitor_takes_a_number_is_called_seen_heard_served_and_rates(hall: Hall) -> None:
    """Kiosk, slip, keypad, bar, panel, window screen, phone, loudspeaker, desk and pad all tell the same story."""
    start, panel = hall.open("/"), hall.open("/panel")
    screen, desk, pad = hall.open("/window/1"), hall.open("/desk?window=1"), hall.open("/pad/1")
    _, number = take_at_kiosk(hall)
    assert number == "A001"
    phone = hall.open(start.locator("nav a[href^='/t/']").get_attribute("href"))
    expect(phone.locator(".no").first).to_have_attribute("aria-label", number)

    start.locator("[data-device=keypad-1] [data-key=next]").click()

    expect(panel.locator(f".on-lamp [aria-label={number}]")).to_be_visible()
    expect(screen.locator(f"[aria-label={number}]")).to_be_visible()
    expect(screen.locator("body")).to_contain_text("请到本窗口")
    expect(phone.locator("body")).to_contain_text("轮到您了")
    expect(desk.locator("body")).to_contain_text("条屏已显示")
    expect(desk.locator("body")).to_contain_text("大屏已显示")
    far = start.evaluate("() => fetch('/api/v1/health').then((r) => r.json())")
    assert {d["state"] for d in far["devices"] if d["kind"] == "bar"} == {"ok"}
    panel.wait_for_function("() => (document.body.dataset.spoken ?? '') !== ''", timeout=40_000)
    expect(desk.locator("body")).to_contain_text("广播已播")

    start.locator("[data-device=keypad-1] [data-key=start]").click()
    expect(screen.locator("body")).to_contain_text("正在办理")
    start.locator("[data-device=keypad-1] [data-key=rate]").click()
    expect(pad.locator("h1")).to_contain_text("您满意吗")
    pad.get_by_text("满意", exact=True).click()
    expect(pad.locator("body")).to_contain_text("谢谢")
    expect(start.locator(".log")).to_contain_text(f"{number} 已评价")
    expect(phone.locator("body")).to_contain_text("满意")


@pytest.mark.timeout(180)
def test_what_is_heard_is_a_wav_with_sound_in_it(hall: Hall) -> None:
    """The panel plays a file that is neither silent nor empty, and its words are those of the call."""
    panel, start = hall.open("/panel"), hall.open("/")
    with panel.expect_response(re.compile(r"/voice/.*\.wav"), timeout=40_000) as heard:
        take_at_kiosk(hall)
        start.locator("[data-device=keypad-1] [data-key=next]").click()
    with wave.open(io.BytesIO(hall.fetch(heard.value.url.removeprefix(hall.url)))) as sound:
        frames = sound.readframes(sound.getnframes())
        seconds = sound.getnframes() / sound.getframerate()
    loud = max(abs(int.from_bytes(frames[i : i + 2], "little", signed=True)) for i in range(0, len(frames), 2))
    assert 2 < seconds < 15
    assert loud > 3000
    expect(start.locator(".voice")).to_contain_text("请A零零一号到一号窗口")


@pytest.mark.timeout(180)
def test_the_serial_evaluator_lights_up_and_its_grade_counts(hall: Hall) -> None:
    """办结 on the keypad lights the evaluator on the same line; a face pressed there is the visit's rating."""
    start = hall.open("/")
    take_at_kiosk(hall)
    press_next(hall)
    for key in ("start", "rate"):
        start.locator(f"[data-device=keypad-1] [data-key={key}]").click()
        expect(start.locator(".log")).to_contain_text({"start": "开始办理", "rate": "办结"}[key])
    start.locator("[data-device=pad-1] [data-grade=very_satisfied]").click()
    expect(start.locator(".log")).to_contain_text("A001 已评价")
    expect(start.locator(".log")).to_contain_text("非常满意")


@pytest.mark.timeout(180)
def test_pages_catch_up_by_themselves_after_the_plug_was_pulled(hall: Hall) -> None:
    """kill -9, start again: the number stands, the panel and the phone are true again without a reload."""
    start, panel = hall.open("/"), hall.open("/panel")
    take_at_kiosk(hall)
    phone = hall.open(start.locator("nav a[href^='/t/']").get_attribute("href"))
    expect(phone.locator(".no").first).to_have_attribute("aria-label", "A001")
    hall.kill()
    expect(panel.locator("[role=status]")).to_be_visible()
    hall.start()
    press_next(hall)
    expect(panel.locator("[aria-label=A001]").first).to_be_visible()
    expect(phone.locator("body")).to_contain_text("轮到您了")
    _, second = take_at_kiosk(hall)
    assert second == "A002"


@pytest.mark.timeout(180)
def test_two_calls_at_the_same_moment_are_both_seen(hall: Hall) -> None:
    """Two windows press within 100 ms: both calls stand in the yellow band."""
    start, panel = hall.open("/"), hall.open("/panel")
    take_at_kiosk(hall)
    take_at_kiosk(hall)
    start.locator("[data-device=keypad-1] [data-key=next]").wait_for()
    press = """() => new Promise(async (done) => {
      const { socket } = await import('/static/shared/live.js');
      const press = (device) => socket.emit('virtual', { device, do: 'press', key: 'next', digits: '' });
      press('keypad-1'); press('keypad-2'); done();
    })"""
    start.evaluate(press)
    for number in ("A001", "A002"):
        expect(panel.locator(f".on-lamp [aria-label={number}]")).to_be_visible()


@pytest.mark.timeout(180)
def test_no_paper_burns_no_number_and_says_so(hall: Hall) -> None:
    """Paper out at kiosk 1: the kiosk tells the ways on; when the paper is back the next number is the first."""
    start, kiosk = hall.open("/"), hall.open("/kiosk/1")
    expect(start.locator(".printer .cap b")).to_have_text("正常")  # before its agent is there nothing can be moved
    start.locator("[data-do=paper_out]").click()
    expect(kiosk.locator("h1")).to_contain_text("没有纸了")
    start.locator("[data-do=paper_in]").click()
    expect(start.locator("[data-do=paper_out]")).to_be_visible()
    _, number = take_at_kiosk(hall)
    assert number == "A001"
