"""The table of device families: what each is to the hall, who drives it, and what plays its far end."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Literal

from devices.probe import Probe

GROUP = "hallcall.drivers"


@dataclass(frozen=True)
class Family:
    """A row. `driver` and `virtual` are "module:Class", imported when first wanted.

    `place` is "line" (at an address of a shared serial line; driver takes (spec, sink, line)) or "port" (alone on its
    own; driver takes (spec, sink) and, when its port is "virtual", makes its far end itself and keeps it as
    `far_end`). A device of a "line" family may also be given a port instead of a line: it then has that line to itself,
    at `speed` unless its option `speed` says otherwise. `addresses` is the last address of the family; 0 when its
    frames carry none, so that it always stands alone. `status` is "experimental" where one public source exists. `page`
    is the page in docs/ that tells the wire, the options and the sources. `options` names the options that the driver
    and its far end know, so that `hall check` finds a misspelt one; None does not say, and none is checked. `probe`
    names the devices.probe.Probe by which `hall devices --probe` finds such a device, "" where it cannot be found.
    `mistakes` names a function of the options that gives each wrong one and a sentence about its value.
    """

    name: str
    kind: str
    driver: str
    virtual: str
    place: Literal["line", "port"]
    status: Literal["supported", "experimental"]
    page: str
    options: tuple[str, ...] | None = None
    addresses: int = 255
    speed: int = 9600
    probe: str = ""
    mistakes: str = ""

    def load_driver(self) -> Callable[..., Any]:
        return _load(self.driver)

    def load_virtual(self) -> Callable[..., Any]:
        return _load(self.virtual)

    def wrong_options(self, options: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Each option that has no value of its kind, and a sentence about it."""
        return list(_load(self.mistakes)(options)) if self.mistakes else []

    def load_probe(self) -> Probe | None:
        return _load(self.probe) if self.probe else None


ONBON = ("answers", "answer_s", "tries", "ping_s", "width", "height", "x", "y", "area", "run_mode", "timeout_s",
         "effect", "effect_speed", "stay", "line_gap", "font", "colour", "brightness", "card", "mode")  # fmt: skip

# fmt: off
TABLE = (
    #      name, kind, driver,
    #      virtual far end, place, status, page, options
    Family("ff68-keypad", "keypad", "caller.keypads:Ff68Keypad",
           "caller.virtual_keypad:VirtualKeypad", "line", "supported", "wire/ff68.md", ("keys", "bounce_s"),
           probe="devices.ff68:KEYPAD_PROBE"),
    Family("ff68-pad", "pad", "kiosk.pads:Ff68Pad",
           "kiosk.virtual_pad:VirtualPad", "line", "supported", "wire/ff68.md", ("grades", "bounce_s"),
           probe="devices.ff68:PAD_PROBE"),
    Family("a090", "bar", "displays.bars.a090_bar:A090Bar",
           "displays.bars.a090_bar:VirtualA090", "line", "supported", "wire/a090.md",
           ("answers", "answer_s", "tries", "unicode", "power_on_text"), addresses=4095,
           probe="displays.bars.a090:PROBE"),
    Family("onbon-bx", "bar", "displays.bars.onbon_bar:OnbonBar",
           "displays.bars.onbon_bar:VirtualOnbon", "line", "supported", "wire/onbon-bx.md", (*ONBON, "clear"),
           addresses=0x7FFF, probe="displays.bars.onbon:PROBE"),
    Family("onbon-bx-panel", "panel", "displays.bars.onbon_bar:OnbonPanel",
           "displays.bars.onbon_bar:VirtualOnbon", "line", "supported", "wire/onbon-bx.md", (*ONBON, "rows"),
           addresses=0x7FFF, probe="displays.bars.onbon:PROBE"),
    Family("aabb", "bar", "displays.bars.aabb_bar:AabbBar",
           "displays.bars.aabb_bar:VirtualAabb", "line", "experimental", "wire/aabb.md",
           ("rest_s", "effect", "effect_speed", "tail_in_sum")),
    Family("aabb-panel", "panel", "displays.bars.aabb_bar:AabbPanel",
           "displays.bars.aabb_bar:VirtualAabb", "line", "experimental", "wire/aabb.md",
           ("rest_s", "effect", "effect_speed", "tail_in_sum", "rows")),
    Family("ruize-1a", "bar", "displays.bars.ruize_bar:RuizeBar",
           "displays.bars.ruize_bar:VirtualRuize", "line", "experimental", "wire/ruize-1a.md", (), addresses=4095),
    Family("ruize-1a-panel", "panel", "displays.bars.ruize_bar:RuizePanel",
           "displays.bars.ruize_bar:VirtualRuize", "line", "experimental", "wire/ruize-1a.md", ("rows",),
           addresses=4095),
    Family("zhongyi-fe", "bar", "displays.bars.zhongyi_bar:ZhongyiBar",
           "displays.bars.zhongyi_bar:VirtualZhongyi", "line", "experimental", "wire/zhongyi-fe.md", ()),
    Family("zhongyi-fe-panel", "panel", "displays.bars.zhongyi_bar:ZhongyiPanel",
           "displays.bars.zhongyi_bar:VirtualZhongyi", "line", "experimental", "wire/zhongyi-fe.md", ("rows",)),
    Family("yongtai-aa55", "bar", "displays.bars.yongtai_bar:YongtaiBar",
           "displays.bars.yongtai_bar:VirtualYongtai", "line", "experimental", "wire/yongtai-aa55.md", ("zeros",)),
    Family("f001d0", "panel", "displays.bars.f001d0_panel:F001D0Panel",
           "displays.bars.f001d0_panel:VirtualF001D0", "line", "experimental", "wire/f001d0.md",
           ("rows", "columns", "speed"), addresses=0),
    Family("fk-64", "bar", "displays.bars.fk64_bar:Fk64Bar",
           "displays.bars.fk64_bar:VirtualFk64", "line", "experimental", "wire/fk-64.md",
           ("answers", "answer_s", "tries", "window", "broadcast", "speed")),
    Family("armfly-led485", "bar", "displays.bars.armfly_bar:ArmflyAscii",
           "displays.bars.armfly_bar:VirtualArmflyAscii", "line", "experimental", "wire/armfly-led485.md",
           ("digits", "letters", "speed"), probe="displays.bars.armfly:PROBE"),
    Family("armfly-modbus", "bar", "displays.bars.armfly_bar:ArmflyModbus",
           "displays.bars.armfly_bar:VirtualArmflyModbus", "line", "experimental", "wire/armfly-led485.md",
           ("digits", "letters", "answers", "answer_s", "tries", "speed")),
    Family("dwin-5aa5", "bar", "displays.bars.dwin_screen:DwinScreen",
           "displays.bars.dwin_screen:VirtualDwin", "line", "experimental", "wire/dwin-5aa5.md",
           ("variable", "encoding", "answers", "answer_s", "tries", "speed"), addresses=0, speed=115200,
           probe="displays.bars.dwin:PROBE"),
    Family("escpos", "printer", "printers.escpos_driver:EscposPrinter",
           "printers.virtual:VirtualPrinter", "port", "supported", "wire/escpos.md",
           ("width", "mode", "fonts", "font", "near_end", "status", "gs_r_out", "finish_s", "roll_m", "low_slips",
            "speed", "flow", "in_ep", "out_ep", "profile", "cut", "transport"),
           probe="printers.status:PROBE", mistakes="printers.options:mistakes"),
    Family("escpos-cups", "printer", "printers.cups_driver:CupsPrinter",
           "", "port", "supported", "wire/escpos.md",
           ("width", "mode", "fonts", "font", "finish_s", "roll_m", "low_slips", "profile", "cut", "believe_cups"),
           mistakes="printers.options:mistakes"),
    Family("sdt-reader", "reader", "kiosk.readers.sdt_reader:SdtReader",
           "kiosk.readers.virtual:VirtualReader", "line", "supported", "wire/sdt.md", ("speed",),
           addresses=0, speed=115200, probe="kiosk.readers.sdt:PROBE"),
    Family("line-scanner", "scanner", "kiosk.scanners.scanners:LineScanner",
           "kiosk.scanners.virtual:VirtualScanner", "line", "supported", "wire/scanners.md", ("speed", "again_s"),
           addresses=0),
    Family("gm65", "scanner", "kiosk.scanners.scanners:Gm65",
           "kiosk.scanners.virtual:VirtualModule", "line", "supported", "wire/scanners.md",
           ("speed", "again_s", "look_s"), addresses=0,
           probe="kiosk.scanners.commands:PROBE"),
    Family("newland", "scanner", "kiosk.scanners.scanners:Newland",
           "kiosk.scanners.virtual:VirtualNewland", "line", "experimental", "wire/scanners.md",
           ("speed", "again_s", "look_s"), addresses=0,
           probe="kiosk.scanners.commands:PROBE"),
    Family("espeak", "voice", "displays.voice.driver:SpeakerVoice",
           "", "port", "supported", "voice.md",
           ("rate", "one", "chime", "times", "sound_card", "recordings")),
    Family("syn6288", "voice", "displays.voice.chips:Syn6288Voice",
           "displays.voice.virtual:VirtualSyn6288", "line", "experimental", "wire/speech-chips.md",
           ("volume", "one", "times", "panels", "answers", "answer_s", "tries", "speed"), addresses=0,
           probe="displays.voice.chips:SYN6288_PROBE"),
    Family("xfs5152", "voice", "displays.voice.chips:Xfs5152Voice",
           "displays.voice.virtual:VirtualXfs5152", "line", "experimental", "wire/speech-chips.md",
           ("volume", "one", "times", "panels", "answers", "answer_s", "tries", "speed"), addresses=0,
           probe="displays.voice.chips:XFS5152_PROBE"),
    Family("a090-voice", "voice", "displays.voice.chips:A090Voice",
           "displays.voice.virtual:VirtualA090Voice", "line", "experimental", "wire/a090.md",
           ("chip", "volume", "one", "times", "panels", "answers", "answer_s", "tries"), addresses=4095),
)
# fmt: on


class UnknownFamily(LookupError):
    """No row of that name; str() is a sentence that names the nearest."""


@cache
def families() -> Mapping[str, Family]:
    """Every row by name: ours, and those that installed packages bring under the entry point `hallcall.drivers`.

    An entry point names a Family. A site's row of the same name takes the place of ours.
    """
    rows = {row.name: row for row in TABLE}
    for point in entry_points(group=GROUP):
        row = point.load()
        if not isinstance(row, Family):
            raise TypeError(f"entry point {GROUP}: {point.name} is not a devices.registry.Family")
        rows[row.name] = row
    return rows


def family(name: str) -> Family:
    """The row of that name. Raises UnknownFamily with a suggestion."""
    rows = families()
    if name in rows:
        return rows[name]
    near = difflib.get_close_matches(name, rows, n=1)
    raise UnknownFamily(f"no driver {name!r}." + (f" Did you mean {near[0]!r}?" if near else ""))


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
