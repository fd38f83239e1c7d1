"""What reception wants for a person, who is an HMAC here."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class UnblockPerson(Command):
    """Somebody blocked for not coming may take numbers again."""

    person: str
