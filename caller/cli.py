"""The command `hall`. Every command has --help; bad input gets one clear sentence on stderr and exit status 2."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from caller import __version__, cli_bookings, cli_devices, cli_files, cli_simulate, cli_slip, cli_wire
from caller.cli_files import Sentence, load_config

HERE_CONFIG = "hall_config.yaml"


class Parser(argparse.ArgumentParser):
    """Says one sentence and where to read more."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    args = parser().parse_args(argv)
    if args.run in (_demo, _serve):
        # before anything that takes a lock or a socket is imported
        from gevent import monkey

        monkey.patch_all()
    try:
        return args.run(args) or 0
    except Sentence as sentence:
        print(f"hall: {sentence}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def parser() -> Parser:
    """All commands and their options."""
    top = Parser(prog="hall", description="Hallcall: 排队叫号, the queue of a government service hall.")
    top.add_argument("--version", action="version", version=f"hallcall {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], summary: str) -> Parser:
        made: Parser = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(run=run)
        return made

    def config_of(made: Parser, required: bool = True) -> None:
        default = None if required else _shipped_config()
        made.add_argument("--config", type=Path, required=required, default=default, help="the hall's hall_config.yaml")

    demo = command("demo", _demo, "The whole hall in software, on this machine only.")
    config_of(demo, required=False)
    demo.add_argument("--data", type=Path, default=Path("hall-data/demo"), help="data folder (default: %(default)s)")
    demo.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    demo.add_argument("--port", type=_port, default=8000, help="port, 0 for any free one (default: %(default)s)")
    demo.add_argument("--visitors", type=_count, default=0, help="simulated visitors an hour (default: none)")

    serve = command("serve", _serve, "Run the hub of a hall.")
    config_of(serve)
    serve.add_argument("--data", type=Path, required=True, help="data folder: the journal and everything else")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=_port, default=8000, help="port, 0 for any free one (default: %(default)s)")
    serve.add_argument("--no-agent", action="store_true", help="do not start this machine's agent")

    agent = command("agent", _agent, "Drive the hardware of a machine for a hub.")
    agent.add_argument("--server", required=True, help="the hub's address, as http://10.0.0.2:8000")
    agent.add_argument("--token", default=os.environ.get("HALL_TOKEN"), help="device token (or HALL_TOKEN)")
    agent.add_argument("--name", default="main", help="the agent's name in the config (default: %(default)s)")
    agent.add_argument("--until-stdin-closes", action="store_true", help="end with the program that started it")
    agent.add_argument("--data", type=Path, default=Path("hall-data/agent"), help="its state (default: %(default)s)")

    check = command("check", cli_files.check, "Read a config and tell every mistake in it.")
    config_of(check)

    init = command("init", cli_files.init, "Write a commented config for a new hall on stdout.")
    init.add_argument("--zones", type=_some, default=1, help="how many zones (default: %(default)s)")
    init.add_argument("--windows", type=_some, default=2, help="how many windows (default: %(default)s)")
    init.add_argument("--services", type=_some, default=4, help="how many services (default: %(default)s)")
    init.add_argument("--clerks", type=_none_or_some, default=0, help="how many clerks (default: an example)")
    init.add_argument(
        "--buses", type=_none_or_some, default=0, help="virtual lines with every window's keypad, evaluator and bar"
    )

    token = command("token", cli_files.token, "Print a bearer token, signed with the key in the data folder.")
    token.add_argument("--role", required=True, choices=("clerk", "reception", "supervisor", "admin", "device"))
    token.add_argument("--window", default="", help="the one window a clerk's token is for")
    token.add_argument("--clerk", default="", help="the staff number it is for")
    config_of(token)
    token.add_argument("--data", type=Path, required=True, help="data folder")

    devices = command("devices", cli_devices.devices, "List the config's devices and the drivers; probe a port.")
    config_of(devices, required=False)
    cli_devices.add_options(devices)

    slip = command("slip", cli_slip.run, "See what a slip looks like, and write its template to change it.")
    config_of(slip, required=False)
    cli_slip.add_options(slip)

    cli_wire.add_options(command("wire", cli_wire.wire, "Show what goes over a line, decoded; record and replay it."))

    verify = command("verify", cli_files.verify, "Prove that the journal is what was written.")
    verify.add_argument("--data", type=Path, required=True, help="data folder")

    cli_bookings.add_options(command("bookings", cli_bookings.bookings, "Take over bookings of another system."))

    why = command("why", cli_files.why, "Why a ticket was called, and why before another.")
    why.add_argument("number", help="the ticket: A031")
    why.add_argument("other", nargs="?", default="", help="another, that it went before: A030")
    why.add_argument("--day", default="", help="the day, as 2026-11-23 (default: the last)")
    why.add_argument("--data", type=Path, required=True, help="data folder")

    simulate = command(
        "simulate", cli_simulate.run, "Play a day, and tell how long people wait and how good the estimates are."
    )
    config_of(simulate, required=False)
    cli_simulate.add_options(simulate)

    bench = command("bench", _bench, "Measure, beside a bare Flask-SocketIO server in the same run.")
    bench.add_argument("--clients", type=_some, default=50, help="pages that watch (default: %(default)s)")
    bench.add_argument("--rounds", type=_some, default=200, help="calls measured (default: %(default)s)")
    bench.add_argument("--json", action="store_true", help="figures as JSON")
    return top


def _demo(args: argparse.Namespace) -> None:
    if args.host not in ("127.0.0.1", "localhost", "::1"):
        raise Sentence("the demo has no accounts and listens on this machine only; for a real hall use hall serve")

    plan = load_config(args.config).plan()

    def ready(url: str) -> None:
        first = plan.windows[0].id
        lines = [
            ("开始页 start page", "/"),
            ("取号机 kiosk", "/kiosk"),
            ("综合屏 panel", "/panel"),
            ("窗口屏 window screen", f"/window/{first}"),
            ("工作台 desk", f"/desk?window={first}"),
            ("评价器 rating pad", f"/pad/{first}"),
            ("离台评价 off-desk rating", "/rate"),
        ]
        print(f"{plan.name} is running: {url}/   (Ctrl-C ends it)")
        for name, path in lines:
            print(f"  {url}{path:<18} {name}")
        sys.stdout.flush()

    _run_hub(args, ready, demo=True, visitors=args.visitors)


def _serve(args: argparse.Namespace) -> None:
    _run_hub(args, lambda url: print(f"listening on {url}", flush=True), agent=not args.no_agent)


def _run_hub(args: argparse.Namespace, ready: Callable[[str], None], **how: Any) -> None:
    from caller.logs import set_up_logs
    from caller.serve import CannotServe, serve

    config = load_config(args.config)
    set_up_logs()
    try:
        serve(config, args.data, args.host, args.port, ready=ready, **how)
    except CannotServe as error:
        raise Sentence(str(error)) from error


def _agent(args: argparse.Namespace) -> None:
    if not args.token:
        raise Sentence("no token: give --token or HALL_TOKEN; hall token --role device makes one")
    if not re.fullmatch(r"https?://[^\s/?#]+/?", args.server):
        raise Sentence(f"--server is the hub's address, like http://10.0.0.2:8000, not {args.server!r}")
    from caller.logs import set_up_logs
    from devices.agent import run

    set_up_logs()
    if args.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    run(args.server, args.token, args.name, args.data / f"agent-{args.name}", args.data)


def _end_with_stdin() -> None:
    sys.stdin.read()
    signal.raise_signal(signal.SIGTERM)  # not os.kill: on Windows that ends the process on the spot


def _bench(args: argparse.Namespace) -> None:
    from caller.bench import bench

    bench(clients=args.clients, rounds=args.rounds, as_json=args.json)


def _shipped_config() -> Path:
    """The hall_config.yaml of the folder one is in, else the one beside the program."""
    here = Path(HERE_CONFIG)
    return here if here.exists() else Path(__file__).resolve().parent.parent / HERE_CONFIG


def _number(text: str, low: int, high: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if not low <= number <= high:
        raise argparse.ArgumentTypeError(f"{number} is not between {low} and {high}")
    return number


def _port(text: str) -> int:
    return _number(text, 0, 65535)


def _count(text: str) -> int:
    return _number(text, 0, 3600)


def _none_or_some(text: str) -> int:
    return _number(text, 0, 100_000)


def _some(text: str) -> int:
    return _number(text, 1, 100_000)


if __name__ == "__main__":
    sys.exit(main())
