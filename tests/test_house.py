"""The house is in order: imports run one way, the code is clean, each package and module says what it is."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("hall", "devices", "printers", "displays", "kiosk", "caller")
LONGEST = 300

modules = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
sources = [*modules, *sorted((ROOT / "tests").rglob("*.py"))]
scripts = [
    file
    for package in PACKAGES
    for file in sorted((ROOT / package).rglob("static/**/*"))
    if file.suffix == ".js" and "vendor" not in file.parts
]


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_run_one_way_and_the_rules_are_pure() -> None:
    """The contracts of pyproject.toml: caller; kiosk, displays, printers apart; devices, hall apart and hall pure."""
    run("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_is_content(command: list[str]) -> None:
    run("-m", "ruff", *command, "--no-cache", "--quiet", ".")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_in_one_sentence_what_lives_there(package: str) -> None:
    said = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert said.endswith(".") and "\n\n" not in said


@pytest.mark.parametrize("file", modules, ids=name)
def test_a_module_says_in_its_first_line_what_it_is(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    first = (ast.get_docstring(tree) or "").split("\n")[0]
    assert first, "the first line is a docstring"
    assert first[-1] in ".!?:;,", f"a sentence, not {first!r}"


@pytest.mark.parametrize("file", [*sources, *scripts], ids=name)
def test_a_file_is_one_thought(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST


def test_what_is_imported_is_what_is_declared() -> None:
    """Every top-level import of the six packages is ours, the standard library's, or a runtime dependency's."""
    wanted = {imported for file in modules for imported in _imports(file)}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    needed = {_distribution(top) for top in wanted - set(PACKAGES) - sys.stdlib_module_names}
    assert needed - {_plain(line) for line in declared} == set()


def _imports(file: Path) -> set[str]:
    tops = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            tops |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            tops.add(node.module.partition(".")[0])
    return tops


def _distribution(top: str) -> str:
    known = {
        "annotated_types": "pydantic",
        "chinese_calendar": "chinesecalendar",
        "escpos": "python-escpos",
        "PIL": "pillow",
        "barcode": "python-barcode",
        "pydantic_core": "pydantic",
        "serial": "pyserial",
        "simple_websocket": "simple-websocket",
        "websocket": "websocket-client",
        "socketio": "python-socketio",
        "engineio": "python-socketio",
        "werkzeug": "flask",
        "yaml": "pyyaml",
        "jinja2": "flask",
    }
    return known.get(top, top.lower().replace("_", "-"))


def _plain(requirement: str) -> str:
    for stop in "[<>=~! ;":
        requirement = requirement.partition(stop)[0]
    return requirement.lower()
