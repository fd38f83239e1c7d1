"""The hardware of `hall init`: the lines, and on each the keypads, evaluators and bars of its windows."""

from __future__ import annotations

from collections.abc import Iterator

WINDOWS_ON_A_BUS = 127
"""Keypads and evaluators of one family share 255 addresses of one byte, two a window."""

PAD_AT = 127
"""An evaluator's address is its keypad's and so much."""

EXAMPLE = (
    "# A serial line that devices share: /dev/ttyS0, COM3, or a serial server as socket://10.0.0.5:4001",
    "lines:",
    "  # - {id: floor-1, port: /dev/ttyS0, speed: 9600}",
    "",
)
DEVICE_EXAMPLES = (
    "  # What stands on a line has an address there; docs/devices.md lists the drivers.",
    "  # - {id: keypad-1, kind: keypad, driver: ff68-keypad, line: floor-1, address: 1, window: 1}",
    "  # - {id: pad-1, kind: pad, driver: ff68-pad, line: floor-1, address: 101, window: 1}",
    "  # - {id: bar-1, kind: bar, driver: a090, line: floor-1, address: 1, window: 1}",
)


def fewest(windows: int) -> int:
    """Buses that so many windows need."""
    return -(-windows // WINDOWS_ON_A_BUS)


def lines(buses: int) -> Iterator[str]:
    if not buses:
        yield from EXAMPLE
        return
    yield "# The buses. A real one: port: /dev/ttyS0, COM3, or a serial server as socket://10.0.0.5:4001"
    yield "lines:"
    yield from (f"  - {{id: bus-{bus}, port: virtual, speed: 9600}}" for bus in range(1, buses + 1))
    yield ""


def devices(windows: int, buses: int) -> Iterator[str]:
    """The rows of the windows' devices: neighbours on one bus, as cables lie."""
    if not buses:
        yield from DEVICE_EXAMPLES
        return
    yield "  # Each window's devices. The address is that on the device's own switches; drivers: docs/devices.md."
    counts = [0] * buses
    for window in range(1, windows + 1):
        bus = (window - 1) * buses // windows
        counts[bus] += 1
        for kind, driver, address in (
            ("keypad", "ff68-keypad", counts[bus]),
            ("pad", "ff68-pad", counts[bus] + PAD_AT),
            ("bar", "a090", counts[bus]),
        ):
            at = f"line: bus-{bus + 1}, address: {address}, window: {window}"
            yield f"  - {{id: {kind}-{window}, kind: {kind}, driver: {driver}, {at}}}"
