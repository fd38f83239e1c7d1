"""The template of a slip: a list of blocks out of YAML or out of a job, or every mistake in it at once.

Values are text, lists and mappings of them, as YAML gives them when every scalar is kept as it was written. How a
template is written is told in docs/slip.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from PIL import Image

from printers.blocks import Block
from printers.fields import LANGUAGES, Language
from printers.kinds import read_blocks
from printers.logo import from_wire
from printers.mistakes import Mistake, TemplateProblems
from printers.reading import Notes

SHIPPED = Path(__file__).parent / "data" / "slip.yaml"


@dataclass(frozen=True)
class Template:
    """Blocks from the top of the slip to its foot, and the languages they are said in, the first one largest."""

    blocks: tuple[Block, ...]
    languages: tuple[Language, ...] = ("zh",)


@cache
def shipped() -> Template:
    """The template that is printed when a hall has none of its own."""
    return read(yaml.load(SHIPPED.read_text(encoding="utf-8"), yaml.BaseLoader))


def from_job(data: object) -> Template:
    """The template of a print job (docs/agent.md); without `slip` the shipped one, in the languages that it names.

    Raises TemplateProblems.
    """
    if not isinstance(data, Mapping):
        return shipped()
    if "slip" not in data:
        return Template(shipped().blocks, read({**data, "slip": []}).languages)
    pictures = data.get("pictures")
    named = pictures if isinstance(pictures, Mapping) else {}
    return read({key: it for key, it in data.items() if key != "pictures"}, lambda name: from_wire(named.get(name)))


def _no_picture(name: str) -> Image.Image:
    raise Mistake("there are no pictures here")


def read(data: object, picture: Callable[[str], Image.Image] = _no_picture) -> Template:
    """Read a template. `picture` opens one by its name as a mode "1" image, or raises Mistake.

    Raises TemplateProblems with everything that is wrong.
    """
    notes = Notes(picture)
    made = _template(notes, data)
    if notes.wrong:
        raise TemplateProblems(notes.wrong)
    return made


def _template(notes: Notes, data: object) -> Template:
    if not isinstance(data, Mapping):
        notes.note((), "should be `slip:` and under it a list of blocks, each after a '- '")
        return Template(())
    notes.keys((), data, ("languages", "slip"))
    if "slip" not in data:
        notes.note((), "is missing `slip:`, the list of blocks")
    return Template(read_blocks(notes, ("slip",), data.get("slip", [])), _languages(notes, data.get("languages", "zh")))


def _languages(notes: Notes, written: object) -> tuple[Language, ...]:
    named = written if isinstance(written, list) else [written]
    for name in named:
        if name not in LANGUAGES:
            said = name if isinstance(name, str) else ""
            notes.note(("languages",), f"should be zh, en, or a list of them, not {said[:20]!r}", said, LANGUAGES)
    return tuple(dict.fromkeys(it for it in named if it in LANGUAGES)) or ("zh",)
