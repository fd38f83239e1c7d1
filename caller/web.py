"""The Flask app over a hub: the API, the pages, pictures and sounds, and an error sentence for every wrong turn."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import segno
from apiflask import APIFlask
from flask import Request, Response, abort, render_template, request, send_from_directory
from werkzeug.exceptions import BadRequest, HTTPException

from caller import __version__
from caller.actions import NotAllowed
from caller.api import api
from caller.api.answers import refusal
from caller.api.bookings import IMPORT_BODY
from caller.dispatcher import NotKept
from caller.hub import Hub
from caller.pages import desks
from caller.persons import NotValid
from caller.problems import BY_STATUS, problem
from caller.sockets import add_sockets
from caller.tokens import Who
from displays.pages import screens
from kiosk.pages import pages as visitors

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "connect-src 'self' ws: wss:; media-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
"""Scripts only from here; styles may stand in attributes, which is how the pages set sizes that they compute."""


class HallRequest(Request):
    """A POST without a body means one without wishes: {}. A body that cannot be read is a BadRequest."""

    def get_json(self, *args: Any, **kwargs: Any) -> Any:
        if not self.get_data(cache=True).strip():
            return {}
        try:
            return super().get_json(*args, **kwargs)
        except RecursionError:
            raise BadRequest("nested too deeply") from None


def create_app(hub: Hub) -> APIFlask:
    """The app; hub.socketio is bound to it."""
    app = APIFlask(
        "caller",
        title="Hallcall",
        version=__version__,
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        static_url_path="/static",
    )
    app.request_class = HallRequest
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        MAX_CONTENT_LENGTH=64 * 1024, AUTO_404_RESPONSE=False, AUTO_VALIDATION_ERROR_RESPONSE=False, AUTO_SERVERS=False
    )
    app.security_schemes = {"bearer": {"type": "http", "scheme": "bearer"}}
    app.register_blueprint(api(hub))
    app.register_blueprint(visitors)
    app.register_blueprint(screens(hub.plan, demo=hub.demo))
    tokens = {"reception_token": _demo_token(hub, "reception"), "slips_token": _demo_token(hub, "supervisor")}
    app.register_blueprint(desks(hub.plan, demo=hub.demo, token=_demo_token(hub, "clerk"), **tokens))
    _add_files(app, hub)
    _add_errors(app)

    @app.spec_processor
    def bodies(document: dict[str, Any]) -> dict[str, Any]:
        document["paths"]["/api/v1/bookings/import"]["post"]["requestBody"] = IMPORT_BODY
        return document

    app.context_processor(lambda: {"hall": hub.plan, "demo": hub.demo})

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-cache"
        return response

    hub.socketio.init_app(app)
    add_sockets(hub, hub.socketio)
    return app


def _demo_token(hub: Hub, role: str) -> Callable[..., str]:
    return lambda window="": hub.tokens.make(Who(role, window)) if hub.demo else ""


def _add_files(app: APIFlask, hub: Hub) -> None:
    @app.get("/voice/<name>")
    @app.doc(hide=True)
    def voice(name: str) -> Response:
        response = send_from_directory(hub.data / "voice", name, mimetype="audio/wav")
        response.headers["Cache-Control"] = "max-age=604800, immutable"
        return response

    @app.get("/slips/<name>")
    @app.doc(hide=True)
    def slip(name: str) -> Response:
        return send_from_directory(hub.data / "slips", name, mimetype="image/png")

    @app.get("/qr/<token>.svg")
    @app.doc(hide=True)
    def qr(token: str) -> Response:
        """The address of a ticket's page as a QR code."""
        with hub.dispatcher.reading() as state:
            if token not in state.by_token:
                abort(404)
        drawn = io.BytesIO()
        segno.make(hub.page_of(token), micro=False, error="m").save(
            drawn, kind="svg", border=0, dark="#12181E", xmldecl=False, svgns=True, omitsize=True
        )
        return Response(drawn.getvalue(), mimetype="image/svg+xml")


def _add_errors(app: APIFlask) -> None:
    @app.error_processor
    def invalid(error: Any) -> Response:
        wrong = [name[:40] for name in (error.detail or {}).get("json", {}) if name != "_schema"][:5]
        if not wrong:
            return problem(422, errors=error.detail or None)
        names = ", ".join(wrong)
        return problem(422, "", f"内容不对：{names}", f"Not valid: {names}", errors=error.detail)

    @app.errorhandler(HTTPException)
    def wrong_turn(error: HTTPException) -> Response | tuple[str, int]:
        status = error.code or 500
        if not request.path.startswith("/api/"):
            return _page(status, error.description or "")
        if status == 400:
            return problem(422, "", "请求的内容不是正确的 JSON", "The body is not valid JSON")
        response = problem(status if status in BY_STATUS else 500)
        response.headers.extend((name, it) for name, it in error.get_headers() if name == "Allow")
        return response

    @app.errorhandler(NotKept)
    @app.errorhandler(NotAllowed)
    @app.errorhandler(NotValid)
    def refused(error: Exception) -> Response:
        status, body = refusal(error)
        return problem(status, body["code"], body["detail"], body["detail_en"])

    @app.errorhandler(500)
    def broken(error: Exception) -> Response | tuple[str, int]:
        return problem(500) if request.path.startswith("/api/") else _page(500, "")


def _page(status: int, sentence: str) -> tuple[str, int]:
    usual = BY_STATUS.get(status, BY_STATUS[500])[1]
    shown = sentence if sentence and not sentence.isascii() else usual
    return render_template("caller/problem.html", status=status, sentence=shown), status
