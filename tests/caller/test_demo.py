"""`hall demo`: the whole hall in one command, on this machine only, alive by itself."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from caller.demo import Demo


@pytest.fixture
def demo_hall(tmp_path: Path) -> Any:
    log = (tmp_path / "log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "caller.cli", "demo", "--port", "0", "--data", str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(8)]
    yield process, lines
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(15)
    process.stdout.close()
    log.close()


def test_one_command_is_a_hall_with_all_its_pages_and_devices(demo_hall: Any, until: Callable[..., Any]) -> None:
    """It prints the addresses to open, and each opens; its virtual devices come; a slip is printed; Ctrl-C ends it."""
    process, lines = demo_hall
    addresses = [found[0] for line in lines if (found := re.findall(r"http://127\.0\.0\.1:\d+[^ ;(]*", line))]
    assert len(addresses) == 8
    for address in addresses:
        answer = requests.get(address, timeout=10)
        assert (answer.status_code, "<html" in answer.text) == (200, True), address
    base = addresses[0].rstrip("/")

    def states() -> dict[str, str]:
        devices = requests.get(f"{base}/api/v1/health", timeout=10).json()["devices"]
        return {device["id"]: device["state"] for device in devices}

    until(lambda: {state for device, state in states().items() if "printer" in device} == {"ok"}, 30)
    kiosk = requests.get(f"{base}/api/v1/kiosks", timeout=10).json()[0]["id"]
    service = requests.get(f"{base}/api/v1/services", timeout=10).json()[0]["id"]
    taken = requests.post(f"{base}/api/v1/tickets", json={"service": service, "kiosk": kiosk}, timeout=10)
    assert taken.status_code == 201
    number = taken.json()["number"]

    def printed() -> str | None:
        return requests.get(f"{base}/api/v1/tickets/{number}", timeout=10).json()["printed"]

    until(lambda: printed() == "printed", 30)
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0


@pytest.fixture
def busy(hub_in: Callable[..., Any], config: Any, tmp_path: Path) -> Any:
    inside = hub_in(config, tmp_path, demo=True)
    demo = Demo(inside.hub, visitors=3600, rng=random.Random(1))
    yield inside, demo
    demo.stop()


def test_the_demo_opens_its_windows_and_visitors_come(busy: Any, until: Callable[..., Any]) -> None:
    inside, demo = busy
    demo.start()
    until(lambda: {window["state"] for window in inside.get("windows").json} == {"open"})
    until(lambda: sum(zone["waiting"] for zone in inside.get("zones").json) >= 2)


def test_the_scene_of_many_calls_at_once_calls_at_every_window(busy: Any) -> None:
    inside, demo = busy
    for window in "123":
        inside.post(f"windows/{window}/open")
    demo._scene({"burst": 12})
    calls = inside.hub.dispatcher.seq
    assert calls > 12
    assert sum(window["state"] == "calling" for window in inside.get("windows").json) >= 2


@pytest.mark.parametrize("body", [{}, {"visitors": "many"}, {"burst": None}, {"visitors": -5}, {"visitors": 10**9}])
def test_a_scene_that_is_none_does_no_harm(busy: Any, body: Any) -> None:
    _, demo = busy
    assert 0 <= demo._scene(body)["visitors"] <= 3600
