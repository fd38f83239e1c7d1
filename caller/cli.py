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
from typing import TYPE_CHECKING, Any, NoReturn

from caller import __version__

if TYPE_CHECKING:
    from caller.config import Config

HERE_CONFIG = "hall_config.yaml"


class Parser(argparse.ArgumentParser):
    """Says one sentence and where to read more."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help\n")


class Sentence(Exception):
    """str() is what the person at the terminal should know; exit status 2."""


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

    check = command("check", _check, "Read a config and tell every mistake in it.")
    config_of(check)

    init = command("init", _init, "Write a commented config for a new hall on stdout.")
    init.add_argument("--zones", type=_some, default=1, help="how many zones (default: %(default)s)")
    init.add_argument("--windows", type=_some, default=2, help="how many windows (default: %(default)s)")
    init.add_argument("--services", type=_some, default=4, help="how many services (default: %(default)s)")

    token = command("token", _token, "Print a bearer token, signed with the key in the data folder.")
    token.add_argument("--role", required=True, choices=("clerk", "reception", "supervisor", "admin", "device"))
    token.add_argument("--window", default="", help="the one window a clerk's token is for")
    token.add_argument("--clerk", default="", help="the staff number it is for")
    config_of(token)
    token.add_argument("--data", type=Path, required=True, help="data folder")

    devices = command("devices", _devices, "List the config's devices, and the drivers there are.")
    config_of(devices, required=False)

    verify = command("verify", _verify, "Prove that the journal is what was written.")
    verify.add_argument("--data", type=Path, required=True, help="data folder")

    bench = command("bench", _bench, "Measure, beside a bare Flask-SocketIO server in the same run.")
    bench.add_argument("--clients", type=_some, default=50, help="pages that watch (default: %(default)s)")
    bench.add_argument("--rounds", type=_some, default=200, help="calls measured (default: %(default)s)")
    bench.add_argument("--json", action="store_true", help="figures as JSON")
    return top


def _demo(args: argparse.Namespace) -> None:
    if args.host not in ("127.0.0.1", "localhost", "::1"):
        raise Sentence("the demo has no accounts and listens on this machine only; for a real hall use hall serve")

    plan = _load(args.config).plan()

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

    config = _load(args.config)
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
    os.kill(os.getpid(), signal.SIGTERM)


def _check(args: argparse.Namespace) -> None:
    plan = _load(args.config).plan()
    print(
        f"{args.config}: {plan.name}, {len(plan.zones)} zones, {len(plan.windows)} windows, "
        f"{len(plan.services)} services. No mistakes."
    )


def _init(args: argparse.Namespace) -> None:
    from caller.init_config import init_text

    try:
        text = init_text(args.zones, args.windows, args.services)
    except ValueError as error:
        raise Sentence(str(error)) from error
    sys.stdout.write(text)


def _token(args: argparse.Namespace) -> None:
    from caller.tokens import Tokens, Who

    plan = _load(args.config).plan()
    if args.window and args.window not in plan.window:
        raise Sentence(f"no window {args.window!r} in {args.config}; there are {_few(list(plan.window))}")
    if args.clerk and args.clerk not in plan.clerk:
        raise Sentence(f"no clerk {args.clerk!r} in {args.config}; there are {_few(list(plan.clerk))}")
    try:
        print(Tokens(args.data).make(Who(args.role, args.window, args.clerk)))
    except OSError as error:
        raise Sentence(f"the key in {args.data} cannot be used: {error.strerror}") from error


def _devices(args: argparse.Namespace) -> None:
    from devices.registry import families

    config = _load(args.config)
    print(f"{'device':<18}{'kind':<9}{'driver':<14}{'at':<34}for")
    for placed in config.devices:
        spec = placed.spec
        at = f"{spec.line} address {spec.address}" if spec.line else spec.port or "-"
        kiosk_or_area = f"kiosk {placed.kiosk}" if placed.kiosk else placed.area
        place = f"window {placed.window}" if placed.window else kiosk_or_area
        print(f"{spec.id:<18}{spec.kind:<9}{spec.driver:<14}{at:<34}{place}")
    print("\ndrivers: " + ", ".join(f"{name} ({family.kind})" for name, family in families().items()))


def _verify(args: argparse.Namespace) -> None:
    from caller.journal import Journal, JournalBroken

    path = args.data / "hall.db"
    if not path.exists():
        raise Sentence(f"there is no journal in {args.data}")
    try:
        journal = Journal(path)
        print(f"{path}: {journal.verify()} events, each as it was written")
        journal.close()
    except JournalBroken as error:
        raise Sentence(str(error)) from error


def _bench(args: argparse.Namespace) -> None:
    from caller.bench import bench

    bench(clients=args.clients, rounds=args.rounds, as_json=args.json)


def _load(path: Path) -> Config:
    from caller.config import load
    from caller.config_problems import ConfigProblems

    try:
        return load(path)
    except ConfigProblems as problems:
        for problem in problems.problems:
            print(problem, file=sys.stderr)
        count = len(problems.problems)
        raise Sentence(f"{path} has {count} mistake{'s' if count > 1 else ''}") from None
    except OSError as error:
        raise Sentence(f"{path} cannot be read: {error.strerror}. hall init writes one to start from") from error


def _shipped_config() -> Path:
    """The hall_config.yaml of the folder one is in, else the one beside the program."""
    here = Path(HERE_CONFIG)
    return here if here.exists() else Path(__file__).resolve().parent.parent / HERE_CONFIG


def _few(names: list[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")


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


def _some(text: str) -> int:
    return _number(text, 1, 100_000)


if __name__ == "__main__":
    sys.exit(main())
