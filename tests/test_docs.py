"""The documents tell of the tree as it is: paths, links, names and commands in them exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from caller.cli import parser

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PACKAGES = "hall|devices|printers|displays|kiosk|caller"


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(page))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_that_are_named_are_there(page: Path) -> None:
    paths = re.findall(rf"`((?:{PACKAGES}|docs|tests)/[\w/.-]+\.\w+)`", text(page))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_glossary_names_what_is_in_the_code() -> None:
    """The last column is a module, or a name in one."""
    names = re.findall(rf"`((?:{PACKAGES})\.[\w.]+)` \|$", text(ROOT / "docs/glossary.md"), re.MULTILINE)
    assert len(names) > 30
    for dotted in names:
        module, _, thing = dotted.rpartition(".")
        found = import_module(dotted) if thing.islower() else getattr(import_module(module), thing)
        assert found, dotted


def test_every_dependency_has_its_reason() -> None:
    wanted = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=~!; ]", line)[0] for line in wanted}
    told = set(re.findall(r"[\w.-]+", text(ROOT / "docs/why.md")))
    assert names - told == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_are_such_as_hall_understands(page: Path) -> None:
    for command in re.findall(r"\bhall ([a-z]+ --[^`\n>#|]+)", text(page)):
        try:
            parser().parse_args(shlex.split(command))
        except SystemExit:
            pytest.fail(f"hall {command}")


def test_both_readmes_give_the_same_commands() -> None:
    """A command of one README is in the other: neither is forgotten when the other changes."""

    def commands(page: str) -> set[str]:
        return set(re.findall(r"\bhall (?:[a-z]+)(?= --)|make (?:demo|test)|--[a-z][\w-]+", text(ROOT / page)))

    assert commands("README.md") == commands("README.zh.md")


def test_every_picture_is_shown_and_none_is_large() -> None:
    """They are in the repository for ever: `make pictures` keeps each under 300 kB."""
    pictures = sorted((ROOT / "docs/pictures").glob("*.png"))
    shown = re.findall(r"\]\(([\w-]+\.png)\)", text(ROOT / "docs/pictures/README.md"))
    assert sorted(shown) == [picture.name for picture in pictures]
    assert [picture.name for picture in pictures if picture.stat().st_size > 300_000] == []
