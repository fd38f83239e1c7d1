"""`hall devices`: what the config has, which drivers there are, which ports this machine has, and what is on one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from caller.cli_files import Sentence, load_config

if TYPE_CHECKING:
    from devices.probe import Probe


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of `hall devices`."""
    made.add_argument("--ports", action="store_true", help="list the serial ports of this machine")
    made.add_argument("--probe", metavar="PORT", default="", help="ask on this port what is there; it asks you first")
    made.add_argument(
        "--family", action="append", metavar="DRIVER", help="probe for this driver only (may be repeated)"
    )
    made.add_argument("--address", type=int, default=1, help="probe at this address (default: %(default)s)")
    made.add_argument("--yes", action="store_true", help="do not ask before probing")


def devices(args: argparse.Namespace) -> None:
    """List, or probe."""
    if args.probe:
        _probe(args)
    elif args.ports:
        _ports()
    else:
        _list(args)


def _list(args: argparse.Namespace) -> None:
    from devices.registry import families

    config, known = load_config(args.config), families()
    print(f"{'device':<18}{'kind':<9}{'driver':<18}{'at':<34}for")
    for placed in config.devices:
        spec = placed.spec
        at = f"{spec.line} address {spec.address}" if spec.line else spec.port or "-"
        where = {"window": placed.window, "kiosk": placed.kiosk, "zone": placed.zone, "area": placed.area}
        place = next((f"{what} {it}" if what != "area" else it for what, it in where.items() if it), "the hall")
        print(f"{spec.id:<18}{spec.kind:<9}{spec.driver:<18}{at:<34}{place}")
    print(f"\n{'driver':<18}{'for a':<10}{'status':<14}{'probe':<7}page")
    for family in known.values():
        probe = "yes" if family.probe else "-"
        print(f"{family.name:<18}{family.kind:<10}{family.status:<14}{probe:<7}docs/{family.page}")


def _ports() -> None:
    from devices.ports import ports

    found = ports()
    for port in found:
        print(f"{port.name:<16}{port.what or '-'}")
        if port.lasting:
            print(f"{'':<16}stays the same after a replug: {port.lasting}")
    if not found:
        print("this machine has no serial port")


def _probe(args: argparse.Namespace) -> None:
    from devices.ports import PortTaken, probe

    probes = _probes(args.family, args.address)
    _may_ask(args, probes)
    found = False
    try:
        for it in probe(args.probe, probes, args.address):
            found |= bool(it.family)
            if it.family:
                print(f"{it.family} at {it.speed}: {it.said}", flush=True)
            else:
                print(f"at {it.speed} something answered that no driver knows: {it.heard[:40].hex(' ')}", flush=True)
    except PortTaken as problem:
        raise Sentence(f"{problem}. If an agent of the hall holds it, look on with hall wire") from problem
    if not found:
        print(f"nothing on {args.probe} was recognised (asked for {', '.join(probes)})")


def _probes(wanted: list[str] | None, address: int) -> Mapping[str, Probe]:
    from devices.registry import UnknownFamily, families, family

    try:
        rows = [family(name) for name in wanted] if wanted else list(families().values())
    except UnknownFamily as unknown:
        raise Sentence(str(unknown)) from unknown
    probes = {row.name: probe for row in rows if (probe := row.load_probe())}
    for row in rows:
        if row.name in probes and not 0 <= address <= max(row.addresses, 1):
            raise Sentence(f"--address {address} is none of {row.name}: 1 to {row.addresses}")
        if wanted and row.name not in probes:
            raise Sentence(f"{row.name} has no harmless question: its devices do not answer")
    return probes


def _may_ask(args: argparse.Namespace, probes: Mapping[str, Probe]) -> None:
    """Nobody knows what hangs on the port: who is there says yes first."""
    if args.yes:
        return
    if not sys.stdin.isatty():
        raise Sentence(f"--probe sends to {args.probe}; say --yes if it may")
    print(f"To {args.probe} is sent, at up to {max(len(it.speeds) for it in probes.values())} speeds:")
    for name, it in probes.items():
        sent = it.ask(args.address).hex(" ") or "nothing"
        print(f"  {name:<16}{sent:<40}it {it.does}")
    if (
        input("What is there may be something else, and take it for something else. Send? [y/N] ").strip().lower()
        != "y"
    ):
        raise Sentence("nothing was sent")
