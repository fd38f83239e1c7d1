"""The faces a slip is set in: Noto Sans SC for words, Barlow for numerals; opened once, kept by size and weight."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import justmytype_intl_cjk
from PIL import ImageFont

HERE = Path(__file__).parent / "data"
NOTO = Path(justmytype_intl_cjk.__file__).parent / "fonts" / "ofl"
# Simplified first; what it lacks (𠮷 and other name characters) is often in its traditional or Japanese sister.
CHAIN = tuple(NOTO / f"notosans{region}" / f"NotoSans{region.upper()}[wght].ttf" for region in ("sc", "tc", "jp"))
_NOWHERE = "\U0010fffe"  # a noncharacter: drawn as the face's sign for "no such glyph"


@lru_cache(maxsize=64)
def words(size: int, bold: bool = False, site: str = "", sister: int = 0) -> ImageFont.FreeTypeFont:
    """The Chinese face at `size` dots, weight 400 or 700.

    `site` is the path of a face the hall owns (for example a system Noto Sans CJK SC), used as it is;
    `sister` counts along CHAIN.
    """
    if site:
        return ImageFont.truetype(site, size, layout_engine=ImageFont.Layout.BASIC)
    face = ImageFont.truetype(str(CHAIN[sister]), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([700 if bold else 400])
    return face


@lru_cache(maxsize=64)
def numerals(size: int, bold: bool = True) -> ImageFont.FreeTypeFont:
    """Barlow SemiBold, or Medium for digits among regular words."""
    name = "numeral-600.woff2" if bold else "numeral-500.woff2"
    return ImageFont.truetype(str(HERE / name), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def face_of(char: str, size: int, bold: bool = False, site: str = "") -> ImageFont.FreeTypeFont | None:
    """The first face that has a glyph for `char`, or None."""
    if site and _has(own := words(size, bold, site), char):
        return own
    # one after the other: opening a face costs 40 ms, and the first has nearly everything
    return next((face for n in range(len(CHAIN)) if _has(face := words(size, bold, "", n), char)), None)


def _has(face: ImageFont.FreeTypeFont, char: str) -> bool:
    if char.isspace():
        return True
    drawn = face.getmask(char, mode="1")
    nowhere = face.getmask(_NOWHERE, mode="1")
    return drawn.size != nowhere.size or bytes(drawn) != bytes(nowhere)
