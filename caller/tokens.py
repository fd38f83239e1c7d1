"""Bearer tokens: who somebody is, signed with the hall's key. Made by `hall token`, read by HTTP and the sockets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from caller.keys import key_in

ROLES = ("clerk", "reception", "supervisor", "admin", "device")


@dataclass(frozen=True)
class Who:
    """A role, for a clerk perhaps the one window and staff number the token is for. A visitor has no token."""

    role: str = "visitor"
    window: str = ""
    clerk: str = ""

    @property
    def actor(self) -> str:
        """How the journal names them: "clerk:0268"."""
        return ":".join(filter(None, (self.role, self.clerk or self.window)))

    def may_work_at(self, window: str) -> bool:
        """May they press the keys of this window?"""
        return self.role in ("supervisor", "admin", "device") or (self.role == "clerk" and self.window in ("", window))

    @property
    def at_reception(self) -> bool:
        """May they do what reception does for visitors: stop a zone, lift a block, take for somebody blocked?"""
        return self.role in ("reception", "supervisor", "admin")

    @property
    def lays_out(self) -> bool:
        """May they try out how the hall's slips look?"""
        return self.role in ("supervisor", "admin")

    @property
    def is_staff(self) -> bool:
        return self.role in ("reception", "supervisor", "admin", "device")


VISITOR = Who()


class Tokens:
    """Signs and reads tokens with `secret.key` in the data folder, which is made at first use, mode 0600."""

    def __init__(self, data: Path) -> None:
        self._signer = URLSafeSerializer(key_in(data / "secret.key"), salt="hall token 1")

    def make(self, who: Who) -> str:
        return self._signer.dumps([who.role, who.window, who.clerk])

    def read(self, token: str) -> Who | None:
        """Who it is, or None for a token that this hall did not sign."""
        try:
            role, window, clerk = self._signer.loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return Who(role, window, clerk) if role in ROLES else None
