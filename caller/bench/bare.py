"""The baseline: a bare Flask-SocketIO server that keeps nothing, decides nothing, and sends the same view."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from gevent import monkey


def main(view_file: str) -> None:
    """Serve on a free port and print it; `view_file` holds the panel view to send."""
    monkey.patch_all()  # before anything that takes a lock or a socket is imported
    from flask import Flask
    from flask_socketio import SocketIO, join_room
    from gevent.pywsgi import WSGIServer

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
