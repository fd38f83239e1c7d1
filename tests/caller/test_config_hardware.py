"""What somebody with a box of old hardware may type wrong: each is a sentence with its line, before the hall opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from caller.config import ConfigProblems, load
from devices import registry
from devices.options import SECONDS, WHOLE, YES_OR_NO, mistakes
from devices.port_names import wrong_port

from .halls import CONFIG

PLACE = {
    "keypad": "window: 2",
    "pad": "window: 2",
    "bar": "window: 2",
    "panel": "zone: general",
    "printer": "kiosk: bare",
}
PLACE |= {"voice": "area: hall", "reader": "kiosk: bare", "scanner": "kiosk: bare"}
ON_A_LINE = [row for row in registry.TABLE if row.place == "line"]


def told(folder: Path, row: registry.Family, port: str = "virtual", options: str = "", address: str = "7") -> str:
    """What `hall check` says of a device of that family, on the last line of the file; "" when all is well."""
    where = f"port: '{port}'" + (f", address: {address}" if row.place == "line" and row.addresses else "")
    device = (
        f"  - {{id: it, kind: {row.kind}, driver: {row.name}, {where}, {PLACE[row.kind]}, options: {{{options}}}}}\n"
    )
    file = folder / "hall_config.yaml"
    file.write_text(CONFIG + device, encoding="utf-8")
    try:
        load(file)
    except ConfigProblems as wrong:
        line = len((CONFIG + device).splitlines())
        assert f":{line}: devices[3]" in str(wrong)
        return str(wrong)
    return ""


@pytest.mark.parametrize("row", ON_A_LINE, ids=lambda row: row.name)
def test_every_option_that_is_a_number_or_a_yes_is_looked_at(row: registry.Family, tmp_path: Path) -> None:
    """`answers: no` is a word in today's YAML, and any word would have meant yes."""
    for name in row.options or ():
        if name in SECONDS.keys() | WHOLE.keys() | YES_OR_NO:
            for wrong in ("no", "-3", "[1]", "1e99"):
                assert f"options.{name}: {name} is " in told(tmp_path, row, options=f"{name}: {wrong}")


@pytest.mark.parametrize("row", ON_A_LINE, ids=lambda row: row.name)
def test_every_family_alone_on_a_port_may_be_given_its_speed(row: registry.Family, tmp_path: Path) -> None:
    """Bits a second, never how fast a text runs: a bar was opened at 5 bit/s by `speed: 5`."""
    assert told(tmp_path, row, options="speed: 19200") == ""
    assert "speed is a whole number from 300" in told(tmp_path, row, options="speed: 5")


@pytest.mark.parametrize(
    ("driver", "options", "says"),
    [
        ("ff68-keypad", "keys: {'7+0F': dance}", "dance"),
        ("ff68-pad", "grades: {'04': splendid}", "splendid"),
        ("onbon-bx", "effect: jump", "effect"),
        ("onbon-bx", "effect_speed: 25", "speed 25: 0 to 24"),
        ("onbon-bx-panel", "rows: 13", "from 1 to 12"),
        ("aabb", "effect: jump", "effect jump"),
        ("dwin-5aa5", "encoding: utf8", "encoding"),
        ("dwin-5aa5", "variable: 7", "variable"),
        ("syn6288", "volume: 17", "volume"),
        ("a090-voice", "chip: speaker", "chip"),
    ],
)
def test_what_only_the_driver_knows_is_told_in_its_words(driver: str, options: str, says: str, tmp_path: Path) -> None:
    assert says in told(tmp_path, registry.family(driver), options=options)


@pytest.mark.parametrize(
    "port", ["tcp://", "tcp://h", "socket://h:0", "rfc2217://h:99999", "usb:zz", "http://x", "/dev/", "COM", "9600",
             "virtuell", "cups:", "file:"]
)  # fmt: skip
@pytest.mark.parametrize("driver", ["escpos", "escpos-cups", "a090", "gm65"])
def test_a_port_that_no_machine_could_open_is_told(driver: str, port: str, tmp_path: Path) -> None:
    assert f"devices[3].port: '{port}'" in told(tmp_path, registry.family(driver), port)


@pytest.mark.parametrize(
    "port", ["/dev/ttyS0", "/dev/serial/by-id/usb-…", "COM3", "com12", r"\\.\COM10", "tcp://[::1]:4001", "virtual",
             "socket://moxa.local:4001", "rfc2217://10.0.0.9:4001?ign_set_control&timeout=3"]
)  # fmt: skip
def test_what_may_be_a_port_is_one(port: str) -> None:
    assert wrong_port(port) == "" == wrong_port(port, registry.family("dwin-5aa5"))


def test_the_speed_of_a_line_is_written_at_the_line(tmp_path: Path) -> None:
    device = "  - {id: b, driver: fk-64, line: desk, address: 7, window: 2, options: {speed: 9600}}\n"
    (tmp_path / "hall_config.yaml").write_text(CONFIG + device, encoding="utf-8")
    with pytest.raises(ConfigProblems, match="all on a line speak at its speed"):
        load(tmp_path / "hall_config.yaml")


def test_a_driver_of_another_package_is_not_tried() -> None:
    """What it wants may be on its agent's machine only."""
    foreign = registry.Family("x", "bar", "nowhere:Bar", "", "line", "experimental", "x.md")
    assert mistakes(foreign, {"licence": "x"}) == []
    assert wrong_port("dongle:7", foreign) == ""
