"""What no single key can show of the hardware: who speaks to it, what it hangs on, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from caller.config.problems import Found
from caller.config.rows import Row, Rows, word
from caller.config.values import as_yaml_reads
from caller.config.yaml import Key
from devices.options import mistakes
from devices.port_names import wrong_port
from devices.registry import Family, families

PLACES = {"keypad": "window", "pad": "window", "bar": "window", "panel": "zone", "printer": "kiosk", "voice": "area"}
PLACES |= {"reader": "kiosk", "scanner": "kiosk"}
"""What a device of a kind has to name; a printer may be named by its kiosks instead, a panel of the hall names none."""


def check_devices(file: Rows) -> Iterator[Found]:
    """Every device with the wrong driver or in a place that is taken, missing or not its own."""
    known = families()
    for where, row in file.rows("devices"):
        name = word(row, "driver")
        if name in known:
            yield from _driven(where, row, known[name])
            yield from _options(where, row, known[name])
            yield from _connected(where, row, known[name], file)
            yield from _placed(where, row, known[name], file)
        elif name:
            yield Found((*where, "driver"), f"no driver {name!r}", name, tuple(known))
    yield from _addresses(file, known)
    yield from _ports(file, known)
    yield from _kiosks(file, known)


def _driven(where: Key, row: Row, family: Family) -> Iterator[Found]:
    if (kind := word(row, "kind")) and kind != family.kind:
        yield Found((*where, "kind"), f"{family.name} is a driver for a {family.kind}, not for a {kind}")


def _options(where: Key, row: Row, family: Family) -> Iterator[Found]:
    """Options that its driver knows by name; what they may be is its family's to say, if it does."""
    options = row.get("options")
    if not isinstance(options, dict):
        return
    on_line, address = family.place == "line", word(row, "address")
    known = family.options if family.options is None or not on_line else (*family.options, "speed")
    for name in options if known is not None else ():
        if name not in known:
            yield Found((*where, "options", name), f"{family.name} has no option {name!r}", name, known)
    if on_line and word(row, "line") and "speed" in options:
        yield Found((*where, "options", "speed"), "all on a line speak at its speed: write it at the line")
    said = as_yaml_reads(options)
    found = family.wrong_options(said)
    if on_line and not found:
        found = mistakes(family, said, int(address) if re.fullmatch(r"\d{1,4}", address, re.ASCII) else 1)
    for name, sentence in found:
        yield Found((*where, "options", name) if name else (*where, "options"), sentence)


def _connected(where: Key, row: Row, family: Family, file: Rows) -> Iterator[Found]:
    """On a line with an address, or alone on a port, where the family has addresses with one too."""
    line, port, address = word(row, "line"), word(row, "port"), word(row, "address")
    on_line, last = family.place == "line", family.addresses
    if line and port:
        yield Found((*where, "port"), "stands on a line and on a port of its own: leave one out")
    elif on_line and line and not last:
        yield Found((*where, "line"), f"{family.name} has no addresses: write `port: …` instead of a line")
    elif on_line and not line and not port and last:
        yield Found(where, f"{family.name} stands on a line: write `line: ID` and `address: N`, or `port: …`")
    elif on_line and last and "address" not in row:
        yield Found(where, "is missing its address on the line: write `address: N`")
    elif on_line and not last and "address" in row:
        yield Found((*where, "address"), f"{family.name} has no addresses: leave it out")
    elif on_line and re.fullmatch(r"\d{1,4}", address, re.ASCII) and not 1 <= int(address) <= last:
        yield Found((*where, "address"), f"should be 1 to {last}, not {address}")
    elif not on_line and line:
        yield Found((*where, "line"), f"{family.name} has a port of its own: write `port: …` instead of a line")
    elif not (on_line and last) and not port and family.name != "espeak":
        yield Found(where, "is missing its port: write `port: …`")
    agents = {word(it, "id"): word(it, "agent") or "main" for _, it in file.rows("lines")}
    if (agent := word(row, "agent")) and line in agents and agent != agents[line]:
        yield Found((*where, "agent"), f"line {line!r} is held by agent {agents[line]!r}")


def _placed(where: Key, row: Row, family: Family, file: Rows) -> Iterator[Found]:
    """At its window, its kiosk, in its loudspeaker area."""
    place = PLACES.get(family.kind, "window")
    for other in ("window", "kiosk", "area", "zone"):
        if word(row, other) and other != place:
            yield Found((*where, other), f"a {family.kind} has no {other}: it names its {place}")
    if word(row, place):
        return
    if family.kind == "panel":
        return
    if family.kind != "printer":
        yield Found(where, f"a {family.kind} names its {place}: write `{place}: ID`")
    elif word(row, "id") not in file.names("kiosks", "printer"):
        yield Found(where, "nothing prints here: write `kiosk: ID`, or `printer: ID` at a kiosk")


def _kiosks(file: Rows, known: Mapping[str, Family]) -> Iterator[Found]:
    """A kiosk's printer is one, and both say so if both say anything."""
    devices = {word(row, "id"): row for _, row in file.rows("devices")}
    for where, row in file.rows("kiosks"):
        device = devices.get(word(row, "printer"), {})
        family = known.get(word(device, "driver"))
        if family and family.kind != "printer":
            yield Found((*where, "printer"), f"{word(device, 'id')!r} is a {family.kind}, not a printer")
    prints_on = {word(row, "id"): word(row, "printer") for _, row in file.rows("kiosks")}
    for where, row in file.rows("devices"):
        family = known.get(word(row, "driver"))
        if not (kiosk := word(row, "kiosk")) or (family and family.kind != "printer"):
            continue
        prints_on[kiosk] = prints_on.get(kiosk) or word(row, "id")
        if prints_on[kiosk] != word(row, "id"):
            yield Found((*where, "kiosk"), f"kiosk {kiosk!r} prints on {prints_on[kiosk]!r} already")


def _addresses(file: Rows, known: Mapping[str, Family]) -> Iterator[Found]:
    """On a line, no two devices whose frames look the same have one address."""
    taken: dict[tuple[str, str, str], Key] = {}
    for where, row in file.rows("devices"):
        family, line, address = known.get(word(row, "driver")), word(row, "line"), word(row, "address").lstrip("0")
        if not (family and line and address):
            continue
        if (at := taken.setdefault((line, _frames(family), address), where)) != where:
            other = word(file.row(at), "id")
            what = f"address {address} on line {line!r} is taken by {other!r}, on line {file.line(at)}"
            yield Found((*where, "address"), what)


def _frames(family: Family) -> str:
    """What its frames look like: two devices may not share an address if theirs look the same.

    A box's loudspeaker stands beside its bar, at the same address: what is said to one is nothing to the other.
    """
    return family.name.partition("-")[0] if family.kind != "voice" else family.name


def _ports(file: Rows, known: Mapping[str, Family]) -> Iterator[Found]:
    """Each is written as one, and one thing opens it; only virtual ones are as many as you like."""
    taken: dict[tuple[str, str], Key] = {}
    for part in ("lines", "devices"):
        for where, row in file.rows(part):
            port, agent = word(row, "port"), word(row, "agent") or "main"
            family = known.get(word(row, "driver")) if part == "devices" else None
            if port and (family or part == "lines") and (sentence := wrong_port(port, family)):
                yield Found((*where, "port"), sentence)
            if port and port != "virtual" and (at := taken.setdefault((agent, port), where)) != where:
                it = word(file.row(at), "id")
                yield Found((*where, "port"), f"port {port} is taken by {it!r} on line {file.line(at)}")
