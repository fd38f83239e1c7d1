"""A slip tried out: a sample ticket, a kiosk of the hall and a template, as the picture that would lie in the tray."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caller.config import Config
from caller.config.problems import Problem
from caller.config.slip import read_slip
from caller.config.yaml import LARGEST, parse
from caller.slip_samples import SAMPLES, sample
from hall.plan import Kiosk
from printers.preview import Preview, preview
from printers.slip import Slip
from printers.template import SHIPPED, Template, from_job

NO_KIOSK = Kiosk("", "取号机")


class CannotPreview(ValueError):
    """str() is a sentence: there is no such kiosk or sample, or its printer has options that none can have."""


@dataclass(frozen=True)
class Wish:
    """What to show. "", 0 and () are what the kiosk and its printer have themselves; `text` is a template's."""

    kiosk: str = ""
    sample: str = "materials"
    width: int = 0
    mode: str = ""
    languages: tuple[str, ...] = ()
    text: str | None = None
    file: str = "slip.yaml"


def shown(config: Config, wish: Wish) -> tuple[Preview | None, list[Problem]]:
    """The slip as its printer would print it, or the mistakes of the template. Raises CannotPreview."""
    plan = config.plan()
    kiosk = plan.kiosk.get(wish.kiosk) or (plan.kiosks[0] if plan.kiosks and not wish.kiosk else NO_KIOSK)
    if wish.kiosk and kiosk is NO_KIOSK:
        raise CannotPreview(f"no kiosk {wish.kiosk!r}; there are {', '.join(plan.kiosk) or 'none'}")
    if wish.sample not in SAMPLES:
        raise CannotPreview(f"no sample {wish.sample!r}; there are {', '.join(SAMPLES)}")
    template, problems = _template(config, kiosk, wish)
    if template is None:
        return None, problems
    port, options = printer_of(config, kiosk)
    wished = options | ({"width": wish.width} if wish.width else {})
    try:
        return preview(Slip.of(sample(wish.sample, plan, kiosk)), template, port, wished, wish.mode), []
    except (ValueError, TypeError, OSError) as wrong:  # OSError: a face that is not on this machine
        raise CannotPreview(f"printer {kiosk.printer or 'of the kiosk'}: {wrong}") from wrong


def printer_of(config: Config, kiosk: Kiosk) -> tuple[str, dict[str, Any]]:
    """The port and the options of a kiosk's printer; those of one on the network if it has none."""
    for placed in config.devices:
        if placed.spec.id == kiosk.printer:
            return placed.spec.port, dict(placed.spec.options)
    return "virtual", {}


def file_of(config: Config, kiosk: str) -> Path:
    """The template file that a kiosk prints by."""
    own = next((it.slip for it in config.settings.kiosks if it.id == kiosk), None)
    name = (own and own.template) or config.settings.slip.template
    return config.path.parent / name if name else SHIPPED


def _template(config: Config, kiosk: Kiosk, wish: Wish) -> tuple[Template | None, list[Problem]]:
    if wish.text is None:
        body = config.slip_of(kiosk.id)
        return from_job(_in(body or {}, wish.languages) if body or wish.languages else None), []
    if len(wish.text) > LARGEST:
        return None, [Problem(wish.file, 0, "", "is no template: it is larger than 8 MB")]
    made, problems = read_slip(parse(wish.text), config.path.parent, wish.file)
    return (from_job(_in(made.body, wish.languages)) if made else None), problems


def _in(body: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    return {**body, "languages": list(languages)} if languages else body
