"""What the tests of pages share: one browser for the whole run, and the stage hub in front of which pages are shown.

Browser and web server are imported by the fixtures, so that tests without pages do not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

    from .stage import StageHub

settings.register_profile("hall", deadline=None)  # a machine that others use too is slow at times: no rule is broken
settings.load_profile("hall")

WALL = (1920, 1080)
WAIT_MS = 20_000
"""So long a test waits for what a page is to show: a machine that others use too is slow at times."""
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SOUND_WITHOUT_A_TOUCH = "--autoplay-policy=no-user-gesture-required"

OVER_THE_EDGE = """() => [...document.querySelectorAll('#page *')].filter((it) => {
  const box = it.getBoundingClientRect();
  if (!box.width || it.closest('svg')) return false;
  const out = box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
  const cut = it.childElementCount === 0 && it.clientWidth > 0 && it.scrollWidth > it.clientWidth + 1;
  const card = it.closest('.c')?.getBoundingClientRect();
  const hangs = card && (box.left < card.left || box.right > card.right + 1
    || box.top < card.top || box.bottom > card.bottom + 1);
  return out || cut || hangs;
}).map((it) => `${it.tagName} ${it.className} ${it.textContent.slice(0, 30)}`)"""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one of this process: a second one would find the first one's loop running and refuse."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser as a screen's kiosk mode starts it."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, SOUND_WITHOUT_A_TOUCH])
    yield browser
    browser.close()


@pytest.fixture
def quiet_chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser as somebody opens it: no sound before a touch."""
    strict = "--autoplay-policy=document-user-activation-required"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, strict])
    yield browser
    browser.close()


@pytest.fixture
def hub(request: pytest.FixtureRequest) -> Iterator[StageHub]:
    """A demo hall on the stage; `parametrize("hub", [False], indirect=True)` makes it one in service."""
    from .stage import StageHub

    stage = StageHub(demo=getattr(request, "param", True))
    yield stage
    stage.close()


@pytest.fixture
def visit(chromium: Browser, hub: StageHub) -> Iterator[Callable[..., Page]]:
    """`visit("/panel", size=(1920, 1080))` opens a page. Errors that the page threw fail the test at its end."""
    contexts, thrown = [], []

    def open_page(
        path: str, size: tuple[int, int] = WALL, before: Callable[[Page], object] = lambda page: None
    ) -> Page:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.on("console", lambda line: thrown.append(line.text) if "Content Security Policy" in line.text else None)
        before(page)
        page.goto(hub.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert thrown == []


@pytest.fixture
def fits() -> Callable[[Page], list[str]]:
    """What does not fit on a page: texts that are cut off, and parts that hang over the edge. [] when all is well."""

    def look(page: Page) -> list[str]:
        return page.evaluate(OVER_THE_EDGE)

    return look


@pytest.fixture
def lives_until() -> Callable[[Page, Callable[[], bool]], None]:
    """lives_until(page, holds): let the page live until something holds at the hub; fails after some seconds."""

    def wait(page: Page, holds: Callable[[], bool]) -> None:
        for _ in range(WAIT_MS // 25):
            if holds():
                return
            page.wait_for_timeout(25)
        raise AssertionError("it never came about")

    return wait


@pytest.fixture
def view() -> Callable[[str], dict]:
    """view("desk"): a view as the hub sends it, ready to be changed."""
    from .stage import load

    return load


@pytest.fixture
def make_call() -> Callable[..., dict]:
    """make_call(n, number, window, …): a call as views carry it."""
    from .stage import call

    return call
