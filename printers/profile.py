"""What python-escpos's profile of a model says, as options of ours: `profile: TM-T88V` instead of five settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from printers.papers import PAPERS
from printers.transport import library


@cache
def models() -> dict[str, Any]:
    """Every profile that python-escpos has, by name."""
    library()
    from escpos.capabilities import CAPABILITIES

    return dict(CAPABILITIES["profiles"])


def trouble_with(name: str) -> str:
    """Why a model of that name cannot print our slips, in a sentence; "" when it can."""
    model = models().get(name)
    if model is None:
        near = ", ".join(sorted(known for known in models() if known[:3].lower() == name[:3].lower()))
        return f"profile: python-escpos has no {name!r}" + (f"; near it are {near}" if near else "")
    if model["features"].get("starCommands"):
        return f"profile: {name} speaks Star's commands, set it to ESC/POS and leave the profile out"
    if not model["features"].get("bitImageRaster"):
        return f"profile: {name} prints no pictures, and a slip has some"
    return ""


def settled(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options, and where they are silent what the profile says: `width`, `mode`, `cut`.

    Without a profile, or with one that nobody knows, they are as they were.

    >>> settled({"profile": "POS-5890", "finish_s": 9})
    {'width': 58, 'mode': 'raster', 'cut': 'none', 'profile': 'POS-5890', 'finish_s': 9}
    """
    model = models().get(str(options.get("profile", ""))) if options.get("profile") else None
    if model is None:
        return dict(options)
    features, told = model["features"], {}
    pixels = (model.get("media") or {}).get("width", {}).get("pixels")
    if isinstance(pixels, int):
        told["width"] = max((paper for paper in PAPERS if PAPERS[paper].dots <= pixels), default=58)
    if not features.get("qrCode"):
        told["mode"] = "raster"  # its own letters would come with no code
    if not features.get("paperPartCut"):
        told["cut"] = "full" if features.get("paperFullCut") else "none"
    return {**told, **options}
