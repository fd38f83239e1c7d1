"""Bars and panels on onbon BX cards: their driver, and a card that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from devices.gbk import readable
from displays.bars import onbon, onbon_area
from displays.bars.bar import COLOURS, Bar, Panel
from displays.bars.onbon_area import Area
from displays.bars.pinged import PingedSign
from displays.bars.virtual import VirtualSign

LETTER = 8
"""Pixels of a letter 16 high; a Chinese character has two."""


class OnbonSign(PingedSign):
    """Options: `width` and `height` of the area in pixels, `x`, `y`, `area` (its id), `run_mode`, `timeout_s`,
    `effect`, `effect_speed`, `stay`, `line_gap` as in displays.bars.onbon_area.Area; `font` (a number of the card's),
    `colour` (the only one it has), `brightness` (0–15), `card` (254: any), `mode` (1: before the card's programmes),
    and those of Sign and PingedSign. Raises ValueError for one that a card does not know.
    """

    tokenizer = staticmethod(onbon.tokenizer)
    ANSWERS = True
    AREA: Area

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = self.spec.options
        self.card, self.mode = int(options.get("card", onbon.ANY_CARD)), int(options.get("mode", 0))
        self.font = None if options.get("font") is None else int(options["font"])
        self.only_colour = str(options.get("colour", ""))
        if self.only_colour and self.only_colour not in COLOURS:
            raise ValueError(f"colour {self.only_colour}: {', '.join(COLOURS)}")
        numbers = {"width", "height", "x", "y", "timeout_s", "stay", "line_gap"} & set(options)
        names = {"run_mode", "effect"} & set(options)
        given = {**{name: int(options[name]) for name in numbers}, **{name: str(options[name]) for name in names}}
        given |= {"speed": int(options["effect_speed"])} if "effect_speed" in options else {}
        self.area = replace(self.AREA, id=int(options.get("area", 0)), **given)
        level = options.get("brightness")
        self._settings = () if level is None else (self._packet(onbon.brightness(int(level))),)
        self._area_packet(self.area)  # what does not fit into a packet is told now

    def question(self) -> bytes:
        return self._packet(onbon.request(onbon.PING), onbon.ASKING)

    def settings(self) -> Sequence[bytes]:
        return self._settings

    def answers_question(self, frame: onbon.Packet) -> bool:
        return frame.to > onbon.MAX_ADDRESS and frame.to != onbon.TELLING

    def is_answer(self, frame: onbon.Packet) -> bool:
        return frame.to > onbon.MAX_ADDRESS and frame.command in (onbon.ACK, onbon.NACK)

    def refusal(self, frame: onbon.Packet) -> str:
        if frame.command == onbon.ACK:
            return ""
        error = frame.data[2] if len(frame.data) > 2 else 0
        return onbon.ERRORS.get(error, f"错误 {error}")

    def painted(self, rows: Sequence[tuple[str, str]]) -> str:
        """The rows marked for the card."""
        return onbon_area.marked([(text, self.only_colour or colour) for text, colour in rows], self.font)

    def _packet(self, data: bytes, sender: int = onbon.TELLING) -> bytes:
        return onbon.encode(onbon.Packet(self.spec.address, sender, data, self.card, self.mode))

    def _area_packet(self, area: Area) -> bytes:
        return self._packet(onbon_area.show(area))


class OnbonBar(OnbonSign, Bar):
    """A window's bar, one line. Without the option `effect` what does not fit its width moves to the left.

    A blank text takes the area away (the maker warns of blank areas); with option `clear` it clears the whole card.
    """

    AREA = Area("", width=128, height=16)

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        if not readable(text).strip():
            empty = onbon.request(onbon.CLEAR) if self.spec.options.get("clear") else onbon_area.take_away(self.area.id)
            return [self._packet(empty)]
        marked = self.painted([(text, colour)])
        fits = len(text.encode("gbk", "replace")) * LETTER <= self.area.width
        if "effect" not in self.spec.options and not fits:
            return [self._area_packet(replace(self.area, text=marked, effect="left", lines=1, breaks=1))]
        return [self._area_packet(replace(self.area, text=marked))]


class OnbonPanel(OnbonSign, Panel):
    """A hall's panel: its rows are the lines of one area, as many pixels high as they need if no option says it.

    When all are blank the area is taken away.
    """

    AREA = Area("", width=256, breaks=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "height" not in self.spec.options:
            self.area = replace(self.area, height=self.row_count * 16)

    def frames(self, rows: Sequence[tuple[str, str]]) -> Sequence[bytes]:
        if not any(readable(text).strip() for text, _ in rows):
            return [self._packet(onbon_area.take_away(self.area.id))]
        return [self._area_packet(replace(self.area, text=self.painted(rows)))]


class VirtualOnbon(VirtualSign):
    """Far end: a card with one dynamic area. It answers every whole packet to its screen, and forgets without power."""

    tokenizer = staticmethod(onbon.tokenizer)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.brightness: int | None = None
        self.area: Area | None = None

    def power_off(self) -> None:
        super().power_off()
        self.area, self.brightness = None, None
        self._blank()

    def obey(self, frame: Any) -> None:
        if frame.to != self.spec.address:
            return
        error = self._error(frame.command, frame.data)
        said = onbon.answer(onbon.NACK if error else onbon.ACK, error)
        self.say(onbon.encode(onbon.Packet(frame.sender, self.spec.address, said, frame.card)))

    def _error(self, command: bytes, data: bytes) -> int:
        """Do what the packet says; 0, or the key of onbon.ERRORS that the card answers with."""
        if command == onbon.AREA:
            gone, areas = onbon_area.told(data)
            if gone is None or (gone and (self.area is None or self.area.id in gone)):
                self.area = None
                self._blank()
            for area in areas:
                self._put_up(area)
        elif command == onbon.CLEAR:
            self.area = None
            self._blank()
        elif command == onbon.BRIGHTNESS:
            if len(data) != 7 or data[5] != 1 or data[6] > onbon.MAX_LEVEL:
                raise ValueError("no brightness")
            self.brightness = data[6]
        elif command not in (onbon.PING, onbon.STATUS):
            return 2
        return 0

    def _put_up(self, area: Area) -> None:
        rows = onbon_area.rows_of(area.text)
        self.area = area
        if self.spec.kind == "bar":
            self.show("".join(text for text, _ in rows), rows[0][1])
            return
        for row, (text, _) in enumerate(rows):
            self.show_row(row, text)

    def _blank(self) -> None:
        if self.spec.kind == "bar":
            self.show("")
            return
        for row in range(len(self.rows) or 1):
            self.show_row(row, "")
