"""`hall init`: whatever size is asked for, `load` accepts what comes out, or a sentence says why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caller.config import load
from caller.config.first import TooBig, init_text
from caller.config.first_buses import fewest
from caller.config.yaml import parse

sizes = st.tuples(st.integers(1, 23), st.integers(1, 60), st.integers(1, 60))


@given(sizes)
@example((1, 1, 1))
@example((10, 3, 2))
@example((23, 999, 100))
@settings(max_examples=30, deadline=None)
def test_load_accepts_every_size(tmp_path_factory: pytest.TempPathFactory, size: tuple[int, int, int]) -> None:
    file = tmp_path_factory.getbasetemp() / "init.yaml"
    file.write_text(init_text(*size), encoding="utf-8")
    plan = load(file).plan()
    assert size == (len(plan.zones), len(plan.windows), len(plan.services))
    assert all(plan.windows_of_queue[queue.id] for queue in plan.queues)
    assert len({service.name for service in plan.services}) == len(plan.services)
    assert plan.kiosks[0].printer == "printer-1"


@given(st.integers(1, 300), st.integers(0, 4))
@example(289, 0)
@example(127, 0)
@settings(max_examples=10, deadline=None)
def test_on_buses_every_window_has_its_three_devices(
    tmp_path_factory: pytest.TempPathFactory, windows: int, more: int
) -> None:
    """As many buses as one byte of address needs, or more: `load`, which refuses an address twice, accepts them."""
    buses = min(fewest(windows) + more, windows)
    file = tmp_path_factory.getbasetemp() / "buses.yaml"
    file.write_text(init_text(1, windows, 2, buses=buses), encoding="utf-8")
    config = load(file)
    assert len(config.lines) == buses
    for kind in ("keypad", "pad", "bar"):
        placed = [it for it in config.devices if it.spec.kind == kind]
        assert sorted(it.window for it in placed) == sorted(window.id for window in config.plan().windows)
        assert {it.spec.line for it in placed} == {line.id for line in config.lines}
        assert all(1 <= it.spec.address <= 255 for it in placed)


def test_its_commented_examples_are_right_too(tmp_path: Path) -> None:
    """Taking the # away before every example of clerks, lines and devices leaves a file without mistakes."""
    text = init_text(2, 4, 8).replace("  # - {", "  - {")
    assert text != init_text(2, 4, 8)
    file = tmp_path / "init.yaml"
    file.write_text(text, encoding="utf-8")
    kinds = {placed.spec.kind for placed in load(file).devices}
    assert kinds == {"keypad", "pad", "bar", "reader", "scanner", "printer", "voice"}


def test_the_zones_are_those_of_yantai_in_its_order() -> None:
    names = [zone["name"] for zone in parse(init_text(10, 289, 1344)).data["zones"]]
    assert " ".join(names) == "综合政务 综合警务 公积金 交通 社保就业 医保 税务 公用事业 便民服务 集中年检"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((24, 30, 30), "24 zones: a hall has 1 to 23: each has a letter of its own, and I, O and Q"),
        ((0, 1, 1), "0 zones: a hall has 1 to 23"),
        ((1, 0, 1), "0 windows: a hall has 1 to 999."),
        ((1, 289, 4, 0, 2), "2 buses: 289 windows need 3 to 289: one byte of address is enough for 127 windows"),
        ((1, 1, 10000), "10000 services: a hall has 1 to 9999."),
    ],
)
def test_a_hall_that_cannot_be_is_refused_in_a_sentence(size: tuple[int, ...], said: str) -> None:
    with pytest.raises(TooBig) as refused:
        init_text(*size)
    assert str(refused.value).startswith(said)
