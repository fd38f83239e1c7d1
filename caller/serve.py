"""Running a hub: its port, its data folder, its agent, and a clean end. One process, greenlets; see docs/why.md."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import structlog

from caller.config import Config
from caller.tokens import Tokens, Who

if TYPE_CHECKING:
    from gevent.threadpool import ThreadPool

log = structlog.get_logger("serve")
RESTART_PAUSE_S = 2.0
SWITCH_S = 0.0005
"""How long the greenlets keep the interpreter from the thread that commits; at Python's 5 ms it was half the wait."""


class CannotServe(Exception):
    """str() is a sentence for whoever started it."""


def listen(host: str, port: int) -> socket.socket:
    """A bound, listening socket. Raises CannotServe when the port is taken or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"Port {port} on {host} is in use. Is the hall running already? Choose another with --port."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise CannotServe(f"Port {port} needs more rights than this user has. Choose one above 1023.") from error
        raise CannotServe(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from error
    made.listen(1024)
    return made


def claim(data: Path) -> TextIO:
    """The data folder, for this process alone until it ends. Raises CannotServe when another hub has it."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "hall.lock").open("a+")
    except OSError as error:
        raise CannotServe(f"The data folder {data} cannot be used: {error.strerror}.") from error
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        raise CannotServe(
            f"The data folder {data} is in use by another hub (process {lock.read().strip() or 'unknown'})."
        ) from error
    try:
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
    except OSError as error:
        raise CannotServe(f"The data folder {data} cannot be used: {error.strerror}.") from error
    return lock


class AgentKeeper:
    """Keeps this machine's agent running: started again when it dies, ended with the hub."""

    def __init__(self, url: str, data: Path, name: str = "main") -> None:
        self._data = data
        self._command = [sys.executable, "-m", "caller.cli", "agent", "--server", url, "--name", name]
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="agent-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        while not self._stopped.is_set():
            # the token travels in the environment: a command line can be read by everybody on the machine
            environment = {**os.environ, "HALL_TOKEN": Tokens(self._data).make(Who("device"))}
            command = [*self._command, "--data", str(self._data)]
            # when the hub dies in any way its end of the pipe closes, and the agent ends instead of holding the ports
            self._process = subprocess.Popen([*command, "--until-stdin-closes"], env=environment, stdin=subprocess.PIPE)
            code = self._process.wait()
            if not self._stopped.is_set():
                log.warning("the agent has ended; it is started again", code=code)
                self._stopped.wait(RESTART_PAUSE_S)

    def stop(self) -> None:
        self._stopped.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()


def serve(
    config: Config,
    data: Path,
    host: str,
    port: int,
    *,
    demo: bool = False,
    visitors: int = 0,
    agent: bool = True,
    ready: Callable[[str], Any] = lambda url: None,
) -> None:
    """Run the hub until SIGTERM or SIGINT. Call after gevent's monkey patching. Raises CannotServe."""
    import gevent
    import gevent.event
    from gevent.pywsgi import WSGIServer
    from gevent.threadpool import ThreadPool

    from caller.hub import Hub
    from caller.journal import JournalBroken
    from caller.web import create_app

    sys.setswitchinterval(SWITCH_S)
    lock = claim(data)
    listener = listen(host, port)
    url = f"http://{_reachable(host)}:{listener.getsockname()[1]}"
    journal_thread, drawing_thread = ThreadPool(1), ThreadPool(1)
    try:
        beside = {"run_blocking": _in(journal_thread), "drawing": _in(drawing_thread)}
        hub = Hub(config, data, url=lambda: url, demo=demo, **beside)
        app = create_app(hub)
        hub.start()
    except JournalBroken as error:
        raise CannotServe(f"{error}.") from error
    server = WSGIServer(listener, app, log=None, error_log=None)
    server.start()
    keeper = AgentKeeper(url, data) if agent and config.for_agent("main")["devices"] else None
    if keeper:
        keeper.start()
    if demo:
        from caller.demo import Demo

        Demo(hub, visitors).start()
    ended = gevent.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ended.set)
    ready(url)
    ended.wait()
    log.info("the hub ends")
    if keeper:
        keeper.stop()  # first: it says good-bye to a hub that still answers
    server.stop(timeout=1)
    hub.stop()
    lock.close()


def _in(pool: ThreadPool) -> Callable[..., Any]:
    """run(f, *args) in the pool. Errors come back as values: gevent prints the trace of what is raised in a pool."""

    def guarded(f: Callable[..., Any], *args: Any) -> tuple[Any, Exception | None]:
        try:
            return f(*args), None
        except Exception as error:
            return None, error

    def run(f: Callable[..., Any], *args: Any) -> Any:
        given, error = pool.apply(guarded, (f, *args))
        if error:
            raise error
        return given

    return run


def _reachable(host: str) -> str:
    """An address that a phone in the hall can use: for 0.0.0.0 this machine's own on its network."""
    if host not in ("", "0.0.0.0", "::"):
        return f"[{host}]" if ":" in host else host
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        probe.connect(("192.0.2.1", 9))  # TEST-NET: no packet is sent, the kernel only chooses an interface
        return str(probe.getsockname()[0])
    except OSError:
        return "127.0.0.1"
    finally:
        probe.close()
