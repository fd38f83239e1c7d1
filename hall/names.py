"""How a visitor's name may be shown on screens, slips and lists: masked."""

from __future__ import annotations


def masked(name: str) -> str:
    """The name with its middle hidden: first and last characters stay, of two the first.

    >>> masked("王小海"), masked("王海"), masked("欧阳小海"), masked("王"), masked("")
    ('王*海', '王*', '欧**海', '*', '')
    """
    name = "".join(name.split())
    if len(name) < 3:
        return name[: len(name) - 1] + "*" if name else ""
    return name[0] + "*" * min(len(name) - 2, 3) + name[-1]
