"""The command `hall`: every mistake is one sentence on stderr and status 2, and what it writes it can read."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.cli import main, parser
from caller.journal import Journal
from caller.tokens import Tokens, Who

COMMANDS = ("demo", "serve", "agent", "check", "init", "token", "devices", "wire", "verify", "slip", "bench")


@pytest.fixture
def hall(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """hall("check", "--config", …): status, stdout and stderr. Not for serve and demo, which patch the process."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        return status, *capsys.readouterr()

    return run


def sentence(outcome: tuple[int, str, str] | subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a mistake."""
    if isinstance(outcome, subprocess.CompletedProcess):
        outcome = (outcome.returncode, outcome.stdout, outcome.stderr)
    status, out, err = outcome
    assert (status, out) == (2, ""), err
    assert err.startswith("hall") and err.count("\n") == 1, err
    return err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(hall: Any, command: str) -> None:
    status, out, _ = hall(command, "--help")
    assert status == 0 and out.startswith(f"usage: hall {command}")
    for line in out.split("options:")[1].splitlines()[1:]:
        option = line.strip()
        assert not option.startswith("--") or "  " in option or len(option) > 20, f"{option} is not explained"


def test_the_help_names_every_command(hall: Any) -> None:
    _, out, _ = hall("--help")
    assert all(f"    {command} " in out for command in COMMANDS)
    assert parser().prog == "hall"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("sing",),
        ("check",),
        ("check", "--colour", "red"),
        ("serve", "--config", "x", "--data", "y", "--port", "99999"),
        ("serve", "--config", "x", "--data", "y", "--port", "http"),
        ("demo", "--visitors", "-1"),
        ("demo", "--host", "0.0.0.0"),
        ("init", "--zones", "0"),
        ("init", "--windows", "1000"),
        ("token", "--role", "king", "--config", "x", "--data", "y"),
        ("agent", "--server", "http://127.0.0.1:1"),
        ("agent", "--server", "10.0.0.2:8000", "--token", "t"),
        ("bench", "--clients", "none"),
    ],
)
def test_bad_words_are_one_sentence_and_status_2(
    hall: Any, hall_command: Any, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HALL_TOKEN", raising=False)
    run = hall_command if words[:1] == ("demo",) and "--host" in words else hall
    assert len(sentence(run(*words))) > 20


def test_a_missing_config_says_how_to_get_one(hall: Any, tmp_path: Path) -> None:
    for command in (("check",), ("devices",), ("token", "--role", "admin", "--data", tmp_path)):
        status, out, err = hall(*command, "--config", tmp_path / "none.yaml")
        assert (status, out) == (2, "")
        assert "there is no such file" in err and "hall init" in err


def test_all_mistakes_of_a_config_are_told_at_once_with_their_lines(
    hall: Any, hall_command: Any, config_file: Path, tmp_path: Path
) -> None:
    text = config_file.read_text(encoding="utf-8")
    bad = tmp_path / "hall_config.yaml"
    bad.write_text(
        text.replace("queue: tax, mat", "queue: taxx, mat")
        .replace("zone: social, queues", "zone: socil, queues")
        .replace("driver: escpos", "driver: escposs"),
        encoding="utf-8",
    )
    status, out, err = hall("check", "--config", bad)
    *mistakes, last = err.splitlines()
    assert (status, out, len(mistakes)) == (2, "", 3)
    assert all(line.startswith(f"{bad}:") and "Did you mean" in line for line in mistakes)
    assert last == f"hall: {bad} has 3 mistakes"
    served = hall_command("serve", "--config", bad, "--data", tmp_path / "data")
    assert (served.returncode, served.stderr) == (2, err), "serve says the same, and makes no data folder"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("size", [(1, 1, 1), (1, 2, 4), (3, 10, 40), (10, 289, 1344)])
def test_what_init_writes_check_accepts(hall: Any, tmp_path: Path, size: tuple[int, int, int]) -> None:
    zones, windows, services = size
    status, text, err = hall("init", "--zones", zones, "--windows", windows, "--services", services)
    assert (status, err) == (0, "") and "# " in text
    file = tmp_path / "my_hall.yaml"
    file.write_text(text, encoding="utf-8")
    status, out, err = hall("check", "--config", file)
    assert (status, err) == (0, "")
    assert f"{zones} zones, {windows} windows, {services} services. No mistakes." in out


def test_a_token_is_read_by_the_hall_whose_folder_it_was_made_in(hall: Any, config_file: Path, tmp_path: Path) -> None:
    words = ("--config", config_file, "--data", tmp_path)
    _, out, _ = hall("token", "--role", "clerk", "--window", "1", "--clerk", "0001", *words)
    assert Tokens(tmp_path).read(out.strip()) == Who("clerk", "1", "0001")
    assert Tokens(tmp_path / "other").read(out.strip()) is None


def test_a_token_for_what_does_not_exist_is_refused(hall: Any, config_file: Path, tmp_path: Path) -> None:
    words = ("token", "--role", "clerk", "--config", config_file, "--data", tmp_path)
    assert "no window '99' in" in (told := sentence(hall(*words, "--window", "99"))) and "1, 2, 3" in told
    assert "no clerk '7'" in sentence(hall(*words, "--clerk", "7"))


def test_a_data_folder_that_cannot_be_used_is_told(hall: Any, hall_command: Any, config_file: Path) -> None:
    words = ("--config", config_file, "--data", config_file / "below a file")
    assert "cannot be used" in sentence(hall("token", "--role", "admin", *words))
    assert "cannot be used" in sentence(hall_command("serve", *words, "--port", "0"))


def test_a_data_folder_that_takes_no_byte_is_told(hall_command: Any, config_file: Path, tmp_path: Path) -> None:
    words = ("serve", "--config", config_file, "--data", tmp_path, "--port", "0")
    told = sentence(hall_command(*words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))))
    assert "cannot be used: File too large" in told


def test_a_port_in_use_is_told(hall_command: Any, config_file: Path, tmp_path: Path, taken_port: int) -> None:
    words = ("--config", config_file, "--data", tmp_path / "data", "--port", str(taken_port))
    told = sentence(hall_command("serve", *words))
    assert f"Port {taken_port} on 127.0.0.1 is in use" in told and "--port" in told


def test_a_data_folder_in_use_is_told_with_its_process(served: Any, hall_command: Any) -> None:
    told = sentence(hall_command("serve", "--config", served.config, "--data", served.data, "--port", "0"))
    assert f"is in use by another hub (process {served.process.pid})" in told


def test_a_hub_ends_cleanly_on_sigterm_and_its_journal_verifies(serve_in: Any, tmp_path: Path, hall: Any) -> None:
    running = serve_in(tmp_path / "data")
    for _ in range(3):
        running.post("tickets", {"service": "pension"})
    running.stop()
    assert running.process.returncode == 0
    status, out, _ = hall("verify", "--data", tmp_path / "data")
    assert (status, "4 events, each as it was written" in out) == (0, True)


@pytest.fixture
def journal(tmp_path: Path, door: Callable[..., Any]) -> Path:
    door().stop()
    return tmp_path / "hall.db"


def test_verify_tells_what_is_wrong(hall: Any, journal: Path, tmp_path: Path) -> None:
    assert "there is no journal in" in sentence(hall("verify", "--data", tmp_path / "nowhere"))
    with sqlite3.connect(journal) as conn:
        conn.execute("update events set actor = 'somebody'")
    assert "event 1 (DayOpened" in sentence(hall("verify", "--data", tmp_path))
    journal.write_bytes(b"no database" * 100)
    assert "cannot be opened as a journal" in sentence(hall("verify", "--data", tmp_path))


def test_a_journal_of_a_newer_program_is_not_served_and_the_sentence_says_so(
    hall_command: Any, journal: Path, config_file: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(journal) as conn:
        conn.execute("update events set version = 99")
    told = sentence(hall_command("serve", "--config", config_file, "--data", tmp_path, "--port", "0"))
    assert "event 1: event DayOpened version 99 is newer than this program" in told
    Journal(journal).close()


def test_devices_lists_each_with_its_place_and_every_driver(hall: Any, config_file: Path) -> None:
    status, out, _ = hall("devices", "--config", config_file)
    assert status == 0
    assert "desk address 33" in out and "kiosk k" in out and "window 1" in out
    assert any(line.split() == ["a090", "bar", "supported", "yes", "docs/wire/a090.md"] for line in out.splitlines())
