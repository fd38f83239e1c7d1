"""The slip: what a visitor holds, as words; the same for a drawn picture and for the printer's own letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

LONGEST = {"hall": 40, "service": 80, "zone": 24, "windows": 60, "material": 60, "kiosk": 20, "wifi": 32, "check": 8}
LONGEST |= {"estimate": 16, "case": 40, "step": 40, "no_window": 40}
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
class Figure:
    """Words around one number that is printed larger than they are: 前面 12 人. `value` is "" if there is none."""

    before: str
    value: str = ""
    after: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.before, self.value, self.after) if part)


@dataclass(frozen=True)
class Slip:
    """A ticket's slip. Made by `Slip.of`, which cleans every text; `taken_at` is in the hall's zone already."""

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
    no_window: str
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
        visitor_class = plain(data.get("class") or "普通", 12)
        return cls(
            letters=found[1] or "".join(re.findall("[A-Za-z]", plain(data.get("letter"), 2))),
            digits=found[2],
            floor=re.sub(r"[楼层Ff]$", "", plain(data.get("floor"), 4)),
            ahead=max(0, int(data.get("ahead") or 0)),
            estimate_s=None if estimate is None else max(0, int(estimate)),
            taken_at=datetime.fromisoformat(str(data.get("taken_at", ""))),
            materials=tuple(item for item in brought if item),
            url=url if len(url) <= LONGEST_URL else "",
            visitor_class=CLASSES.get(visitor_class, visitor_class),
            copy=bool(data.get("copy")),
            return_after=max(0, int(data.get("return_after") or 0)),
            steps=tuple(steps[:MOST_STEPS]),
            **{key: plain(data.get(key), LONGEST[key]) for key in _PLAIN_FIELDS},
        )

    @property
    def number(self) -> str:
        return self.letters + self.digits

    @property
    def when(self) -> str:
        return f"{self.taken_at.month}月{self.taken_at.day}日 {self.taken_at:%H:%M}"

    def place(self, short: bool = False) -> str:
        """Where to wait: 请到 3 楼公积金区等候; `short`, for 58 mm: 到 3 楼公积金区."""
        zone = self.zone if not self.zone or self.zone.endswith(("区", "厅", "中心", "室", "台")) else self.zone + "区"
        floor = f" {self.floor} 楼" if self.floor else ""
        if not floor and not zone:
            return "请在大厅等候"
        return f"到{floor}{zone}" if short else f"请到{floor}{zone}等候"

    @property
    def at_windows(self) -> str:
        return f"窗口 {self.windows}" if self.windows else ""

    @property
    def more(self) -> tuple[str, ...]:
        """What few tickets say: that no window is open, the steps of a visit (一票到底), the case collected (出件)."""
        steps = f"凭此号办 {len(self.steps)} 步：{' → '.join(self.steps)}" if len(self.steps) > 1 else ""
        case = f"领取办件 {self.case}" if self.case else ""
        return tuple(filter(None, (self.no_window, steps, case)))

    @property
    def then(self) -> str:
        return "听到叫号再过去"

    @property
    def queue(self) -> Figure:
        return Figure("前面", str(self.ahead), "人") if self.ahead else Figure("前面没有人")

    @property
    def wait(self) -> Figure:
        """The estimate, honest: 约 10–20 分钟 as the hub says it, else 约 25 分钟 by the median,
        from two hours on in half hours; 暂无法估计 if nothing is known.
        """
        if self.estimate:
            value, _, unit = self.estimate.partition(" ")
            return Figure("约", value, unit)
        if self.estimate_s is None:
            return Figure("暂无法估计" if self.ahead or self.no_window else "请留意叫号")
        minutes = round(self.estimate_s / 60)
        if minutes < 120:
            return Figure("约", str(max(1, minutes)), "分钟")
        return Figure("约", f"{round(minutes / 30) / 2:g}", "小时")

    @property
    def bring(self) -> tuple[str, ...]:
        """The materials that fit on a slip, then how many are left and where they stand."""
        if len(self.materials) <= MOST_MATERIALS:
            return self.materials
        left = len(self.materials) - MOST_MATERIALS
        return (*self.materials[:MOST_MATERIALS], f"还有 {left} 项，" + ("扫码查看" if self.url else "请问服务台"))

    @property
    def network(self) -> str:
        return f"Wi-Fi {self.wifi}" if self.wifi else ""

    @property
    def missed(self) -> tuple[str, str]:
        turn = f"后面再叫 {self.return_after} 个人就轮到您。" if self.return_after else "马上就轮到您。"
        return ("过号不要紧：当天回来报到，", turn)

    @property
    def kind(self) -> str:
        return self.visitor_class if self.visitor_class.endswith("号") else self.visitor_class + "号"

    @property
    def valid(self) -> str:
        return "仅当天有效"


_PLAIN_FIELDS = ("hall", "service", "zone", "windows", "check", "wifi", "kiosk", "case", "estimate", "no_window")
