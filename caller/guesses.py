"""How often somebody may be wrong about a ticket's check digits: two digits are guessed in a hundred tries."""

from __future__ import annotations

from collections import Counter

ALLOWED = 5


class Guesses:
    """The wrong guesses of the day, by ticket. After ALLOWED of them its digits open nothing until the next day.

    The ticket's token, and staff, open it as before. Kept in memory: a restart gives ALLOWED more.
    """

    def __init__(self) -> None:
        self._day = ""
        self._wrong: Counter[str] = Counter()

    def may_guess(self, day: str, number: str) -> bool:
        """Are the digits of the ticket still asked for?"""
        if day != self._day:
            self._day, self._wrong = day, Counter()
        return self._wrong[number] < ALLOWED

    def was_wrong(self, number: str) -> None:
        """One more guess that was not right."""
        self._wrong[number] += 1
