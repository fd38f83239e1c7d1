"""A hub of a few lines for the pages: serves them, emits the views a test shows, keeps what the pages send back.

No rules of a hall are in it: `hub.show("panel", "A", view)` is what the pages live from, whoever decided it.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import math
import socket
import struct
import threading
import wave
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, jsonify, request
from flask_socketio import SocketIO, emit, join_room
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

import caller
from caller.pages import desks
from displays.pages import screens
from hall.plan import Clerk, Kiosk, Plan, Queue, Service, Window, Zone

VIEWS = Path(__file__).parent / "views"
WALL = (1920, 1080)
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

PLAN = Plan(
    name="烟台市政务服务中心",
    name_en="Yantai Government Service Centre",
    zones=(
        Zone("C", "C", "公积金", "Housing Fund", floor="3"),
        Zone("F", "F", "医保", "Medical Insurance", floor="3"),
    ),
    queues=(Queue("C", "C", "公积金提取", "C"), Queue("F", "F", "医保", "F")),
    services=(Service("gjjtq", "公积金提取（租房）", "C"), Service("yb", "医保登记", "F")),
    windows=(
        Window("103", "C", "103", {"C": 1}, clerk="0268"),
        Window("104", "C", "104", {"C": 1}),
        Window("192", "F", "192", {"F": 1}),
    ),
    kiosks=(Kiosk("k1", "1 号取号机", printer="p1"),),
    clerks=(Clerk("0268", "于晓敏", 4),),
)


def tone(seconds: float = 0.25, rate: int = 16000) -> bytes:
    """A WAV of a 440 Hz tone, as the agent's voice would send one."""
    wav = io.BytesIO()
    with wave.open(wav, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        wanted = range(int(seconds * rate))
        out.writeframes(
            b"".join(struct.pack("<h", int(9000 * math.sin(at * 440 * 2 * math.pi / rate))) for at in wanted)
        )
    return wav.getvalue()


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


class StageHub:
    """What a page sees of the hub. `answer(name, body)` may be set to refuse or delay a window's command."""

    def __init__(self, demo: bool = True) -> None:
        self.receipts: list[dict] = []
        self.posts: list[dict] = []
        self.virtual: list[dict] = []
        self.answer: Callable[[str, dict], tuple[int, dict]] = lambda name, body: (200, {})
        self.admits: Callable[[str], bool] = lambda token: True
        self._tokens: dict[str, str] = {}
        self._lines: list[socket.socket] = []
        self._views: dict[tuple[str, str], dict] = {}
        self._seq = 0
        self._open = True
        self.app = Flask("stage", template_folder=Path(caller.__file__).parent / "templates", static_folder=None)
        self.app.static_folder = str(Path(caller.__file__).parent / "static")
        self.app.add_url_rule("/static/<path:filename>", "static", self.app.send_static_file)
        self.app.register_blueprint(screens(PLAN, demo=demo))
        self.app.register_blueprint(desks(PLAN, demo=demo, token=lambda window: f"token-of-{window}"))
        self._wire_http()
        self.live = SocketIO(self.app, async_mode="threading")
        self._wire_socket()
        through = self.app.wsgi_app

        def door(environ: dict, start: Callable) -> Iterable[bytes]:
            if not self._open:
                start("503 Service Unavailable", [("Content-Type", "text/plain")])
                return [b""]
            if environ["PATH_INFO"].startswith("/socket.io"):
                self._lines.append(environ["werkzeug.socket"])
            return through(environ, start)

        self.app.wsgi_app = door
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, name="stage", daemon=True).start()

    def _wire_http(self) -> None:
        @self.app.after_request
        def strict(response: Response) -> Response:
            response.headers["Content-Security-Policy"] = (
                "default-src 'self'; connect-src 'self' ws:; img-src 'self' data:"
            )
            return response

        @self.app.get("/voice/<name>.wav")
        def voice(name: str) -> Response:
            return Response(tone(), mimetype="audio/wav")

        @self.app.get("/api/v1/services")
        def services() -> Response:
            return jsonify(
                [
                    {"id": s.id, "name": s.name, "queue": s.queue, "letters": s.queue, "zone": s.queue}
                    for s in PLAN.services
                ]
            )

        @self.app.post("/api/v1/tickets")
        @self.app.post("/api/v1/windows/<window>/<name>")
        def command(window: str = "", name: str = "take") -> tuple[Response, int]:
            body = request.get_json(silent=True) or {}
            key, bearer = request.headers.get("Idempotency-Key"), request.headers.get("Authorization")
            self.posts.append({"window": window, "name": name, "body": body, "id": key, "bearer": bearer})
            status, said = self.answer(name, body)
            return jsonify(said), status

    def _wire_socket(self) -> None:
        @self.live.on("connect")
        def connect(auth: dict | None = None) -> None:
            self._tokens[request.sid] = (auth or {}).get("token", "")

        @self.live.on("watch")
        def watch(wish: dict) -> dict:
            key = (wish["view"], wish["of"])
            if key[0] == "desk" and not self.admits(self._tokens[request.sid]):
                return {"status": 401, "code": "unauthorized", "detail": ""}
            join_room(f"{key[0]} {key[1]}")
            if key in self._views:
                emit("view", {"view": key[0], "of": key[1], "seq": self._seq, "data": self._views[key]})
            return {"status": 200}

        @self.live.on("receipt")
        def receipt(data: dict) -> None:
            self.receipts.append(data)

        @self.live.on("virtual")
        def virtual(data: dict) -> dict:
            self.virtual.append(data)
            return {"status": 200, "body": {}}

    def show(self, view: str, of: str, data: dict) -> None:
        """This is the view now, for who watches and for who comes."""
        self._seq += 1
        self._views[view, of] = copy.deepcopy(data)
        message = {"view": view, "of": of, "seq": self._seq, "data": self._views[view, of]}
        self.live.emit("view", message, to=f"{view} {of}")

    def cut(self) -> None:
        """The cable is pulled: every link breaks and none can be made."""
        self._open = False
        while self._lines:
            with contextlib.suppress(OSError):  # that guest had left already
                self._lines.pop().shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._open = True

    def close(self) -> None:
        self._server.shutdown()


def load(name: str) -> dict:
    """A view from views/NAME.json, ready to be changed."""
    return json.loads((VIEWS / f"{name}.json").read_text(encoding="utf-8"))


def call(n: int, number: str, window: str, *, at: str = "10:07:02", floor: str = "3", again: int = 1) -> dict:
    """A call as views carry it, made on the day of the views at `at`."""
    names = {"window": window, "window_name": window, "zone": number[0], "floor": floor}
    return {"call": n, "number": number, "at": f"2026-03-18T{at}+08:00", "again": again, **names}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
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
    """A demo hall; `parametrize("hub", [False], indirect=True)` makes it one in service."""
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
        page.set_default_timeout(8000)
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
def view() -> Callable[[str], dict]:
    return load


@pytest.fixture
def make_call() -> Callable[..., dict]:
    return call
