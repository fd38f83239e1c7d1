"""A card reader that is not there, and the cards to lay on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from devices.virtual import FarEnd
from hall.names import masked
from kiosk.readers import sdt
from kiosk.readers.card import Card, build

SAMPLES = {
    "old": Card("王小海", "11010519491231002X", "男", "汉", date(1949, 12, 31), "北京市朝阳区", "示例公安局",
                date(2010, 1, 4), None),
    "young": Card("李明", "100000199003070018", "男", "回", date(1990, 3, 7), "示例路 1 号", "示例公安局",
                  date(2020, 3, 7), date(2040, 3, 7)),
}  # fmt: skip
"""Nobody's: the number of the first is the example of GB 11643-1999, the region 100000 of the second does not exist."""

SAM_ID = bytes.fromhex("0500 0100 BF2D3401 4E61BC00 15CD5B07")
_BAD_COMMAND = 0x21


class VirtualReader(FarEnd):
    """Far end of an SDT reader: find, select and read in this order, and from the beginning for each read.

    `shy`: after it was read, a card is not found again until it has been taken away, as many readers have it. `broken`
    lets the module's self-test fail. It shows `card`, the masked name of the one that lies there.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.card: Card | None = None
        self.shy = False
        self.broken = False
        self.unreadable = False
        self.resets = 0
        self.reads = 0
        self._stage = ""
        self._was_read = False
        self._tokenizer = sdt.tokenizer()

    def lay_card(self, person: str = "old", name: str = "", number: str = "") -> None:
        """Lay the card of one of SAMPLES there, or one with this name and number. Raises ValueError."""
        if person not in SAMPLES:
            raise ValueError(f"no card {person!r}; there are {', '.join(SAMPLES)}")
        self.card = Card(name or "王小海", number) if number else SAMPLES[person]
        self._stage, self._was_read = "", False
        self.sink.far(card=masked(self.card.name))

    def take_card(self) -> None:
        """Nothing lies there any more."""
        self.card, self._stage = None, ""
        self.sink.far(card="")

    def hear(self, data: bytes) -> None:
        for frame in self._tokenizer.feed(data):
            if isinstance(frame, sdt.Ask):
                self.say(sdt.encode(self._answer(frame)))

    def _answer(self, asked: sdt.Ask) -> sdt.Answer:
        stage, self._stage = self._stage, ""
        if asked == sdt.RESET:
            self.resets += 1
            return sdt.Answer(sdt.OK)
        if asked == sdt.STATUS:
            return sdt.Answer(0x60 if self.broken else sdt.OK)
        if asked == sdt.SAM_ID:
            return sdt.Answer(sdt.OK, SAM_ID)
        if asked == sdt.FIND:
            if self.card is None or (self.shy and self._was_read):
                return sdt.Answer(sdt.NO_CARD)
            self._stage = "found"
            return sdt.Answer(sdt.FOUND, bytes(4))
        if asked == sdt.SELECT:
            if self.card is None or stage != "found":
                return sdt.Answer(sdt.NOT_SELECTED)
            self._stage = "selected"
            return sdt.Answer(sdt.OK, bytes(8))
        if asked == sdt.READ:
            if self.card is None or stage != "selected" or self.unreadable:
                return sdt.Answer(sdt.NOT_READ)
            self._was_read = True
            self.reads += 1
            return sdt.Answer(sdt.OK, sdt.card_data(build(self.card)))
        return sdt.Answer(_BAD_COMMAND)
