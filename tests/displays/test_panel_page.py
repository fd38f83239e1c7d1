"""What visitors see on the panel, in a real browser: every call, long enough to be read, and again after a cut."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)
LIT_AT_LEAST_MS = 6000
# every call that enters or leaves the band, with the page's own time
WATCH_BAND = """() => {
  window.lit = {};
  const look = () => {
    const now = performance.now(), here = new Set([...document.querySelectorAll('.c')].map((it) => it.dataset.call));
    for (const call of here) (window.lit[call] ??= {from: now}).until = now;
    window.most = Math.max(window.most ?? 0, here.size);
  };
  new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
  setInterval(look, 100);
  look();
}"""


def burst(view: dict, make_call, n: int, *, number: str = "C{:03}", window: int = 100) -> dict:
    """`view` with `n` calls of this moment, newest first, and their windows calling."""
    calls = [make_call(40 + i, number.format(i + 1), str(window + i)) for i in range(n)]
    windows = [
        {
            "window": c["window"],
            "name": c["window"],
            "zone": "C",
            "floor": "3",
            "state": "calling",
            "number": c["number"],
        }
        for c in calls
    ]
    return {**view, "calls": calls[::-1], "windows": windows}


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_call_of_a_burst_is_lit_at_once_and_nothing_overflows(visit, hub, view, make_call, fits, size, lang):
    page = visit(f"/panel?sound=off&lang={lang}", size)
    for n in range(1, 9):
        hub.show("panel", "hall", burst(view("burst"), make_call, n))
        page.reload()
        expect(page.locator(".c")).to_have_count(n)
        newest_first = [each.get_attribute("data-call") for each in page.locator(".c").all()]
        assert newest_first == [str(40 + i) for i in range(n)][::-1]
        assert fits(page) == []


def test_two_or_three_calls_use_the_width_of_the_wall(visit, hub, view, make_call):
    page = visit("/panel?sound=off", LANDSCAPE)
    for n in (2, 3):
        hub.show("panel", "hall", burst(view("burst"), make_call, n))
        page.reload()
        expect(page.locator(".c")).to_have_count(n)
        label = page.locator(".c .lab i").first.bounding_box()
        assert label["x"] + label["width"] > LANDSCAPE[0] * 0.75


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
def test_long_names_two_letters_and_large_windows_still_fit(visit, hub, view, make_call, fits, size):
    page = visit("/panel?sound=off", size)
    for n in (1, 2, 5, 8):
        long = burst(view("burst"), make_call, n, number="CD{:04}", window=1280)
        long["hall"]["name"] = "山东省烟台市经济技术开发区政务服务中心综合大厅"
        long["notice"] = "因系统升级，今天下午 16:30 停止取号，已取号的都会办完，请不要离开大厅；过号请到服务台报到" * 2
        long["totals"] = {"waiting": 10234, "open_windows": 289, "taken": 12000}
        hub.show("panel", "hall", long)
        page.reload()
        expect(page.locator(".c")).to_have_count(n)
        # a hall's name longer than the wall ends in …; everything else is whole
        assert [cut for cut in fits(page) if not cut.startswith("B f")] == []


def test_two_calls_within_100_ms_are_both_lit_and_both_receipted(visit, hub, view, make_call, lives_until):
    empty = {**view("small"), "calls": []}
    hub.show("panel", "hall", empty)
    page = visit("/panel")
    expect(page.get_by_text("暂无叫号")).to_be_visible()
    first, second = make_call(5, "A005", "1"), make_call(6, "A006", "2")
    hub.show("panel", "hall", {**empty, "calls": [first]})
    hub.show("panel", "hall", {**empty, "calls": [second, first]})
    expect(page.locator(".c")).to_have_count(2)
    expect(page.locator("body")).to_contain_text("005")
    lives_until(page, lambda: len(hub.receipts) == 2)
    assert sorted(each["call"] for each in hub.receipts) == [5, 6]
    assert {each["kind"] for each in hub.receipts} == {"shown"}


def test_twenty_calls_at_once_are_all_lit_for_six_seconds_at_most_eight_together(visit, hub, view, make_call):
    twenty = burst(view("burst"), make_call, 20)
    hub.show("panel", "hall", {**twenty, "calls": []})
    page = visit("/panel", before=lambda page: page.clock.install())
    expect(page.get_by_text("暂无叫号")).to_be_visible()
    page.evaluate(WATCH_BAND)
    hub.show("panel", "hall", twenty)
    expect(page.locator(".c")).to_have_count(8)
    for _ in range(22):
        page.clock.run_for(1000)
    lit = page.evaluate("() => window.lit")
    assert sorted(map(int, lit)) == list(range(40, 60))
    assert page.evaluate("() => window.most") == 8
    # the observer looks every 100 ms of the page's time
    assert min(each["until"] - each["from"] for each in lit.values()) >= LIT_AT_LEAST_MS - 200


def test_a_call_older_than_the_catch_up_is_in_the_rows_only(visit, hub, view, make_call):
    small = view("small")
    small["calls"] = [make_call(4, "A001", "1", at="10:05:00")]
    hub.show("panel", "hall", small)
    page = visit("/panel")
    expect(page.locator(".r").first).to_contain_text("请到窗口")
    expect(page.locator(".c")).to_have_count(0)


def test_a_number_with_two_letters_stands_in_the_rows_as_large_as_the_others(visit, hub, view):
    small = view("small")
    small["windows"][1]["number"] = "AZ002"
    hub.show("panel", "hall", small)
    page = visit("/panel")
    expect(page.locator(".r .m")).to_have_count(2)
    heights = [each.bounding_box()["height"] for each in page.locator(".r .m").all()]
    assert heights[1] == pytest.approx(heights[0], rel=0.03)


def test_a_recall_lights_its_place_again_instead_of_a_second_one(visit, hub, view, make_call):
    small = view("small")
    hub.show("panel", "hall", small)
    page = visit("/panel")
    expect(page.locator(".c")).to_have_count(1)
    small["calls"] = [make_call(5, "A001", "1", again=2), *small["calls"]]
    hub.show("panel", "hall", small)
    expect(page.locator('.c[data-call="5"]')).to_be_visible()
    expect(page.locator(".c")).to_have_count(1)


def test_after_a_cut_the_panel_says_so_keeps_what_it_shows_and_catches_up(visit, hub, view, make_call):
    small = view("small")
    hub.show("panel", "hall", {**small, "calls": []})
    page = visit("/panel")
    expect(page.get_by_text("暂无叫号")).to_be_visible()
    hub.cut()
    expect(page.locator(".lost")).to_contain_text("正在重新连接")
    expect(page.locator(".lost .n")).to_have_text("0:04")
    expect(page.locator(".r")).to_have_count(4)
    missed, young = make_call(7, "A007", "1", at="10:06:00"), make_call(8, "A008", "2", at="10:06:55")
    hub.show("panel", "hall", {**small, "calls": [young, missed]})
    hub.mend()
    expect(page.locator(".lost")).to_have_count(0)
    expect(page.locator(".c")).to_have_count(1)
    expect(page.locator(".c")).to_contain_text("008")


@pytest.fixture(scope="module")
def board(chromium, tmp_path_factory):
    """A page in which the band's rules can be asked without a screen."""
    page = chromium.new_page()
    yield page
    page.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.lists(st.integers(0, 4000), max_size=40))
def test_whatever_the_bursts_each_call_is_lit_for_six_seconds_and_never_more_than_eight(hub, board, gaps):
    if not board.url.startswith(hub.url):
        board.goto(hub.url + "/panel?sound=off")
    seen = board.evaluate(
        """async (gaps) => {
          const { Band } = await import("/static/displays/band.js");
          const band = new Band(), lit = {}, at0 = Date.parse("2026-03-18T10:00:00+08:00");
          let next = 0, due = gaps[0] ?? 0, most = 0, calls = [];
          const stand = (now) => band.line.length || band.lit.some((each) => now - each.since < 7000);
          for (let now = 0; next < gaps.length || stand(now); now += 250) {
            while (next < gaps.length && due <= now) {
              const at = new Date(at0 + due).toISOString();
              calls = [{call: next, number: `A${next}`, window: `${next}`, at}, ...calls].slice(0, 20);
              band.offer(calls, new Date(at0 + now).toISOString(), now);
              due += gaps[++next] ?? 0;
            }
            band.settle(now);
            most = Math.max(most, band.lit.length);
            for (const each of band.lit) (lit[each.call] ??= {from: now}).until = now + 250;
          }
          return {most, spans: Object.values(lit).map((each) => each.until - each.from)};
        }""",
        gaps,
    )
    assert len(seen["spans"]) == len(gaps)
    assert seen["most"] <= 8
    assert all(span >= LIT_AT_LEAST_MS for span in seen["spans"])


def test_who_has_come_is_no_longer_asked_to_come(visit, hub, view):
    shown = view("small")
    hub.show("panel", "hall", shown)
    page = visit("/panel")
    calling = next(each for each in shown["windows"] if each["state"] == "calling")
    row = page.locator(f".rows [data-window='{calling['window']}']")
    calling["arrived"] = True
    hub.show("panel", "hall", shown)
    expect(row.locator(".lamp")).to_have_count(0)
    expect(row).to_contain_text("办理中")


def test_a_paused_window_says_until_when(visit, hub, view, fits):
    shown = view("small")
    shown["windows"][-1].update(
        state="paused", number=None, paused={"reason": "午餐", "until": "2026-03-18T13:30:00+08:00"}
    )
    hub.show("panel", "hall", shown)
    page = visit("/panel")
    expect(page.locator("main")).to_contain_text("暂停，约 13:30 恢复")
    assert fits(page) == []


def test_after_the_last_number_the_panel_says_that_everyone_is_served(visit, hub, view):
    hub.show("panel", "hall", {**view("small"), "state": "finishing"})
    page = visit("/panel")
    expect(page.locator("footer")).to_contain_text("已停止取号，已经取号的都会办完")


def test_a_closed_hall_says_when_it_opens(visit, hub, view, fits):
    shown = {**view("small"), "state": "closed", "calls": []}
    for each in shown["windows"]:
        each.update(state="closed", number=None)
    shown["zones"][0]["sentence"] = {"zh": "今日取号已结束，明天 08:30 开始", "en": ""}
    hub.show("panel", "hall", shown)
    page = visit("/panel")
    expect(page.locator(".calls")).to_contain_text("服务已结束")
    expect(page.locator(".calls")).to_contain_text("明天 08:30 开始")
    assert fits(page) == []


def test_a_call_that_is_undone_leaves_the_band_at_once(visit, hub, view, make_call):
    """Long before its six seconds are over: nobody is to follow it."""
    three = burst(view("burst"), make_call, 3)
    hub.show("panel", "hall", three)
    page = visit("/panel?sound=off", LANDSCAPE)
    expect(page.locator(".c")).to_have_count(3)
    hub.show("panel", "hall", {**three, "calls": three["calls"][1:]})
    expect(page.locator(".c")).to_have_count(2, timeout=3000)
    assert page.locator('[data-call="42"]').count() == 0
