"""The fields of a slip that a template may name, and what each of them says in a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from printers.slip import CLASSES, MOST_MATERIALS, Slip

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Value = str | tuple[str, ...]
Values = Mapping[str, Value]

FIELDS = {
    "number": "the whole number: C032",
    "letters": "its letters: C",
    "digits": "its digits: 032",
    "hall": "the hall's name",
    "service": "the service (事项)",
    "zone": "the zone, with 区 where its name does not say what it is: 公积金区",
    "floor": "the floor's number: 3",
    "windows": "the windows that may call it: 97–116",
    "ahead": "how many are ahead; 0 counts as empty",
    "wait": "how long it may take, without its unit: 25 or 10–20; empty when nobody can say",
    "wait_unit": "分钟 or 小时; min or h",
    "no_window": "that no window is open for it, and when one opens; empty while one is",
    "taken": "when it was taken, date and time: 3月18日 09:42",
    "date": "the date alone",
    "time": "the time alone",
    "materials": "what to bring, for `list:`; within a text joined by 、",
    "steps": "the steps of a visit (一票到底), for `list:`; within a text joined by →; empty if there is only one",
    "step_count": "how many steps",
    "url": "the address of the ticket's page, for `qr:`",
    "check": "the check digits (校验码)",
    "wifi": "the hall's Wi-Fi",
    "case": "the case that is collected (出件)",
    "class": "the class: 普通 预约 爱心 绿色通道; in a condition normal booked care urgent",
    "kiosk": "the kiosk's name",
    "copy": "补打 or Copy on a copy, else empty",
    "return_after": "who missed the call is next after so many; 0 counts as empty",
}
LISTS = ("materials", "steps")
NUMERALS = ("taken", "date", "time")
"""Set in numerals of one width, as clocks are."""

CHOICES: dict[str, tuple[str, ...]] = {
    "paper": ("80", "58"),
    "mode": ("raster", "native"),
    "language": LANGUAGES,
    "class": tuple(CLASSES),
}
"""What `when: X is …` can be compared with; the first three are known to conditions only."""

CLASSES_EN = {"normal": "Normal", "booked": "Booked", "care": "Care", "urgent": "Priority"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def values(slip: Slip, language: Language) -> dict[str, Value]:
    """Field -> what it says, in every language the same keys; English falls back on the Chinese name."""
    it, zh = slip, language == "zh"
    at = it.taken_at
    date = f"{at.month}月{at.day}日" if zh else f"{at.day} {MONTHS[at.month - 1]}"
    wait, unit = _wait(it, zh)
    klass = re.sub("号$", "", CLASSES.get(it.visitor_class, it.visitor_class))
    return {
        "number": it.number,
        "letters": it.letters,
        "digits": it.digits,
        "hall": it.hall if zh else it.hall_en or it.hall,
        "service": it.service if zh else it.service_en or it.service,
        "zone": _zone(it.zone) if zh or not it.zone_en else it.zone_en,
        "floor": it.floor,
        "windows": it.windows if zh else it.windows.replace("、", ", "),
        "ahead": str(it.ahead),
        "wait": wait,
        "wait_unit": unit,
        "no_window": it.no_window if zh else it.no_window_en or it.no_window,
        "taken": f"{date} {at:%H:%M}" if zh else f"{date}, {at:%H:%M}",
        "date": date,
        "time": f"{at:%H:%M}",
        "materials": _brought(it, zh),
        "steps": it.steps if len(it.steps) > 1 else (),
        "step_count": str(len(it.steps)),
        "url": it.url,
        "check": it.check,
        "wifi": it.wifi,
        "case": it.case,
        "class": klass if zh else CLASSES_EN.get(it.visitor_class, klass),
        "kiosk": it.kiosk,
        "copy": ("补打" if zh else "Copy") if it.copy else "",
        "return_after": str(it.return_after),
    }


def empty(value: Value) -> bool:
    """Is there nothing to say? A 0 is nothing: nobody is told that 0 people are ahead."""
    return value in ("", "0", ())


def joined(name: str, value: Value) -> str:
    """A field as it stands within a text."""
    if isinstance(value, str):
        return value
    return (" → " if name == "steps" else "、").join(value)


def _zone(name: str) -> str:
    return name if not name or name.endswith(("区", "厅", "中心", "室", "台")) else name + "区"


def _wait(slip: Slip, zh: bool) -> tuple[str, str]:
    """The estimate and its unit, honest: as the hub says it, else the median; from two hours on in half hours."""
    said = slip.estimate if zh else slip.estimate_en
    if said:
        value, _, unit = said.rpartition(" ")
        return (value, unit) if value else (unit, "")
    if slip.estimate_s is None:
        return "", ""
    minutes = round(slip.estimate_s / 60)
    if minutes < 120:
        return str(max(1, minutes)), "分钟" if zh else "min"
    return f"{round(minutes / 30) / 2:g}", "小时" if zh else "h"


def _brought(slip: Slip, zh: bool) -> tuple[str, ...]:
    """The materials that fit on a slip, then how many are left and where they stand."""
    if len(slip.materials) <= MOST_MATERIALS:
        return slip.materials
    left = len(slip.materials) - MOST_MATERIALS
    if zh:
        more = f"还有 {left} 项，" + ("扫码查看" if slip.url else "请问服务台")
    else:
        more = f"{left} more: " + ("scan the code" if slip.url else "ask at reception")
    return (*slip.materials[:MOST_MATERIALS], more)
