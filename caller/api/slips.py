"""Trying out how slips look: for whoever lays them out, and nothing is kept."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.actions import NotAllowed
from caller.api import told_slips as told
from caller.api.answers import json_response, problems
from caller.asked_slips import TrySlip
from caller.problems import problem
from caller.slip_preview import CannotPreview, Wish, file_of, printer_of, shown
from caller.slip_samples import SAMPLES
from printers.fields import FIELDS
from printers.kinds import KINDS

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""

    def only_for_layout() -> None:
        if not g.who.lays_out:
            raise NotAllowed(known=g.who.role != "visitor")

    @calls.get("/slips")
    @calls.output(told.SlipsTold)
    @calls.doc(responses=problems(401, 403))
    def slips() -> Any:
        """The kiosks with their templates, the sample tickets, the blocks and fields: for supervisor and admin."""
        only_for_layout()
        kiosks = []
        for kiosk in hub.plan.kiosks:
            file, options = file_of(hub.config, kiosk.id), printer_of(hub.config, kiosk)[1]
            kiosks.append(
                {
                    "id": kiosk.id,
                    "name": kiosk.name,
                    "width": options.get("width", 80),
                    "mode": str(options.get("mode", "auto")),
                    "file": file.name,
                    "own": file.parent == hub.config.path.parent,
                    "template": _text(file),
                }
            )
        samples = [{"name": name, "zh": zh, "en": en} for name, (zh, en) in SAMPLES.items()]
        blocks = {kind: list(options) for kind, (options, _) in KINDS.items()}
        return json_response({"kiosks": kiosks, "samples": samples, "fields": FIELDS, "blocks": blocks})

    @calls.post("/slips/preview")
    @calls.input(TrySlip, arg_name="asked")
    @calls.output(told.SlipShown)
    @calls.doc(responses=problems(401, 403, 413, 422))
    def preview(asked: TrySlip) -> Any:
        """What the kiosk's printer would print, as a PNG, or the mistakes of the template: for supervisor and admin."""
        only_for_layout()
        wish = Wish(**(asked.model_dump() | {"languages": tuple(asked.languages)}))
        try:
            made, wrong = hub.drawing(shown, hub.config, wish)
        except CannotPreview as error:
            return problem(422, "no_preview", f"不能预览：{error}", f"There is no preview: {error}")
        told_problems = [
            {"line": it.line, "path": it.path, "what": it.what, "meant": it.meant, "sentence": str(it)} for it in wrong
        ]
        if made is None:
            return json_response({"png": None, "problems": told_problems})
        body = {
            "png": base64.b64encode(made.png).decode("ascii"),
            "mode": made.mode,
            "bytes": made.size,
            "speed": made.speed,
            "seconds": round(made.seconds, 1),
            "mm": made.mm,
            "dots": list(made.dots),
            "problems": told_problems,
        }
        return json_response(body)


def _text(file: Any) -> str:
    try:
        return str(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):  # it was there when the hub began
        return ""
