"""`hall devices` on a port: it asks before it sends, tells what answered, and every mistake is a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from caller.cli import main
from devices.driver import DeviceSpec
from devices.virtual import VirtualWire
from displays.bars.a090_bar import VirtualA090

Hall = Callable[..., tuple[int, str, str]]


class Nobody:
    """Hears what a far end tells."""

    def far(self, **seen: object) -> None:
        """Nobody looks."""


@pytest.fixture
def bar() -> Iterator[VirtualA090]:
    wire = VirtualWire("a-port")
    end = VirtualA090(DeviceSpec("bar", "bar", "a090", address=3), Nobody())
    end.show("A001")
    wire.attach(end)
    yield end
    wire.close()


@pytest.fixture
def hall(capsys: pytest.CaptureFixture[str]) -> Hall:
    def run(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        return status, *capsys.readouterr()

    return run


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: answer)


def test_a_bar_is_found_at_its_address(hall: Hall, bar: VirtualA090) -> None:
    status, out, _ = hall("devices", "--probe", bar.wire.path, "--family", "a090", "--address", "3", "--yes")
    assert (status, out) == (0, "a090 at 9600: address 3\n")


def test_nothing_is_sent_before_somebody_says_yes(
    hall: Hall, bar: VirtualA090, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells what would be sent and what that does; whatever is not y is no."""
    words = ("devices", "--probe", bar.wire.path, "--family", "a090", "--address", "3")
    at_a_terminal(monkeypatch, "")
    status, out, err = hall(*words)
    assert (status, err, bar.text) == (2, "hall: nothing was sent\n", "A001")
    assert "a0 90 03 a5 00 00" in out and "goes dark" in out
    at_a_terminal(monkeypatch, "y")
    assert "address 3" in hall(*words)[1]


def test_without_a_terminal_it_wants_yes_in_words(
    hall: Hall, bar: VirtualA090, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    status, out, err = hall("devices", "--probe", bar.wire.path)
    assert (status, out, bar.text) == (2, "", "A001")
    assert "--yes" in err


def test_a_port_without_a_known_device_is_told(hall: Hall, bar: VirtualA090) -> None:
    bar.power_off()
    status, out, _ = hall("devices", "--probe", bar.wire.path, "--family", "a090", "--yes")
    assert (status, "nothing on" in out, "a090" in out) == (0, True, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--probe", "/dev/no-such-port", "--yes"), "cannot be used"),
        (("--probe", "/dev/null", "--family", "a09", "--yes"), "Did you mean 'a090'?"),
        (("--probe", "/dev/null", "--family", "espeak", "--yes"), "espeak has no harmless question"),
        (("--probe", "spam://nowhere", "--yes"), "cannot be used"),
        (("--probe", "/dev/null", "--address", "-1", "--yes"), "--address"),
        (("--probe", "/dev/null", "--address", "5000", "--yes"), "--address"),
    ],
)
def test_what_cannot_be_probed_is_a_sentence(hall: Hall, words: tuple[str, ...], told: str) -> None:
    status, out, err = hall("devices", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_the_ports_of_the_machine_are_listed(hall: Hall) -> None:
    status, out, _ = hall("devices", "--ports")
    assert status == 0 and out
