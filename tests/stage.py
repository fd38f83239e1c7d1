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
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import Flask, Response, jsonify, request
from flask_socketio import SocketIO, emit, join_room
from werkzeug.serving import make_server

import caller
from caller.pages import desks
from displays.pages import screens
from hall.plan import Clerk, Kiosk, Plan, Queue, Service, Window, Zone

VIEWS = Path(__file__).parent / "views"
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
        self.app.register_blueprint(
            desks(
                PLAN,
                demo=demo,
                token=lambda window: f"token-of-{window}",
                reception_token=lambda: "token-of-r",
                slips_token=lambda: "token-of-s",
            )
        )
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
        threading.Thread(target=self._server.serve_forever, args=(0.02,), name="stage", daemon=True).start()

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
                    {
                        "id": s.id,
                        "name": s.name,
                        "initials": "gjj",
                        "person": s.person,
                        **dict.fromkeys(("queue", "letters", "zone"), s.queue),
                    }
                    for s in PLAN.services
                ]
            )

        @self.app.get("/api/v1/kiosks")
        def kiosks() -> Response:
            return jsonify([{"id": k.id, "name": k.name, "floor": "1", "printer": "ok"} for k in PLAN.kiosks])

        @self.app.post("/api/v1/tickets")
        @self.app.post("/api/v1/windows/<window>/<name>")
        @self.app.post("/api/v1/tickets/<ticket>/<name>")
        @self.app.post("/api/v1/bookings/<ticket>/<name>")
        @self.app.post("/api/v1/zones/<ticket>/<name>")
        @self.app.post("/api/v1/persons/<name>")
        @self.app.post("/api/v1/printers/<ticket>/<name>")
        def command(window: str = "", name: str = "take", ticket: str = "") -> tuple[Response, int]:
            body = request.get_json(silent=True) or {}
            key, bearer = request.headers.get("Idempotency-Key"), request.headers.get("Authorization")
            path = request.path.removeprefix("/api/v1/")
            post = {"window": window, "name": name, "body": body, "id": key, "bearer": bearer, "path": path}
            self.posts.append(post)
            status, said = self.answer(name, body)
            return jsonify(said), status

    def _wire_socket(self) -> None:
        @self.live.on("connect")
        def connect(auth: dict | None = None) -> None:
            self._tokens[request.sid] = (auth or {}).get("token", "")

        @self.live.on("watch")
        def watch(wish: dict) -> dict:
            key = (wish["view"], wish["of"])
            if key[0] in ("desk", "bookings") and not self.admits(self._tokens[request.sid]):
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
        self._server.server_close()


def load(name: str) -> dict:
    """A view from views/NAME.json, ready to be changed."""
    return json.loads((VIEWS / f"{name}.json").read_text(encoding="utf-8"))


def call(n: int, number: str, window: str, *, at: str = "10:07:02", floor: str = "3", again: int = 1) -> dict:
    """A call as views carry it, made on the day of the views at `at`."""
    names = {"window": window, "window_name": window, "zone": number[0], "floor": floor}
    return {"call": n, "number": number, "at": f"2026-03-18T{at}+08:00", "again": again, **names}
