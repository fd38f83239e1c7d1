"""The table of families: every row can be loaded, names are suggested, packages may bring their own."""

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from devices import registry
from devices.driver import Driver, LineDriver
from devices.virtual import FarEnd

LINE = [row for row in registry.TABLE if row.place == "line"]


@pytest.mark.parametrize("row", LINE, ids=lambda row: row.name)
def test_a_row_of_a_line_names_a_driver_and_its_far_end(row):
    assert issubclass(row.load_driver(), LineDriver)
    assert issubclass(row.load_virtual(), FarEnd)


@pytest.mark.parametrize("row", [row for row in registry.TABLE if row.place == "port"], ids=lambda row: row.name)
def test_a_row_with_a_port_of_its_own_names_a_driver(row):
    driver = row.load_driver()
    assert issubclass(driver, Driver)
    assert not issubclass(driver, LineDriver)


def test_a_name_that_nobody_has_is_answered_with_the_nearest():
    with pytest.raises(registry.UnknownFamily, match=r"no driver 'ff68-keypd'. Did you mean 'ff68-keypad'\?"):
        registry.family("ff68-keypd")


def test_an_installed_package_brings_a_driver_of_its_own(monkeypatch):
    point = EntryPoint("a090", "tests_site:row", registry.GROUP)
    ours = registry.Family("lingxin", "bar", "site:Bar", "", "port", "experimental", "site.md")
    monkeypatch.setattr(EntryPoint, "load", lambda self: ours)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    registry.families.cache_clear()
    try:
        assert ours == registry.family("lingxin")
        assert {row.name for row in registry.TABLE} < set(registry.families())
    finally:
        registry.families.cache_clear()


def test_the_page_of_devices_names_every_row_with_its_status():
    page = (Path(__file__).parents[2] / "docs" / "devices.md").read_text(encoding="utf-8")
    for row in registry.TABLE:
        line = next(line for line in page.splitlines() if line.startswith(f"| `{row.name}` |"))
        assert row.status in line
        assert f"({row.page})" in line
