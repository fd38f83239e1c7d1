"""What a visitor shows at a kiosk, a card or a code: told to that kiosk's page, and forgotten within minutes.

A card's number is kept in memory only, behind a reference that nobody can guess: the page takes a number with the
reference and never knows whose it is (docs/kiosk.md).
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from caller import id_number
from caller.dispatcher import Dispatcher
from caller.persons import NotValid, Persons, normalised
from hall.names import masked

Body = dict[str, Any]

TOLD_FOR = timedelta(seconds=10)
"""So long it stands in the kiosk's view: a page that comes later was not the one it was shown to."""

KEPT_FOR = timedelta(minutes=3)
"""So long a number can be taken with a card that was shown: a visitor in large type reads slowly."""

CARD_GONE = (
    "card_gone",
    "请把身份证再放一次",
    "Please lay your ID card on the reader once more",
)
LONGEST_CODE = 500


@dataclass(frozen=True)
class Shown:
    """One thing that was shown. `id` is the reference; `number` and `text` are never printed."""

    id: str
    kind: Literal["card", "unread", "code"]
    at: datetime
    name: str = ""
    booked: bool = False
    spent_by: str | None = None
    """The id of the command that took a number with it."""
    number: str = field(default="", repr=False)
    text: str = field(default="", repr=False)

    def told(self) -> Body:
        """For the kiosk's view: never the number of a card."""
        return {"id": self.id, "kind": self.kind, "name": self.name, "booked": self.booked, "text": self.text}


class ShownAtKiosks:
    """The latest at each kiosk. `tell(kiosk)` says that its view has changed."""

    def __init__(self, dispatcher: Dispatcher, persons: Persons, tell: Callable[[str], None]) -> None:
        self._dispatcher = dispatcher
        self._persons = persons
        self._tell = tell
        self._lock = threading.Lock()
        self._at: dict[str, Shown] = {}

    def take(self, kiosk: str, event: Body) -> Body:
        """Something was shown at the kiosk. Raises NotKept."""
        shown = self._understood(event)
        with self._lock:
            self._at[kiosk] = shown
        self._tell(kiosk)
        return {"ok": True, "code": shown.kind}

    def _understood(self, event: Body) -> Shown:
        at, ref = self._dispatcher.now(), secrets.token_urlsafe(16)
        text = str(event.get("text") or "")[:LONGEST_CODE]
        number = str(event.get("number") or "")[:64]
        if event.get("kind") == "code" and not _is_id(text):
            return Shown(ref, "code", at, text=text)
        number = number or text  # a reader that sends an ID card's number as a line is no scanner of codes
        try:
            person = self._persons.known_as(number)
        except NotValid:
            person = ""
        if not person:
            return Shown(ref, "unread", at)
        with self._dispatcher.reading() as state:
            booked = any(it.state == "booked" for it in state.bookings.of_person_on(person, state.day))
        return Shown(ref, "card", at, name=masked(str(event.get("name") or "")[:64]), booked=booked, number=number)

    def at_kiosk(self, kiosk: str, now: datetime) -> Body | None:
        """For the kiosk's view: what has just been shown there."""
        shown = self._at.get(kiosk)
        return shown.told() if shown and shown.spent_by is None and now - shown.at <= TOLD_FOR else None

    def number_of(self, ref: str, command_id: str) -> str:
        """The number of the card behind a reference; "" for the command that has spent it, asked once more.

        Raises NotValid when it was spent by another, or is too long ago.
        """
        self.forget_old()
        with self._lock:
            cards = [shown for shown in self._at.values() if shown.kind == "card"]
        for card in cards:
            meant = secrets.compare_digest(card.id.encode(), ref.encode(errors="replace"))
            if meant and (card.spent_by is None or (command_id and card.spent_by == command_id)):
                return card.number
        raise NotValid(*CARD_GONE)

    def spend(self, ref: str, command_id: str) -> None:
        """A number was taken with it: the card's number is forgotten, the reference opens nothing more."""
        with self._lock:
            for kiosk, shown in self._at.items():
                if shown.id == ref:
                    self._at[kiosk] = replace(shown, number="", name="", spent_by=command_id)

    def forget_old(self) -> None:
        """Called now and then, so that no card's number stays because nobody came after it."""
        since = self._dispatcher.now() - KEPT_FOR
        with self._lock:
            self._at = {kiosk: shown for kiosk, shown in self._at.items() if shown.at >= since}


def _is_id(text: str) -> bool:
    """Is it an ID card's number, right or wrong? It must not go to a page as it is."""
    try:
        return id_number.has_its_shape(normalised(text))
    except NotValid:
        return True
