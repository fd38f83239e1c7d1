"""How a slip looks: golden pictures of the four ways it is printed. `GOLDEN=write pytest …` writes them anew."""

import os
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printers import raster
from printers.slip import Slip

GOLDEN = Path(__file__).parent.parent / "golden"
TOLERANCE = 0.01  # of all dots: another FreeType moves an edge by a dot, a wrong size moves everything


def _same(picture: Image.Image, name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        picture.save(path, optimize=True)
    golden = Image.open(path).convert("1")
    assert picture.size == golden.size
    off = ImageChops.logical_xor(picture, golden).histogram()[255]
    assert off / (picture.width * picture.height) < TOLERANCE


@pytest.mark.parametrize(("paper", "dots"), [(80, 576), (58, 384)])
def test_a_drawn_slip_looks_like_the_drawing(slip_data, paper, dots):
    """The picture of a slip, dot for dot within one in a hundred."""
    picture = raster.draw(Slip.of(slip_data), paper)

    assert (picture.mode, picture.width) == ("1", dots)
    _same(picture, f"slip-{paper}.png")


@pytest.mark.parametrize("width", [80, 58])
def test_a_slip_in_the_printers_letters_looks_as_it_did(stand, width):
    """What the virtual printer makes of the native bytes."""
    it = stand(width=width, transport="serial")
    it.print()

    _same(it.picture(), f"slip-{width}-native.png")


def test_the_number_is_the_largest_thing_and_never_leaves_the_paper(slip_data):
    """166 dots on 80 mm; two letters and four digits are set smaller as a whole, with white at both edges."""
    for number in ("A1", "C032", "CD032", "CD1234", "ABC123456"):
        picture = raster.draw(Slip.of(slip_data | {"number": number})).convert("L")
        for edge in (0, 576 - 26):
            assert picture.crop((edge, 0, edge + 26, picture.height)).getextrema() == (255, 255)


def test_a_copy_says_so(slip_data):
    """A reprint carries 补打, so that two people cannot queue with one number unnoticed."""
    once, again = (raster.draw(Slip.of(slip_data | {"copy": copy})) for copy in (False, True))

    assert ImageChops.logical_xor(once, again).getbbox()[1] > once.height - 60


def test_a_slip_is_drawn_faster_than_it_is_printed(slip_data):
    """With its faces open: under 100 ms, where the paper takes a second (best of five, the machine is shared)."""
    taken = []
    for n in range(5):
        started = time.perf_counter()
        raster.draw(Slip.of(slip_data | {"number": f"A{n:03}", "service": f"第{n}项服务"}))
        taken.append(time.perf_counter() - started)

    assert min(taken) < 0.1
