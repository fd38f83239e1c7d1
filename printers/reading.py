"""One block of a template being read: its options taken out one by one, and whatever is wrong with them noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast, get_args

from PIL import Image

from printers.blocks import NOTHING, Align, Phrases
from printers.conditions import When, condition
from printers.fields import LANGUAGES
from printers.mistakes import Mistake, Wrong
from printers.phrases import Phrase, phrase
from printers.sizes import Dots, sized

SMALLEST, LARGEST = 21, 200  # dots of letters: under 21 nobody reads them at arm's length
LONGEST_TEXT = 500
TEXT = Dots(26, 23)

Where = tuple[str | int, ...]
T = TypeVar("T")


@dataclass
class Notes:
    """What is wrong so far; `picture` opens one by name (mode "1") or raises Mistake; `blocks` have been read."""

    picture: Callable[[str], Image.Image]
    wrong: list[Wrong] = field(default_factory=list)
    blocks: int = 0

    def note(self, where: Where, what: str, written: str = "", names: tuple[str, ...] = ()) -> None:
        self.wrong.append(Wrong(where, what, written, names))

    @contextmanager
    def at(self, where: Where) -> Iterator[None]:
        """A Mistake made in here is noted, and reading goes on."""
        try:
            yield
        except Mistake as it:
            self.note(where, str(it), it.written, it.names)

    def keys(self, where: Where, data: Mapping[Any, Any], known: tuple[str, ...]) -> None:
        """No key but these."""
        for key in data:
            if key not in known:
                self.note((*where, str(key)), "no such key", str(key), known)


@dataclass(frozen=True)
class Of:
    """The options of the block at `where`. What is wrong with one is noted, and a usable value given in its place."""

    notes: Notes
    where: Where
    data: Mapping[str, Any]
    depth: int

    def made(self, key: str, make: Callable[[str], T], instead: T) -> T:
        """What `make` reads in the text under the key; `instead` when there is none."""
        if key not in self.data:
            return instead
        with self.notes.at((*self.where, key)):
            text = self.data[key]
            if not isinstance(text, str):
                raise Mistake(f"should be text, not {'a list' if isinstance(text, list) else 'keys with values'}")
            if len(text) > LONGEST_TEXT:
                raise Mistake(f"should have at most {LONGEST_TEXT} characters, not {len(text)}")
            return make(text)
        return instead

    def flag(self, key: str) -> bool:
        return self.made(key, lambda text: _one_of(text, ("true", "false")) == "true", False)

    def choice(self, key: str, names: tuple[str, ...]) -> str:
        return self.made(key, lambda text: _one_of(text, names), names[0])

    def align(self) -> Align:
        return cast(Align, self.choice("align", get_args(Align)))

    def dots(self, key: str, least: int, most: int, shrinks: float, instead: Dots = NOTHING) -> Dots:
        return self.made(key, lambda text: sized(text, least, most, shrinks), instead)

    def letters(self) -> Dots:
        return self.dots("size", SMALLEST, LARGEST, 5 / 6, TEXT)

    def gap(self, instead: Dots = NOTHING) -> Dots:
        return self.dots("gap", 0, 400, 2 / 3, instead)

    def phrase(self, key: str) -> Phrase:
        return self.made(key, phrase, Phrase(()))

    def phrases(self, key: str) -> Phrases:
        """A text for each language: the same for both, or `{zh: …, en: …}`."""
        written = self.data[key]
        if not isinstance(written, Mapping):
            return dict.fromkeys(LANGUAGES, self.phrase(key))
        here = Of(self.notes, (*self.where, key), written, self.depth)
        self.notes.keys(here.where, written, LANGUAGES)
        known = [it for it in LANGUAGES if it in written]
        if not known:
            self.notes.note(here.where, "should be text, or a text for each language: {zh: …, en: …}")
            return {}
        return {it: here.phrase(it if it in written else known[0]) for it in LANGUAGES}

    def when(self) -> When:
        written = self.data.get("when", [])
        several = isinstance(written, list)
        made = []
        for at, text in enumerate(written if several else [written]):
            with self.notes.at((*self.where, "when", at) if several else (*self.where, "when")):
                if not isinstance(text, str):
                    raise Mistake("should be a condition like url, not copy, class is booked, or a list of them")
                made.append(condition(text))
        return When(tuple(made))


def _one_of(text: str, names: tuple[str, ...]) -> str:
    if text not in names:
        raise Mistake(f"should be {', '.join(names[:-1])} or {names[-1]}, not {text[:40]!r}", text, names)
    return text
