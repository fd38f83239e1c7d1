"""A model's name stands for its settings: every profile of python-escpos gives a slip that its printer can print."""

import pytest

from printers import escpos
from printers.escpos import CUTS, ended
from printers.head import printed
from printers.options import first_mistake
from printers.papers import PAPERS
from printers.profile import models, settled, trouble_with
from printers.slip import Slip
from printers.template import shipped
from printers.written import write

FIT = sorted(name for name in models() if not trouble_with(name))
UNFIT = {"TM-U220": "no pictures", "TSP600": "Star", "TM-T89": "TM-T88V"}


@pytest.mark.parametrize("name", FIT)
def test_a_slip_is_never_wider_than_the_models_head(name, slip_data):
    """And it ends as that model cuts, with a code that it can print."""
    options = settled({"profile": name})
    model = models()[name]
    width, features = PAPERS[options.get("width", 80)], model["features"]
    pixels = model["media"]["width"].get("pixels")
    assert not isinstance(pixels, int) or width.dots <= pixels
    assert features["qrCode"] or options["mode"] == "raster"
    assert features["paperPartCut"] or features["paperFullCut"] or options["cut"] == "none"
    assert first_mistake(options) == ""


@pytest.mark.parametrize("width", sorted(PAPERS))
@pytest.mark.parametrize("mode", ["raster", "native"])
def test_every_width_prints_without_running_over_the_edge(slip_data, width, mode):
    sent = write(Slip.of(slip_data), shipped(), {"width": width, "mode": mode}, 9600)
    strip, errors = printed(sent.data, PAPERS[width].dots)
    assert errors == [] and strip.height > 300


@pytest.mark.parametrize("name", UNFIT)
def test_a_model_that_cannot_is_refused_with_a_sentence(name):
    assert UNFIT[name] in first_mistake({"profile": name})


def test_what_the_site_writes_goes_before_the_profile():
    assert settled({"profile": "POS-5890", "width": 80, "cut": "part"})["width"] == 80
    assert settled({"width": 58}) == {"width": 58}


@pytest.mark.parametrize("how", CUTS)
def test_a_slip_ends_as_the_printer_can(how):
    assert ended(b"words" + escpos.CUT, how) == b"words" + CUTS[how]


def test_a_printer_of_a_profile_prints(stand, scan):
    """TM-T88V: 504 dots, a whole slip with its code, through driver and wire."""
    it = stand(profile="TM-T88V")
    it.print()
    assert it.picture().width == 504
    assert scan(it.picture()) == ["https://zwfw.example/t/9QK37FWM"]
    assert it.far.errors == []


def test_a_full_cut_is_a_cut(stand):
    it = stand(cut="full")
    it.print()
    assert len(it.far.slips) == 1 and it.far.errors == []
