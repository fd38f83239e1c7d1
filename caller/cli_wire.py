"""`hall wire`: what goes over a line, decoded, as it happens or from a capture."""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caller.cli_files import Sentence

if TYPE_CHECKING:
    from devices.capture import Head
    from devices.traffic import Passed, Piece

SLICE_S = 0.2
"""How often a quiet line is looked at: by then the beginning of a frame without an end is told."""

REBOOTED_S = 5.0
"""A monotonic clock that is so far from where it was is that of a machine that was started again."""


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of `hall wire`."""
    made.add_argument("line", nargs="?", default="", help="the line's id in the config, or of a device alone on a port")
    made.add_argument("--server", default="http://127.0.0.1:8000", help="the hub's address (default: %(default)s)")
    made.add_argument("--token", default=os.environ.get("HALL_TOKEN"), help="of a supervisor or admin (or HALL_TOKEN)")
    made.add_argument("--port", default="", help="open this port instead, which no agent holds")
    made.add_argument("--family", action="append", default=[], metavar="DRIVER", help="with --port: what speaks there")
    made.add_argument("--speed", type=int, default=9600, help="with --port: bits a second (default: %(default)s)")
    made.add_argument("--record", type=Path, metavar="FILE", help="write what passes to this file")
    made.add_argument("--replay", type=Path, metavar="FILE", help="read it from this file")
    made.add_argument(
        "--into", default="", metavar="PORT", help="with --replay: send what came in, to a port or a line"
    )
    made.add_argument("--seconds", type=float, default=0.0, help="end after so many (default: never)")


def wire(args: argparse.Namespace) -> None:
    """Show, record, replay."""
    if sum(map(bool, (args.line, args.port, args.replay))) != 1:
        raise Sentence("one of these: hall wire LINE, hall wire --port PORT --family DRIVER, hall wire --replay FILE")
    if args.into and not args.replay:
        raise Sentence("--into sends a capture: give it with --replay FILE")
    if args.replay:
        _replay(args)
        return
    with ExitStack() as stack:
        head, passing = _from_port(args, stack) if args.port else _from_hub(args, stack)
        keep = _keeper(args, head, stack)
        _show(head, passing, args.family, keep)


def _show(head: Head, passing: Iterator[Passed | None], families: list[str], keep: Callable[[Passed], None]) -> None:
    """Print what passes; None among it is a moment in which nothing did."""
    from devices.driver import DeviceError
    from devices.registry import UnknownFamily
    from devices.traffic import Reading

    try:
        reading = Reading(head.devices, families)
    except UnknownFamily as unknown:
        raise Sentence(str(unknown)) from unknown
    except (DeviceError, LookupError, ValueError, TypeError, AttributeError) as wrong:  # as devices.rack
        raise Sentence(f"a device of the capture has an option that is none: {wrong}") from wrong
    began, quiet_since = datetime.fromisoformat(head.began), 0.0
    try:
        for passed in passing:
            if passed is not None:
                keep(passed)
                quiet_since = time.monotonic()
            pieces = (
                reading.feed(passed) if passed else reading.end() if time.monotonic() - quiet_since > SLICE_S else []
            )
            for piece in pieces:
                print(_line(began, piece), flush=True)
    except KeyboardInterrupt:
        pass
    for piece in reading.end():
        print(_line(began, piece), flush=True)


def _line(began: datetime, piece: Piece) -> str:
    at = (began + timedelta(seconds=piece.at)).strftime("%H:%M:%S.%f")[:-3]
    shown = piece.data.hex(" ") or "(a visitor's own: not shown)"
    what = f"{piece.device:<14} {piece.means}".rstrip() if piece.good else "!! no frame of any family here"
    return f"{at}  {piece.direction:<3}  {shown:<44}  {what}"


def _from_port(args: argparse.Namespace, stack: ExitStack) -> tuple[Head, Iterator[Passed | None]]:
    from devices.capture import Head, is_private
    from devices.line import LOST, open_port
    from devices.registry import UnknownFamily, family
    from devices.traffic import Passed

    try:
        for name in args.family:
            family(name)
        port = stack.enter_context(open_port(args.port, args.speed))
    except UnknownFamily as unknown:
        raise Sentence(str(unknown)) from unknown
    except LOST as problem:
        held = "If an agent of the hall holds it: hall wire LINE"
        raise Sentence(f"{args.port} cannot be opened: {problem}. {held}") from problem
    if not args.family:
        raise Sentence("--port wants --family: what speaks there; hall devices lists the drivers")
    private, start = is_private(args.family), time.monotonic()
    port.timeout = SLICE_S

    def passing() -> Iterator[Passed | None]:
        while not args.seconds or time.monotonic() - start < args.seconds:
            try:
                data = port.read(1)
                data += port.read(port.in_waiting)
            except LOST as problem:
                raise Sentence(f"{args.port} is lost: {problem}") from problem
            yield Passed(time.monotonic() - start, "in", b"" if private else data) if data else None

    return Head(args.port, args.speed, datetime.now().astimezone().isoformat(), ()), passing()


def _from_hub(args: argparse.Namespace, stack: ExitStack) -> tuple[Head, Iterator[Passed | None]]:
    from queue import Empty, Queue

    import socketio

    from devices.capture import head_of, passed_of

    came: Queue[dict[str, Any]] = Queue()
    client = socketio.Client()
    client.on("wire", came.put)
    client.on("connect", lambda: client.emit("wire", {"line": args.line}))  # also when the hub was away
    try:
        client.connect(args.server, auth={"token": args.token}, transports=["websocket"], wait_timeout=5)
        stack.callback(client.disconnect)
        answer = client.call("wire", {"line": args.line}, timeout=5)
    except socketio.exceptions.SocketIOError as problem:
        raise Sentence(f"the hub at {args.server} does not let us in or is not there: {problem}") from problem
    if answer["status"] != 200:
        raise Sentence(f"{answer['detail']} ({answer['code']}); a token of a supervisor or admin is needed")
    start, body = time.monotonic(), answer["body"]
    waits = "" if body["online"] else "; its agent is not connected, what passes is shown when it is"
    print(f"looking at {args.line}{waits} (Ctrl-C ends it)", flush=True)
    ahead: list[float] = []  # how far the agent's clock is before ours

    def passing() -> Iterator[Passed | None]:
        while not args.seconds or time.monotonic() - start < args.seconds:
            try:
                batch = came.get(timeout=SLICE_S)
            except Empty:
                yield None
                continue
            now_ahead = batch["t"] - (time.monotonic() - start)
            if not ahead or abs(now_ahead - ahead[0]) > REBOOTED_S:
                ahead[:] = [now_ahead]
            for it in batch["seen"]:
                passed = passed_of(it)
                yield replace(passed, at=max(passed.at - ahead[0], 0.0))

    return head_of(body), passing()


def _keeper(args: argparse.Namespace, head: Head, stack: ExitStack) -> Callable[[Passed], None]:
    from devices.capture import head_told, line_of

    if not args.record:
        return lambda passed: None
    try:
        file = stack.enter_context(args.record.open("w", encoding="utf-8"))
    except OSError as error:
        raise Sentence(f"{args.record} cannot be written: {error.strerror}") from error

    def keep(told: dict[str, Any]) -> None:
        file.write(json.dumps(told, ensure_ascii=False) + "\n")
        file.flush()

    keep(head_told(head))
    return lambda passed: keep(line_of(passed))


def _replay(args: argparse.Namespace) -> None:
    from devices.capture import NoCapture, read

    try:
        with args.replay.open(encoding="utf-8") as file, ExitStack() as stack:
            head, passing = read(file)
            say = _into(args, stack) if args.into else lambda data: None
            _show(head, _at_its_pace(passing, say) if args.into else passing, args.family, lambda passed: None)
    except NoCapture as wrong:
        raise Sentence(f"{args.replay}: {wrong}") from wrong
    except (OSError, UnicodeDecodeError) as error:
        raise Sentence(f"{args.replay} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _at_its_pace(passing: Iterator[Passed], say: Callable[[bytes], None]) -> Iterator[Passed]:
    start: float | None = None
    for passed in passing:
        if passed.direction == "in":
            start = time.monotonic() - passed.at if start is None else start
            time.sleep(max(0.0, start + passed.at - time.monotonic()))
            say(passed.data)
            yield passed


def _into(args: argparse.Namespace, stack: ExitStack) -> Callable[[bytes], None]:
    """A port of this machine, or a virtual line of a running hall."""
    from devices.line import LOST, open_port

    if re.search(r"/|^COM\d", args.into):
        try:
            port = stack.enter_context(open_port(args.into, args.speed))
        except LOST as problem:
            raise Sentence(f"{args.into} cannot be opened: {problem}") from problem
        return port.write
    import socketio

    client = socketio.Client()
    try:
        client.connect(args.server, auth={"token": args.token}, transports=["websocket"], wait_timeout=5)
    except socketio.exceptions.SocketIOError as problem:
        raise Sentence(f"the hub at {args.server} does not let us in or is not there: {problem}") from problem
    stack.callback(client.disconnect)

    def feed(data: bytes) -> None:
        answer = client.call("virtual", {"device": args.into, "do": "feed", "hex": data.hex()}, timeout=5)
        if answer["status"] != 200:
            raise Sentence(f"{args.into}: {answer.get('detail')}; only a virtual line takes a capture")

    return feed
