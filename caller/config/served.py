"""The queues that a window serves: as a list, with ranks, or `all` of its zone (综合窗口)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caller.config.rows import Row, Rows, word

ALL = "all"


def expanded(ranks: Mapping[str, int], of_zone: Iterable[str]) -> dict[str, int]:
    """Queue -> rank, with the zone's other queues where `all` stands, all of its rank.

    >>> expanded({"collect": 1, "all": 2}, ["tax", "collect", "car"])
    {'collect': 1, 'tax': 2, 'car': 2}
    """
    told: dict[str, int] = {}
    for queue, rank in ranks.items():
        others = [each for each in of_zone if each not in ranks] if queue == ALL else [queue]
        told |= dict.fromkeys(others, rank)
    return told


def queues_by_zone(file: Rows) -> dict[str, list[str]]:
    """Zone -> the ids of its queues, as written."""
    zones: dict[str, list[str]] = {}
    for _, row in file.rows("queues"):
        zones.setdefault(word(row, "zone"), []).append(word(row, "id"))
    return zones


def served(row: Row, zones: Mapping[str, list[str]]) -> tuple[tuple[str | int, str], ...]:
    """The queues of a window's row, each with its index or key; those of `all` with the index or key of that."""
    queues = row.get("queues")
    if queues == ALL:
        queues = [ALL]
    if isinstance(queues, dict):
        written: list[tuple[str | int, str]] = [(queue, queue) for queue in queues]
    else:
        listed = queues if isinstance(queues, list) else []
        written = [(i, queue) for i, queue in enumerate(listed) if isinstance(queue, str)]
    named = {queue for _, queue in written}
    of_zone = zones.get(word(row, "zone"), [])
    return tuple(
        (at, each)
        for at, queue in written
        for each in ([q for q in of_zone if q not in named] if queue == ALL else [queue])
    )
