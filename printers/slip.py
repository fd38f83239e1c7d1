"""The slip: what a visitor holds, as clean values; how they are laid out is the template's (template.py)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

LONGEST = {"hall": 80, "service": 80, "zone": 80, "windows": 80, "material": 80, "kiosk": 80, "wifi": 32, "check": 8}
LONGEST |= {"estimate": 24, "case": 40, "step": 80, "hall_en": 120, "service_en": 120, "zone_en": 120}
LONGEST |= {"no_window": 60, "no_window_en": 120}
MOST_MATERIALS = 10
MOST_STEPS = 8
LONGEST_URL = 300  # a QR of version 13; a longer one cannot be read off 58 mm paper
CLASSES = {"normal": "普通", "booked": "预约", "care": "爱心", "urgent": "绿色通道"}


def plain(text: object, longest: int = 200) -> str:
    """Text that can only be read, never obeyed: one line, no control, format or private characters, cut with …

    Control characters are how a name would inject ESC/POS commands; format characters (bidi overrides, joiners) would
    make a printed name read differently from the stored one.

    >>> plain("张\\x1b@三\\u202e\\n李")
    '张@三 李'
    """
    kept = []
    for char in str(text if text is not None else ""):
        kind = unicodedata.category(char)
        if char.isspace() or kind in ("Zl", "Zp"):
            kept.append("　" if char == "　" else " ")
        elif kind not in ("Cc", "Cf", "Cs", "Co", "Cn"):
            kept.append(char)
    line = re.sub(r" {2,}", " ", "".join(kept)).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


@dataclass(frozen=True)
class Slip:
    """A ticket's slip. Made by `Slip.of`, which cleans every text; `taken_at` is in the hall's zone already.

    `visitor_class` is normal, booked, care, urgent, or a name of the hall's own; `estimate` 10–20 分钟, as the hub
    says it, or "".
    """

    hall: str
    letters: str
    digits: str
    service: str
    zone: str
    floor: str
    windows: str
    ahead: int
    estimate_s: int | None
    estimate: str
    taken_at: datetime
    materials: tuple[str, ...]
    url: str
    check: str
    wifi: str
    case: str
    visitor_class: str
    kiosk: str
    copy: bool
    return_after: int
    steps: tuple[str, ...]
    hall_en: str
    zone_en: str
    service_en: str
    estimate_en: str
    no_window: str
    no_window_en: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Slip:
        """The slip of a print job's data (docs/agent.md). Raises ValueError if there is no number or no time."""
        number = plain(data.get("number"), 12)
        found = re.fullmatch(r"([A-Za-z]{0,3})([0-9]{1,6})", number)
        if not found:
            raise ValueError(f"a slip needs a number such as A001, not {number!r}")
        estimate = data.get("estimate_s")
        steps = [plain(step, LONGEST["step"]) for step in data.get("steps") or ()]
        brought = [plain(item, LONGEST["material"]) for item in data.get("materials") or ()]
        url = quote(str(data.get("url") or ""), safe=":/?#[]@!$&'()*+,;=%-._~", errors="ignore")
        visitor_class = plain(data.get("class") or "normal", 12)
        return cls(
            letters=found[1] or "".join(re.findall("[A-Za-z]", plain(data.get("letter"), 2))),
            digits=found[2],
            floor=re.sub(r"[楼层Ff]$", "", plain(data.get("floor"), 4)),
            ahead=max(0, int(data.get("ahead") or 0)),
            estimate_s=None if estimate is None else max(0, int(estimate)),
            estimate=plain(data.get("estimate"), LONGEST["estimate"]),
            estimate_en=plain(data.get("estimate_en"), LONGEST["estimate"]),
            taken_at=datetime.fromisoformat(str(data.get("taken_at", ""))),
            materials=tuple(item for item in brought if item),
            url=url if len(url) <= LONGEST_URL else "",
            visitor_class={said: key for key, said in CLASSES.items()}.get(visitor_class, visitor_class),
            copy=bool(data.get("copy")),
            return_after=max(0, int(data.get("return_after") or 0)),
            steps=tuple(step for step in steps[:MOST_STEPS] if step),
            **{key: plain(data.get(key), LONGEST[key]) for key in _PLAIN_FIELDS},
        )

    @property
    def number(self) -> str:
        return self.letters + self.digits


_PLAIN_FIELDS = ("hall", "service", "zone", "windows", "check", "wifi", "kiosk", "case")
_PLAIN_FIELDS += ("hall_en", "service_en", "zone_en", "no_window", "no_window_en")
