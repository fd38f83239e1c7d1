"""What visitors hear from the panel: each announcement as often as told, once; and what a silent one says."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

COUNT_SOUND = """window.started = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...when) {
  window.started.push(this.buffer.duration);
  return start.apply(this, when);
};"""


COUNT_DECODED = """window.decoded = 0;
const decode = BaseAudioContext.prototype.decodeAudioData;
BaseAudioContext.prototype.decodeAudioData = function (data) {
  window.decoded += 1;
  return decode.call(this, data);
};"""


def test_an_announcement_is_played_as_often_as_told_once_and_receipted(visit, hub, view):
    small = view("small")
    small["voice"]["announcement"] = {
        "id": 17,
        "call": 4,
        "url": "/voice/17.wav",
        "text": "请A零零一号到一号窗口",
        "times": 2,
    }
    hub.show("panel", "hall", small)
    page = visit("/panel", before=lambda page: page.add_init_script(COUNT_SOUND))
    expect(page.locator("body")).to_have_attribute("data-spoken", "17")
    assert page.evaluate("() => window.started") == pytest.approx([0.25, 0.25], abs=0.02)
    hub.show("panel", "hall", {**small, "notice": "再看一次"})
    expect(page.get_by_text("再看一次")).to_be_visible()
    page.reload()
    expect(page.get_by_text("再看一次")).to_be_visible()
    small["voice"]["announcement"].update(id=18, url="/voice/18.wav", times=1)
    hub.show("panel", "hall", small)
    expect(page.locator("body")).to_have_attribute("data-spoken", "18")
    assert len(page.evaluate("() => window.started")) == 1
    assert [each for each in hub.receipts if each["kind"] == "spoken"] == [
        {"kind": "spoken", "area": "hall", "id": 17},
        {"kind": "spoken", "area": "hall", "id": 18},
    ]


def test_a_panel_without_a_loudspeaker_neither_plays_nor_asks_for_sound(visit, hub, view):
    small = view("small")
    small["voice"]["announcement"] = {"id": 17, "call": 4, "url": "/voice/17.wav", "text": "", "times": 1}
    hub.show("panel", "hall", small)
    page = visit("/panel?sound=off", before=lambda page: page.add_init_script(COUNT_SOUND))
    expect(page.locator(".c")).to_have_count(1)
    assert page.evaluate("() => [window.started.length, document.body.dataset.audio ?? '']") == [0, ""]


def test_while_the_browser_holds_the_sound_back_a_small_hint_asks_for_a_touch(quiet_chromium, hub, view):
    small = view("small")
    small["voice"]["announcement"] = {"id": 17, "call": 4, "url": "/voice/17.wav", "text": "", "times": 1}
    hub.show("panel", "hall", small)
    page = quiet_chromium.new_page()
    page.goto(hub.url + "/panel")
    expect(page.locator(".hint")).to_contain_text("点一下开声音")
    page.mouse.click(300, 300)
    expect(page.locator(".hint")).to_have_count(0)
    expect(page.locator("body")).to_have_attribute("data-spoken", "17")


def test_what_a_speech_chip_says_is_not_played_nor_receipted_and_the_next_sound_is(visit, hub, view):
    small = view("small")
    chip = {"id": 16, "call": 3, "url": "", "text": "请A零零一号到一号窗口。", "times": 2}
    small["voice"]["announcement"] = chip
    hub.show("panel", "hall", small)
    page = visit("/panel", before=lambda page: page.add_init_script(COUNT_DECODED))
    expect(page.locator("body")).not_to_have_attribute("data-spoken", "16")
    small["voice"]["announcement"] = {**chip, "id": 17, "url": "/voice/17.wav", "times": 1}
    hub.show("panel", "hall", small)
    expect(page.locator("body")).to_have_attribute("data-spoken", "17")
    assert page.evaluate("() => window.decoded") == 1
    assert [each["id"] for each in hub.receipts if each["kind"] == "spoken"] == [17]
