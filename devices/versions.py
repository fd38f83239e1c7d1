"""What an agent runs on: its own version, Python, the machine, and the packages that its drivers stand on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import Any

from devices.registry import GROUP

OURS = ("pyserial", "python-escpos", "pyusb", "pyttsx3", "python-socketio")
"""The packages that our drivers and the link stand on."""


def version_of(package: str) -> str:
    """The version of an installed package, "" when it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def what_runs_here() -> dict[str, Any]:
    """{"python": "3.11.2", "platform": "Linux-6.1-x86_64", "packages": {"pyserial": "3.5", …}}, for the hub.

    Packages that bring drivers of their own (entry point `hallcall.drivers`) are among them.
    """
    bring = {point.dist.name for point in entry_points(group=GROUP) if point.dist}
    packages = {name: found for name in (*OURS, *sorted(bring)) if (found := version_of(name))}
    return {"python": platform.python_version(), "platform": platform.platform(terse=True), "packages": packages}
