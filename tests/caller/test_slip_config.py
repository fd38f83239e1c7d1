"""The slip's template in the config: read beside it, checked with it, and sent with the print jobs of its kiosks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from caller.config import ConfigProblems, load
from caller.config.slip import read_slip
from caller.config.yaml import parse
from printers.fields import FIELDS
from printers.kinds import KINDS
from printers.template import SHIPPED, from_job

HALL = """
hall: {name: 大厅}
zones: [{id: a, letter: A, name: 综合}]
queues: [{id: a, zone: a, name: 综合, letters: A}]
services: [{id: s, name: 登记, queue: a}]
windows: [{id: 1, zone: a, queues: [a]}]
kiosks:
  - {id: 1, name: 一号机}
  - {id: 2, name: 二号机, slip: {languages: [en]}}
  - {id: 3, name: 三号机, slip: {template: own.yaml}}
"""


@pytest.fixture
def config(tmp_path: Path):
    """config(text, own=…): the hall with these keys more and a template own.yaml, read."""

    def make(more: str, own: str = "slip: [{text: hello}]"):
        (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
        Image.new("1", (200, 80), 0).save(tmp_path / "logo.png")
        (tmp_path / "hall_config.yaml").write_text(HALL + more, encoding="utf-8")
        return load(tmp_path / "hall_config.yaml")

    return make


def test_a_kiosk_prints_its_own_slip_else_the_halls_else_the_shipped_one(config):
    """Its keys go before the hall's one by one; nothing is sent where nothing is changed."""
    plain = config("")
    assert plain.slip_of("1") is None
    assert plain.slip_of("2") == {"languages": ["en"]}
    assert plain.slip_of("3") == {"languages": ["zh"], "slip": [{"text": "hello"}]}
    halls = config("slip: {template: own.yaml, languages: [zh, en]}")
    assert halls.slip_of("1")["languages"] == ["zh", "en"]
    assert halls.slip_of("2") == {"languages": ["en"], "slip": [{"text": "hello"}]}


def test_what_is_sent_can_be_read_by_an_agent(config):
    """With its picture, also the shipped template's own text."""
    logo = config("slip: {template: own.yaml}", own="slip: [{picture: logo.png}, {number: 90}]").slip_of("1")
    assert list(logo["pictures"]) == ["logo.png"]
    assert len(from_job(logo).blocks) == 2
    shipped = config("slip: {template: own.yaml}", own=SHIPPED.read_text(encoding="utf-8")).slip_of("1")
    assert from_job(shipped).languages == ("zh",)


def test_every_mistake_of_the_template_is_told_with_its_file_and_line(config, tmp_path):
    """Beside those of the config; names that are nearly right are suggested."""
    own = "slip:\n  - {text: '{servce}'}\n  - {picture: lgo.png}\n  - {rule: lien}\n  - {picture: ../x.png}\n"
    with pytest.raises(ConfigProblems) as told:
        config("slip: {template: owm.yaml, x: 1}", own=own)

    said = str(told.value)
    assert "hall_config.yaml:11: slip.template: there is no file 'owm.yaml'" in said
    assert "Did you mean 'own.yaml'?" in said
    assert "hall_config.yaml:11: slip.x: no such key" in said
    assert f"{tmp_path}/own.yaml:2: slip[0].text: no field 'servce'. Did you mean 'service'?" in said
    assert "own.yaml:3: slip[1].picture: no picture 'lgo.png' beside the template. Did you mean 'logo.png'?" in said
    assert "own.yaml:4: slip[2].rule: should be line or dots, not 'lien'. Did you mean 'line'?" in said
    assert "own.yaml:5: slip[3].picture: no picture '../x.png'" in said


@settings(max_examples=60)
@given(st.text(max_size=80) | st.text(alphabet="slip: -{}[]\n'\"textz，：number", max_size=80))
def test_whatever_stands_in_the_file_it_is_a_template_or_sentences(text):
    made, problems = read_slip(parse(text), Path("/nowhere"), "slip.yaml")

    assert (made is None) == bool(problems)
    assert all(str(problem).startswith("slip.yaml") for problem in problems)


@pytest.mark.parametrize("name", ["x" * 400, "a\\0b", ".", "..", "/etc/passwd/x"])
def test_a_name_that_no_file_can_have_is_a_sentence(config, name):
    with pytest.raises(ConfigProblems, match="there is no file"):
        config(f'slip: {{template: "{name}"}}')


def test_the_example_in_the_documents_is_a_template_without_mistakes(tmp_path):
    """What somebody copies from docs/slip.md works, with a logo beside it."""
    page = (Path(__file__).parents[2] / "docs/slip.md").read_text(encoding="utf-8")
    Image.new("RGB", (400, 120), "navy").save(tmp_path / "logo.png")

    examples = re.findall(r"```yaml\n(.*?)```", page, re.S)

    assert examples
    assert [read_slip(parse(text), tmp_path, "slip.yaml")[1] for text in examples] == [[]] * len(examples)


def test_the_documents_name_every_block_and_field():
    page = (Path(__file__).parents[2] / "docs/slip.md").read_text(encoding="utf-8")

    assert [kind for kind in KINDS if f"`{kind}:" not in page] == []
    assert [field for field in FIELDS if f"`{field}`" not in page] == []
