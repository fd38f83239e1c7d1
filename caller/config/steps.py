"""一票到底 in the file: `steps: [check, [photo, pay], collect]`, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from caller.config.problems import Found
from caller.config.rows import Row, Rows, word
from caller.config.values import Ref
from caller.config.yaml import Key


def _steps(value: object) -> object:
    """A queue by itself is a step of one queue."""
    return [[step] if isinstance(step, str) else step for step in value] if isinstance(value, list) else value


Steps = Annotated[list[Annotated[list[Ref], Field(min_length=1)]], BeforeValidator(_steps)]


def check_steps(file: Rows, served: frozenset[str]) -> Iterator[Found]:
    """Steps that lead nowhere, that hold a queue twice, or that begin elsewhere than the number does."""
    queues = file.names("queues")
    for where, row in file.rows("services"):
        steps = list(_written(where, row))
        for at, queue in steps:
            if queue not in queues:
                yield Found(at, f"no queue {queue!r}", queue, queues)
            elif queue not in served:
                yield Found(at, f"no window serves {queue!r}: a visit would end there (该事项未配置到窗口)")
        seen: set[tuple[str | int, str]] = set()
        for at, queue in steps:
            if (at[3], queue) in seen:
                yield Found(at, f"queue {queue!r} is in the step twice")
            seen.add((at[3], queue))
        begins = [queue for at, queue in steps if at[3] == 0]
        if begins and word(row, "queue") and word(row, "queue") not in begins:
            what = f"a visit begins in the service's own queue, {word(row, 'queue')!r}, where its number is from"
            yield Found((*where, "steps"), what)


def _written(where: Key, row: Row) -> Iterator[tuple[Key, str]]:
    steps = row.get("steps")
    for n, step in enumerate(steps if isinstance(steps, list) else []):
        if isinstance(step, str):
            yield (*where, "steps", n), step
        elif isinstance(step, list):
            yield from (((*where, "steps", n, m), queue) for m, queue in enumerate(step) if isinstance(queue, str))
