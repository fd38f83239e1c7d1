"""Bearer tokens: who somebody is, signed with the hall's key. Made by `hall token`, read by HTTP and the sockets."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

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
    def is_staff(self) -> bool:
        return self.role in ("reception", "supervisor", "admin", "device")


VISITOR = Who()


class Tokens:
    """Signs and reads tokens with `secret.key` in the data folder, which is made at first use, mode 0600."""

    def __init__(self, data: Path) -> None:
        key = _key(data / "secret.key")
        self._signer = URLSafeSerializer(key, salt="hall token 1")
        self._person_key = hashlib.sha256(b"person " + key.encode()).digest()

    def make(self, who: Who) -> str:
        return self._signer.dumps([who.role, who.window, who.clerk])

    def person(self, given: str) -> str:
        """How a person with this id is known here: an HMAC, which tells nothing of the id."""
        return hmac.new(self._person_key, given.strip().upper().encode(), "sha256").hexdigest()[:32]

    def read(self, token: str) -> Who | None:
        """Who it is, or None for a token that this hall did not sign."""
        try:
            role, window, clerk = self._signer.loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return Who(role, window, clerk) if role in ROLES else None


def _key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # private from the first byte, and whole when it gets its name: of two processes that start together nobody
        # reads half a key, and the link of the second fails
        made, part = tempfile.mkstemp(prefix="secret", dir=path.parent)
        try:
            with os.fdopen(made, "w") as file:
                file.write(secrets.token_hex(32))
            os.link(part, path)
        except FileExistsError:
            pass
        finally:
            Path(part).unlink()
    return path.read_text().strip()
