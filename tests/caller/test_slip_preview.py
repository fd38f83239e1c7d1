"""A slip tried out: by hall slip, over HTTP, and on the page; what is shown is what the printer would print."""

from __future__ import annotations

import base64
import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from caller.cli import main
from caller.config import Config, load
from caller.slip_preview import Wish, shown
from caller.slip_samples import SAMPLES
from printers.template import SHIPPED

from .halls import Inside

HALL = Path(__file__).parents[2] / "hall_config.yaml"


@pytest.fixture(scope="module")
def shipped_hall() -> Config:
    return load(HALL)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("kiosk", ["1", "2"])
def test_every_sample_prints_on_every_kiosk(shipped_hall, sample, kiosk):
    """On 80 mm as a picture and on 58 mm in letters: the printer finds no mistake, and the QR can be read."""
    made, problems = shown(shipped_hall, Wish(kiosk=kiosk, sample=sample))

    assert (problems, made.errors) == ([], [])
    assert (made.mode, made.dots[0]) == (("raster", 576) if kiosk == "1" else ("native", 384))
    assert made.seconds == pytest.approx(made.size * 10 / 9600 if kiosk == "2" else 0)
    edged = Image.new("L", (made.dots[0] + 60, made.dots[1] + 60), 255)
    edged.paste(made.picture.convert("L"), (30, 30))
    assert [it.text for it in zxingcpp.read_barcodes(edged)] == ["https://hall.example/t/9QK37FWMx2pLr8Vd"]


def test_hall_slip_writes_a_template_and_shows_it(tmp_path, capsys):
    """`template` on stdout is the shipped one; `preview` of it is the same picture as of none."""
    assert main(["slip", "template"]) == 0
    template = tmp_path / "slip.yaml"
    template.write_text(capsys.readouterr().out, encoding="utf-8")
    config = ["--config", str(HALL), "--width", "58"]
    for n, more in enumerate(([], ["--template", str(template)])):
        assert main(["slip", "preview", *config, *more, "--out", str(tmp_path / f"{n}.png")]) == 0

    first, second = (Image.open(tmp_path / f"{n}.png") for n in (0, 1))
    assert ImageChops.logical_xor(first, second).getbbox() is None
    assert "materials: 384 × " in capsys.readouterr().out


def test_hall_slip_tells_every_mistake_of_a_template(tmp_path, capsys):
    template = tmp_path / "mine.yaml"
    template.write_text("slip:\n- {text: '{servce}'}\n- {rul: line}\n", encoding="utf-8")

    status = main(["slip", "preview", "--config", str(HALL), "--template", str(template)])

    told = capsys.readouterr().err.splitlines()
    assert status == 2
    assert f"{template}:2: slip[0].text: no field 'servce'. Did you mean 'service'?" in told
    assert f"{template}:3: slip[1].rul: no such block. Did you mean 'rule'?" in told
    assert told[-1] == f"hall: {template} has 2 mistakes"


def test_only_supervisor_and_admin_lay_out_slips(inside: Inside) -> None:
    for role, status in (("", 401), ("clerk", 403), ("reception", 403), ("device", 403), ("supervisor", 200)):
        assert inside.get("slips", role=role).status_code == status
        assert inside.post("slips/preview", role=role).status_code == status


def test_over_http_a_slip_is_a_picture_or_the_templates_mistakes(inside: Inside) -> None:
    """With what the kiosk has where nothing is wished; mistakes have their line."""
    told = inside.get("slips", role="admin").json
    kiosk = told["kiosks"][0]
    assert kiosk["template"] == SHIPPED.read_text(encoding="utf-8")
    assert {it["name"] for it in told["samples"]} == set(SAMPLES)
    as_it_is = inside.post("slips/preview").json
    wish = {"kiosk": kiosk["id"], "text": kiosk["template"], "width": kiosk["width"]}
    tried = inside.post("slips/preview", wish).json
    assert tried["png"] == as_it_is["png"]
    picture = Image.open(io.BytesIO(base64.b64decode(tried["png"])))
    assert (picture.mode, list(picture.size)) == ("1", tried["dots"])
    wrong = inside.post("slips/preview", {"text": "slip:\n- {text: '{nmber}'}\n"}).json
    assert wrong["png"] is None
    assert [(it["line"], it["path"], it["meant"]) for it in wrong["problems"]] == [(2, "slip[0].text", "number")]


@pytest.mark.parametrize("body", [{"kiosk": "no such"}, {"sample": "x"}, {"width": 72}, {"text": 5}, {"file": "/etc"}])
def test_a_wish_that_cannot_be_is_refused(inside: Inside, body: dict[str, Any]) -> None:
    assert inside.post("slips/preview", body).status_code == 422


@settings(max_examples=40)
@given(st.text(max_size=60) | st.sampled_from(["slip: [{picture: ../hall_config.yaml}]", "slip: &a [*a]", "slip: [~]"]))
def test_whatever_is_typed_it_is_a_picture_or_mistakes(shipped_hall, text):
    made, problems = shown(shipped_hall, Wish(text=text))

    assert (made is None) == bool(problems)


@pytest.fixture
def slips_page(hub_in: Callable[..., Inside], shipped_hall: Config, tmp_path: Path, chromium: Any) -> Iterator[Page]:
    """/slips of the shipped hall, as its demo shows it."""
    inside = hub_in(shipped_hall, tmp_path, demo=True)
    server = make_server("127.0.0.1", 0, inside.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"http://127.0.0.1:{server.port}/slips")
    yield page
    context.close()
    server.shutdown()


def test_on_the_page_a_template_is_changed_seen_and_downloaded(slips_page: Page, tmp_path: Path) -> None:
    """A mistake is told with its line beside the old picture; mended, the slip is drawn anew; the file is as typed."""
    page = slips_page
    picture = page.locator(".roll img")
    expect(picture).to_have_attribute("width", "576")
    before, shipped = picture.get_attribute("src"), page.locator("textarea").input_value()
    page.locator("textarea").fill(shipped.replace("{service}", "{servce}"))
    expect(page.locator(".problems li")).to_contain_text("第 13 行")
    expect(page.locator(".problems li")).to_contain_text("是不是 service？")
    expect(page.get_by_role("button", name="下载模板")).to_be_disabled()
    assert picture.get_attribute("src") == before
    mine = shipped.replace("听到叫号再过去", "请坐等叫号")
    page.locator("textarea").fill(mine)
    expect(page.locator(".problems")).to_contain_text("没有错误")
    expect(picture).not_to_have_attribute("src", before)
    with page.expect_download() as down:
        page.get_by_role("button", name="下载模板").click()
    down.value.save_as(tmp_path / "slip.yaml")
    assert (tmp_path / "slip.yaml").read_text(encoding="utf-8") == mine
    page.get_by_role("button", name="2 号取号机").click()
    expect(picture).to_have_attribute("width", "384")
    expect(page.locator(".facts")).to_contain_text("打印机字库")
    assert page.locator("textarea").input_value() == mine
