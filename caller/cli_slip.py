"""hall slip: the shipped template to begin from, and a picture of what a printer would print."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from caller.cli_files import Sentence, load_config

if TYPE_CHECKING:
    from PIL import Image

ACTS = ("preview", "template")
GREY, BETWEEN = 128, 24


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of `hall slip`."""
    from caller.slip_samples import SAMPLES

    made.add_argument("act", choices=ACTS, help="preview: a PNG; template: the shipped template, on stdout")
    made.add_argument("--template", type=Path, help="a template to try; its pictures lie beside the config")
    made.add_argument("--kiosk", default="", help="whose printer and whose slip (default: the first)")
    made.add_argument("--width", type=int, choices=(58, 80), default=0, help="mm of paper (default: the printer's)")
    made.add_argument("--mode", choices=("raster", "native"), default="", help="picture or letters (default: as it is)")
    made.add_argument("--languages", nargs="+", choices=("zh", "en"), default=[], help="in these (default: the slip's)")
    samples = "; ".join(f"{name}: {said[1]}" for name, said in SAMPLES.items())
    made.add_argument("--ticket", nargs="+", choices=tuple(SAMPLES), default=["materials"], help=samples)
    made.add_argument("--out", type=Path, default=Path("slip.png"), help="the PNG to write (default: %(default)s)")


def run(args: argparse.Namespace) -> None:
    """`hall slip template` or `hall slip preview`."""
    from printers.template import SHIPPED

    if args.act == "template":
        sys.stdout.write(SHIPPED.read_text(encoding="utf-8"))
        return
    _preview(args)


def _preview(args: argparse.Namespace) -> None:
    from caller.slip_preview import CannotPreview, Wish, shown

    config = load_config(args.config)
    text = _text(args.template) if args.template else None
    pictures, told = [], []
    for ticket in args.ticket:
        wish = Wish(
            args.kiosk, ticket, args.width, args.mode, tuple(args.languages), text, str(args.template or "slip.yaml")
        )
        try:
            made, problems = shown(config, wish)
        except CannotPreview as wrong:
            raise Sentence(str(wrong)) from wrong
        if made is None:
            for problem in problems:
                print(problem, file=sys.stderr)
            raise Sentence(f"{args.template} has {len(problems)} mistake{'s' if len(problems) > 1 else ''}")
        pictures.append(made.picture)
        line = f", {made.seconds:.1f} s on the line at {made.speed} bit/s" if made.speed else ""
        told.append(
            f"{ticket}: {made.dots[0]} × {made.dots[1]} dots, {made.mm} mm, {made.mode}, {made.size} bytes{line}"
        )
    try:
        _side_by_side(pictures).save(args.out, "PNG")
    except (OSError, ValueError) as wrong:
        raise Sentence(f"{args.out} cannot be written: {wrong}") from wrong
    print("\n".join([*told, f"written to {args.out}"]))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Sentence(f"{path} cannot be read: {error.strerror}. hall slip template writes one") from error
    except UnicodeDecodeError as error:
        raise Sentence(f"{path} is not UTF-8 (GBK?): save it as UTF-8") from error


def _side_by_side(pictures: list[Image.Image]) -> Image.Image:
    from PIL import Image

    if len(pictures) == 1:
        return pictures[0]
    across = sum(it.width for it in pictures) + BETWEEN * (len(pictures) + 1)
    whole = Image.new("L", (across, max(it.height for it in pictures) + 2 * BETWEEN), GREY)
    x = BETWEEN
    for it in pictures:
        whole.paste(it.convert("L"), (x, BETWEEN))
        x += it.width + BETWEEN
    return whole
