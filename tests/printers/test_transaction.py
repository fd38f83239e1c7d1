"""Paper is part of the transaction: what the driver says when the printer cannot, will not, or does not tell."""

import io
import threading
from dataclasses import replace

import pytest
from PIL import Image

from devices.driver import DeviceError, DeviceSpec, Job
from printers.escpos_driver import EscposPrinter


@pytest.fixture(params=["tcp", "serial"])
def printer(request, stand):
    return stand(transport=request.param, finish_s=1)


def png_height(slip) -> int:
    return Image.open(io.BytesIO(slip[0])).height


def _hot_after(far, heard):
    """The far end's `hear`, whose head is hot for a second after so many more bytes."""
    hear, limit = far.hear, far.heard + heard

    def hot(data):
        nonlocal limit
        if far.heard + len(data) > limit:
            limit = float("inf")
            far.overheat()
            threading.Timer(1.0, far.cool).start()
        hear(data)

    return hot


def _fails(printer, **data) -> DeviceError:
    with pytest.raises(DeviceError) as failed:
        printer.print(**data)
    return failed.value


def test_without_paper_not_one_byte_of_a_slip_is_sent(printer):
    """No paper burns no number: only status requests reach the printer."""
    printer.far.paper_out()
    heard = printer.far.heard

    failed = _fails(printer)

    assert failed.code == "no_paper"
    assert "纸" in str(failed)
    assert printer.far.heard - heard == 4 * 3
    assert printer.ear.states[-1][0] == "no_paper"


def test_an_open_cover_is_named(printer):
    """Somebody at the machine reads what to do."""
    printer.far.open_cover()

    failed = _fails(printer)

    assert (failed.code, "盖子" in str(failed)) == ("cover_open", True)


def test_a_jammed_cutter_is_a_fault(printer):
    printer.far.jam()

    failed = _fails(printer)

    assert (failed.code, "切刀" in str(failed)) == ("cutter", True)


@pytest.mark.parametrize(
    ("befalls", "code", "word"),
    [("overheat", "overheated", "过热"), ("break_down", "fault", "故障"), ("offline", "offline", "脱机")],
)
def test_each_trouble_has_its_own_code_and_word(printer, befalls, code, word):
    """Whoever is called knows what to bring."""
    getattr(printer.far, befalls)()
    printer.driver.poll()

    failed = _fails(printer)

    assert (failed.code, word in str(failed), failed.begun) == (code, True, False)
    assert printer.ear.states[-1][0] == code


def test_a_head_that_cools_down_is_waited_for(stand):
    """Before the slip and in the middle of it: it comes out once, later, and nobody is called."""
    it = stand(finish_s=4)
    it.far.overheat()
    cooling = [threading.Timer(0.5, it.far.cool)]
    cooling[0].start()
    it.print()
    it.far.hear, hear = _hot_after(it.far, 600), it.far.hear
    it.print(number="A002")
    it.far.hear = hear

    assert len(it.far.slips) == 2
    assert it.far.errors == []


def test_paper_that_ends_in_the_middle_of_a_slip_is_no_ticket(printer):
    """The job fails for no paper; when the roll is changed the other half does not come out. What hangs is cut off."""
    printer.far.run_out_after(20)

    failed = _fails(printer)

    assert (failed.code, failed.begun) == ("no_paper", True)
    assert printer.far.slips == []
    printer.far.paper_in()
    printer.print(number="A007")
    torn, whole = printer.far.slips
    assert png_height(torn) < png_height(whole)
    assert printer.far.errors == []


def test_a_printer_that_never_answers_is_never_believed(printer):
    """Silence before the slip: nothing is sent; the printer is unknown, not ready."""
    printer.far.silent()

    failed = _fails(printer)

    assert failed.code == "silent"
    assert printer.ear.states[-1][0] == "silent"
    assert printer.far.slips == []


def test_a_printer_that_falls_silent_after_the_slip_has_not_printed_for_sure(printer, monkeypatch):
    """The slip lies in the tray, but no answer is never ok."""
    hear = printer.far.hear

    def fall_silent(data):
        printer.far.silent(printer.far.heard + len(data) > 600)
        hear(data)

    monkeypatch.setattr(printer.far, "hear", fall_silent)

    failed = _fails(printer)

    assert (failed.code, failed.begun) == ("silent", True)
    assert len(printer.far.slips) == 1


def test_a_plug_pulled_in_the_middle_is_lost_and_the_next_slip_is_whole(printer, monkeypatch):
    """The driver says lost; after the plug is back the same driver prints one whole slip."""
    hear, far = printer.far.hear, printer.far
    hand = threading.Thread(target=far.unplug)

    def pull(data):
        hear(data[: max(0, 600 - far.heard)])
        if far.heard >= 600 and not hand.ident:
            hand.start()

    monkeypatch.setattr(far, "hear", pull)
    failed = _fails(printer)
    assert failed.code == "lost"

    hand.join()
    monkeypatch.setattr(far, "hear", hear)
    far.plug()
    printer.driver.open()
    printer.print()

    assert png_height(far.slips[-1]) == max(map(png_height, far.slips))
    assert far.errors == []


def test_a_port_that_is_not_there_is_lost(stand):
    """open() says so at once, with a sentence."""
    it = stand()
    it.far.unplug()

    with pytest.raises(DeviceError) as failed:
        it.driver.open()

    assert failed.value.code == "lost"


def test_polling_tells_every_change(printer):
    """ok, near its end, out, cover, ok again: one word each to the agent."""
    printer.driver.poll()
    for act in (printer.far.near_end, printer.far.paper_out, printer.far.open_cover):
        act()
        printer.driver.poll()
        printer.driver.poll()
    printer.far.close_cover()
    printer.far.paper_in()
    printer.driver.poll()

    assert [state for state, _ in printer.ear.states] == ["ok", "near_end", "no_paper", "cover_open", "ok"]
    assert printer.ear.seen == {"paper": "ok", "cover": "closed"}


def test_near_its_end_warns_and_prints_unless_the_site_says_stop(stand):
    """Whether the near-end sensor only warns is a setting."""
    warns, stops = stand(), stand(near_end="stop")
    for it in (warns, stops):
        it.far.near_end()

    assert warns.print()["near_end"] is True
    assert _fails(stops).code == "near_end"
    assert "不再打印" in stops.ear.states[-1][1]


def test_an_idle_connection_the_printer_dropped_is_taken_up_again(stand):
    """Network printers close idle connections: the visitor does not notice."""
    it = stand()
    it.far.unplug()
    it.far.plug()

    it.print()

    assert len(it.far.slips) == 1


def test_a_slip_without_a_number_is_refused_in_a_sentence(stand):
    it = stand()

    assert _fails(it, number="").code == "fault"
    assert it.far.slips == []


def test_a_printer_that_knows_only_gs_r_is_asked_so(stand):
    """`status: gs-r`: paper is known, and printing is confirmed, without DLE EOT."""
    it = stand(status="gs-r")

    assert it.print()["mode"] == "raster"
    assert len(it.far.slips) == 1


def test_a_printer_that_knows_only_gs_r_tells_of_its_paper(stand):
    """Near its end; and out, where it does not come to the question in its buffer, is silence and not ok."""
    it = stand(status="gs-r", finish_s=1)
    it.far.near_end()
    it.driver.poll()
    assert it.ear.states[-1][0] == "near_end"
    it.far.paper_out()
    assert _fails(it).code == "silent"
    assert it.far.slips == []


def test_a_printer_without_paper_at_start_is_open_but_not_ok(stand):
    """The agent tells `state_when_open`: it must be what the printer said, not a hopeful ok."""
    it = stand()
    it.far.paper_out()

    it.driver.open()

    assert it.driver.state_when_open == "no_paper"


def test_a_device_file_is_read_as_well_as_written(stand, slip_data):
    """`file:/dev/usb/lp0` answers too, though python-escpos only writes to it; a picture comes out."""
    far_side = stand(transport="serial")
    far_side.driver.close()
    spec = replace(far_side.driver.spec, port=f"file:{far_side.far.address}")
    driver = EscposPrinter(spec, far_side.ear)
    driver.open()

    told = driver.do(Job("2", "printer-1", "print", slip_data))

    driver.close()
    assert told["mode"] == "raster"
    assert len(far_side.far.slips) == 1


@pytest.mark.parametrize("port", ["tcp://nowhere", "usb:printer", "tcp://127.0.0.1:x"])
def test_a_port_that_cannot_be_understood_is_said_so(stand, port):
    """A slip of the pen in the config is a sentence with the port in it."""
    driver = EscposPrinter(DeviceSpec("p", "printer", "escpos", port=port), stand().ear)

    with pytest.raises(DeviceError, match=port) as failed:
        driver.open()

    assert failed.value.code == "fault"
