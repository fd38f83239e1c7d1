"""A command at the hall's door, and the answers that are not the rules' own: an id used twice, a fault of ours."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caller.journal import Answer
from hall import events as ev
from hall.commands import Command
from hall.errors import Refused
from hall.events.concerns import numbers_of
from hall.state import HallState

Body = dict[str, Any]


@dataclass
class Waiting:
    """A command at the door. `failed`: the journal could not keep it; otherwise there is an answer when it is done."""

    id: str
    make: Callable[[datetime], Command]
    tell: Callable[[HallState, list[ev.Event], int], Body]
    status: int
    mark: str
    done: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None
    failed: bool = False


def problem(refused: Refused) -> Body:
    """Code and sentences of what the rules refuse; caller.problems makes a problem of them."""
    told = _told(refused.code, refused.sentence, refused.sentence_en)
    return {**told, "facts": refused.facts} if refused.facts else told


def _told(code: str, detail: str, detail_en: str) -> Body:
    return {"code": code, "detail": detail, "detail_en": detail_en}


def _answer(status: int, code: str, detail: str, detail_en: str) -> Answer:
    return Answer("", status, json.dumps(_told(code, detail, detail_en), ensure_ascii=False))


REUSED = _answer(
    422,
    "id_reused",
    "这个 Idempotency-Key 已经用在另一个请求上",
    "This Idempotency-Key was used for another request",
)
FAULT = _answer(
    500,
    "error",
    "没有办成，请再按一次，或呼叫工作人员",
    "That did not work. Try again or call staff",
)
"""An error in this program, met by one command: nothing has happened, and its id may be used again."""


def touched(events: list[ev.Event], state: HallState) -> list[str]:
    """The numbers of the tickets that the events are about."""
    numbers = dict.fromkeys(number for event in events for number in numbers_of(event))
    return [number for number in numbers if number in state.tickets]
