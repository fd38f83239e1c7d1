"""The keys `slip` of the hall and of a kiosk, and the template files that they name, read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from pydantic import Field

from caller.config.problems import Found, Problem, path_words, suggestion
from caller.config.rows import Rows
from caller.config.values import Part, Text
from caller.config.yaml import Key, Written, read
from printers.logo import black_and_white, to_wire
from printers.mistakes import Mistake, TemplateProblems
from printers.template import Template
from printers.template import read as read_template

LARGEST_PICTURE = 4 * 1024 * 1024  # bytes
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
Body = dict[str, Any]


class SlipPart(Part):
    """号票: what is printed (docs/slip.md)."""

    template: Text = Field("", description="A template file, from this file's folder on. Empty: the shipped slip.")
    languages: list[Literal["zh", "en"]] = Field(
        [], description="The languages it is printed in, the first one large. Empty: those that the template names."
    )


@dataclass(frozen=True)
class SlipTemplate:
    """A template file without mistakes: read, and `body` as it goes to the printers with a job."""

    template: Template
    body: Body


def read_slip(written: Written, folder: Path, file: str) -> tuple[SlipTemplate | None, list[Problem]]:
    """A template, or every mistake in it. Its pictures lie in `folder`; `file` is its name in the mistakes."""
    problems = [Problem(file, it.line, path_words(it.where), it.what) for it in written.misread]
    pictures: dict[str, str] = {}

    def picture(name: str) -> Image.Image:
        opened = _picture(folder, name)
        pictures[name] = to_wire(opened)
        return opened

    if written.data is None and problems:
        return None, problems
    try:
        made = read_template(written.data, picture)
    except TemplateProblems as wrong:
        problems += [
            Problem(file, written.line(it.where), path_words(it.where), it.what, suggestion(it.written, it.names))
            for it in wrong.wrong
        ]
    if problems:
        return None, sorted(problems, key=lambda problem: problem.line)
    body = {"languages": list(made.languages), "slip": written.data["slip"]}
    return SlipTemplate(made, body | ({"pictures": pictures} if pictures else {})), []


def templates(path: Path, file: Rows) -> tuple[dict[str, SlipTemplate], list[Problem]]:
    """The good ones of all template files that the config at `path` names, by name, and the mistakes in the others."""
    made: dict[str, SlipTemplate] = {}
    problems: list[Problem] = []
    for name in {name: None for _, name in _named(file)}:
        place = path.parent / name
        if _there(place):
            slip, wrong = read_slip(read(place), place.parent, str(place))
            problems += wrong
            if slip:
                made[name] = slip
    return made, problems


def check_slips(path: Path, file: Rows) -> Iterator[Found]:
    """Template files that are not there."""
    for where, name in _named(file):
        if not _there(path.parent / name):
            near = tuple(sorted(it.name for it in path.parent.glob("*.y*ml") if it.name != path.name))
            what = f"there is no file {name!r} beside this one; `hall slip template` writes one"
            yield Found(where, what, name, near)


def body_for(hall: SlipPart, own: SlipPart | None, made: Mapping[str, SlipTemplate]) -> Body | None:
    """What goes with a job: the kiosk's own keys, else the hall's; None for the shipped slip as it is."""
    template = (own and own.template) or hall.template
    languages = (own and own.languages) or hall.languages
    body = made[template].body if template else {}
    return ({**body, "languages": languages} if languages else body) or None


def _named(file: Rows) -> Iterator[tuple[Key, str]]:
    """Every `template` that is named, and where."""
    rows: list[tuple[Key, Any]] = [((), file.data), *file.rows("kiosks")]
    for where, row in rows:
        slip = row.get("slip")
        if isinstance(slip, dict) and isinstance(name := slip.get("template"), str) and name:
            yield (*where, "slip", "template"), name


def _there(place: Path) -> bool:
    try:
        return place.is_file()
    except (OSError, ValueError):  # too long a name, or none that a file can have
        return False


def _picture(folder: Path, name: str) -> Image.Image:
    """A picture in the template's folder. Raises Mistake."""
    place = folder / name
    if not _there(place) or not place.resolve().is_relative_to(folder.resolve()):
        near = tuple(sorted(it.name for it in folder.glob("*") if it.suffix.lower() in PICTURES))
        raise Mistake(f"no picture {name[:80]!r} beside the template", name, near)
    if place.stat().st_size > LARGEST_PICTURE:
        raise Mistake("is larger than 4 MB: save it smaller, 576 dots are the whole paper")
    return black_and_white(place.read_bytes())
