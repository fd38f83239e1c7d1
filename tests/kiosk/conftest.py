"""A small hub for the visitors' pages: their blueprint, views as fixtures, an API that remembers what it was asked."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import segno
from flask import Flask, Response, jsonify, request, send_from_directory
from flask_socketio import SocketIO, join_room
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from caller.config import load
from kiosk.pages import pages
from kiosk.ways import way_to

ROOT = Path(__file__).parents[2]
WAIT_MS = 20_000  # a machine that others use too is slow at times
VIEWS = Path(__file__).parent / "views"
# what the hub sends with every page: nothing inline, nothing from elsewhere
CSP = "default-src 'self'; connect-src 'self' ws:; img-src 'self' data:; object-src 'none'; base-uri 'none'"


def view(name: str) -> Any:
    """A fresh copy of views/NAME.json."""
    return json.loads((VIEWS / f"{name}.json").read_text("utf-8"))


def drawn(token: str) -> bytes:
    """The code on the slip, as the hub draws it."""
    out = io.BytesIO()
    segno.make(f"http://hall.example/t/{token}").save(out, kind="svg", omitsize=True, border=0)
    return out.getvalue()


# what sticks out of the screen or is wider than its box, and is not meant to be cut short
OVERFLOW = """(scrolls) => [...document.querySelectorAll('body *')].filter((e) => {
  const r = e.getBoundingClientRect();
  if (!r.width || e.closest('.slot, svg')) return false;
  const out = r.right > innerWidth + 1 || r.left < -1 || (!scrolls && r.bottom > innerHeight + 1);
  const cut = ['BUTTON', 'MAIN'].includes(e.tagName) && !scrolls
    && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
  return out || cut;
}).map((e) => `${e.tagName}.${e.className} ${e.innerText}`.slice(0, 90))"""
SETTLED = """() => document.fonts.ready.then(
  () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"""


class Hub:
    """`views` are what the pages see; `asked` is every POST as (path, body, key); `answers` overrides an answer."""

    def __init__(self) -> None:
        self.views: dict[tuple[str, str], Any] = {}
        self.asked: list[tuple[str, Any, str]] = []
        self.answers: dict[str, tuple[int, Any]] = {}
        self.services: list[Any] = []
        self.down = False
        self.seq = 0
        self.plan = load(ROOT / "hall_config.yaml").plan()
        self.ways: list[dict[str, str]] = []
        self.app = Flask(__name__, template_folder=str(ROOT / "caller/templates"), static_folder=None)
        self.socketio = SocketIO(self.app, async_mode="threading")
        self._routes()
        self._sockets()
        served = self.app.wsgi_app

        def wire(environ: Any, start: Any) -> Any:
            if self.down:
                start("503 Service Unavailable", [("Content-Length", "0")])
                return [b""]
            return served(environ, start)

        self.app.wsgi_app = wire  # type: ignore[method-assign]
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def begin(self) -> None:
        """Every test begins with the hall of the fixtures."""
        self.down = False
        self.asked.clear()
        self.ways.clear()
        self.answers.clear()
        self.services = view("services")
        self.views = {("kiosk", "1"): view("kiosk"), ("panel", "hall"): view("panel")}
        self.views |= {("pad", "103"): view("pad"), ("ticket", "tok"): view("ticket")}

    def change(self, name: str, of: str, **parts: Any) -> None:
        """Change a view and tell the pages that watch it."""
        self.views[name, of] = {**deepcopy(self.views[name, of]), **parts}
        self._tell(name, of)

    def cut(self) -> None:
        """The wire is cut: nobody is connected, nobody gets through."""
        self.down = True
        for sid in list(self.socketio.server.eio.sockets):
            # In a thread: it waits until all that was said has gone out, for ever if the page went away meanwhile.
            threading.Thread(target=self.socketio.server.eio.disconnect, args=(sid,), daemon=True).start()

    def mend(self) -> None:
        self.down = False

    def stop(self) -> None:
        self._server.shutdown()

    def _tell(self, name: str, of: str) -> None:
        self.seq += 1
        message = {"view": name, "of": of, "seq": self.seq, "data": self.views[name, of]}
        self.socketio.emit("view", message, to=f"{name} {of}")

    def _sockets(self) -> None:
        @self.socketio.on("watch")
        def watch(asked: dict[str, str]) -> dict[str, Any]:
            key = (asked["view"], asked["of"])
            if key not in self.views:
                return {"status": 404, "code": "unknown_view"}
            join_room(f"{key[0]} {key[1]}")
            self._tell(*key)
            return {"status": 200}

    def _routes(self) -> None:
        app = self.app
        app.register_blueprint(pages)
        app.context_processor(lambda: {"hall": view("kiosk")["hall"]})

        @app.after_request
        def strict(response: Response) -> Response:
            response.headers["Content-Security-Policy"] = CSP
            return response

        @app.get("/static/shared/<path:name>")
        def shared(name: str) -> Response:
            return send_from_directory(ROOT / "caller/static/shared", name)

        @app.get("/qr/<token>.svg")
        def qr(token: str) -> Response:
            return Response(drawn(token), mimetype="image/svg+xml")

        @app.get("/slips/<name>")
        def slip(name: str) -> Response:
            drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 576 900"><rect width="576" height="900" '
            drawn += 'fill="#fff"/><text x="30" y="180" font-size="170">C032</text></svg>'
            return Response(drawn, mimetype="image/svg+xml")

        @app.get("/api/v1/services")
        def services() -> Response:
            return jsonify(self.services)

        @app.get("/api/v1/ways")
        def ways() -> Any:
            goal = {"window": "3"} if request.args.get("window") else {"zone": "social"}
            step_free = request.args["step_free"] == "true"
            self.ways.append(dict(request.args))
            told = way_to(self.plan, "1", **goal, step_free=step_free) or {}
            return jsonify({**told, "step_free": step_free})  # so that the page offers the way without steps

        @app.get("/api/v1/kiosks")
        def kiosks() -> Response:
            return jsonify([{"id": "1", "name": "1 号取号机", "floor": "1"}])

        @app.get("/api/v1/tickets/<number>")
        def ticket(number: str) -> Any:
            if number != "C032":
                return {"code": "unknown_ticket", "detail": f"今天没有 {number} 这个号"}, 404
            return {"number": "C032", "state": "waiting", "ahead": 5, "estimate": None, "windows": ["103"]}

        @app.post("/api/v1/<path:path>")
        def post(path: str) -> Any:
            body = request.get_json()
            self.asked.append((path, body, request.headers.get("Idempotency-Key", "")))
            if path in self.answers:
                status, told = self.answers[path]
                return told, status
            if path.endswith("check-in"):
                return {**self._taken({"service": "c-rent"}), "slot": "2026-03-18T10:00:00+08:00"}, 201
            return self._taken(body) if path == "tickets" else {}, 201

    def _taken(self, body: dict[str, Any]) -> dict[str, Any]:
        service = next(s for s in self.services if s["id"] == body["service"])
        queue = self.views["kiosk", "1"]["queues"][service["queue"]]
        ticket = {"id": "x", "number": f"{queue['letters']}032", "service": service["id"], "queue": service["queue"]}
        ticket |= {"zone": service["zone"], "class": "normal", "state": "waiting", "ahead": queue["waiting"]}
        return ticket | {"estimate": queue["estimate"], "windows": ["103"], "token": "tok", "check": "47"}


@pytest.fixture(scope="session")
def _hub() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    hub.stop()


@pytest.fixture
def hub(_hub: Hub) -> Hub:
    _hub.begin()
    return _hub


class Screen:
    """A page on a screen of a given size; anything the browser complains about is kept in `complaints`."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self._heard(said.type, said.text))

    def _heard(self, kind: str, text: str) -> None:
        # a link that is down, or an answer that is a refusal, is told by the browser too: that is no fault of a page
        if kind == "error" and not any(word in text for word in ("WebSocket", "Failed to load resource")):
            self.complaints.append(text)

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page


@pytest.fixture
def screen(hub: Hub, chromium: Browser) -> Iterator[Any]:
    """screen(width, height) -> Screen."""
    made: list[Screen] = []

    def make(width: int, height: int, **options: Any) -> Screen:
        options = {"reduced_motion": "reduce", "locale": "zh-CN", "timezone_id": "Europe/Berlin", **options}
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(WAIT_MS)
        made.append(Screen(context, hub.url))
        return made[-1]

    yield make
    for each in made:
        each.context.close()
    complaints = [complaint for each in made for complaint in each.complaints]
    assert complaints == []


@pytest.fixture
def overflow() -> Any:
    """overflow(page, scrolls=False): what does not fit once the page has settled; one that scrolls may be long."""

    def look(page: Page, scrolls: bool = False) -> list[str]:
        page.evaluate(SETTLED)
        return page.evaluate(OVERFLOW, scrolls)

    return look
