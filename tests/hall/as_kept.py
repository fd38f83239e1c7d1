"""An event as the journal gives it back: through JSON, with its time and version."""

from __future__ import annotations

import json
from datetime import datetime

from hall import events as ev


def through_json(event: ev.Event) -> ev.Event:
    data = json.loads(json.dumps(ev.to_data(event)))
    at = datetime.fromisoformat(event.at.isoformat())
    return ev.from_data(type(event).__name__, ev.VERSION, at, event.actor, data)
