"""What no single key can show of a quota: shifts that nobody wrote, a warning that comes with the first number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caller.config.problems import Found
from caller.config.rows import Rows, word
from caller.config.yaml import Key


def check_quotas(file: Rows) -> Iterator[Found]:
    """Every quota for a shift that there is not, and every warning level that is not below the quota."""
    names = tuple(dict.fromkeys(_shift_names(file)))
    for where, row in file.rows("queues"):
        quota = row.get("quota")
        if isinstance(quota, dict):
            for name in quota:
                if name not in names:
                    yield Found((*where, "quota", name), f"no shift is called {name!r}", name, names)
        yield from _warning(where, quota, word(row, "quota_warning"))


def _warning(where: Key, quota: Any, warning: str) -> Iterator[Found]:
    quotas = quota.values() if isinstance(quota, dict) else (quota,)
    least = min((int(it) for it in quotas if isinstance(it, str) and it.isdecimal()), default=0)
    if warning.isdecimal() and int(warning) and not least:
        yield Found((*where, "quota_warning"), "warns of nothing: write `quota: …` too")
    elif warning.isdecimal() and int(warning) >= least > 0:
        yield Found((*where, "quota_warning"), f"should be below the quota, {least}, not {warning}")


def _shift_names(file: Rows) -> Iterator[str]:
    hours = file.data.get("hours")
    hours = hours if isinstance(hours, dict) else {}
    exceptions = hours.get("exceptions")
    special = [row.get("shifts") for row in exceptions if isinstance(row, dict)] if isinstance(exceptions, list) else []
    for shifts in (hours.get("shifts"), *special, *(row.get("hours") for _, row in file.rows("zones"))):
        for shift in shifts if isinstance(shifts, list) else []:
            if isinstance(shift, dict) and word(shift, "name"):
                yield word(shift, "name")
