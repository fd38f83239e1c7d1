"""The hall's secret keys: files in the data folder, made at first use, the owner's alone."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def key_in(path: Path) -> str:
    """The key in this file, 64 hexadecimal digits; made, mode 0600, if there is none."""
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
