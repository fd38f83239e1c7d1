"""The baseline: a bare Flask-SocketIO server that keeps nothing, decides nothing, and sends the same view."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402  (gevent patches first)
import sys  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402


def main(view_file: str) -> None:
    """Serve on a free port and print it; `view_file` holds the panel view to send."""
    view = json.loads(Path(view_file).read_text(encoding="utf-8"))
    answer = {"status": 200, "body": view["data"]["windows"][0]}
    app = Flask(__name__)
    sockets = SocketIO(app, async_mode="gevent")
    calls = 0

    @sockets.on("watch")
    def watch(body: Any) -> dict[str, int]:
        join_room("panel")
        return {"status": 200}

    @sockets.on("take")
    def take(body: Any) -> dict[str, Any]:
        return answer

    @sockets.on("next")
    def call_next(body: Any) -> dict[str, Any]:
        nonlocal calls
        calls += 1
        view["data"]["calls"] = [{"call": calls, "window": body["window"]}, *view["data"]["calls"][1:]]
        sockets.emit("view", view, to="panel")
        return answer

    server = WSGIServer(("127.0.0.1", 0), app, log=None)
    server.start()
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
