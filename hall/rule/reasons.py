"""A call's reason as a sentence, in both languages: for the desk, for whoever asks, and for the past."""

from __future__ import annotations

from typing import Any

CLASS_NAMES: dict[str, tuple[str, str]] = {
    "normal": ("普通", "normal"),
    "booked": ("预约", "booked"),
    "care": ("爱心", "care"),
    "urgent": ("绿色通道", "urgent"),
}

_PARTS = {
    "standing": ("等得最久", "waited longest"),
    "window_priority": ("本窗口先办这个队列", "this window serves its queue first"),
    "transfer": ("转到本窗口的", "transferred to this window"),
    "returned": ("过号后回来的", "back after a missed call"),
    "before_slot": ("预约时段还没到，没有别人在等", "before its slot, with nobody else waiting"),
    "booked_on_time": ("预约 {slot} 的时段到了", "booked for {slot}, and that time has come"),
    "by_number": ("按号选呼", "called by number"),
    "class": ("{klass}优先", "its class, {klass_en}, comes first"),
    "target": (
        "等候已是承诺时间的 {mine} 倍，{against} 是 {theirs} 倍",
        "waited {mine} of its promise, {against} {theirs}",
    ),
    "accumulate": ("累计 {mine} 分，{against} 累计 {theirs} 分", "accumulated {mine} minutes, {against} {theirs}"),
    "ratio": ("按比例轮到{klass}", "it is the turn of its class, {klass_en}"),
    "run": ("已被连续越过 {limit} 次，不能再让", "overtaken {limit} times in a row, the limit"),
    "extra_wait": ("比 {against} 多等超过 {limit} 分钟", "waited over {limit} minutes longer than {against}"),
}


def why_sentence(why: dict[str, Any]) -> dict[str, str]:
    """The reason that a TicketCalled event keeps, as {"zh", "en"}.

    >>> why_sentence({"part": "standing", "overtook": 0, "oldest": ""})["zh"]
    '等得最久'
    """
    zh, en = _PARTS.get(why.get("part", ""), ("", ""))
    facts = _facts(why)
    zh, en = zh.format(**facts), en.format(**facts)
    if why.get("overtook"):
        zh += f"，先于 {why['oldest']} 等 {why['overtook']} 人"
        en += f", before {why['oldest']} ({why['overtook']} older)"
    return {"zh": zh, "en": en}


def _facts(why: dict[str, Any]) -> dict[str, Any]:
    candidates = {each["number"]: each for each in why.get("candidates", ())}
    first = next(iter(candidates.values()), {})
    against = why.get("against", "")
    klass, klass_en = CLASS_NAMES.get(first.get("class", ""), ("", ""))
    return {
        "klass": klass,
        "klass_en": klass_en,
        "against": against,
        "slot": first.get("slot", ""),
        "limit": f"{why.get('limit', 0):g}",
        "mine": _measure(first, why.get("part")),
        "theirs": _measure(candidates.get(against, {}), why.get("part")),
    }


def _measure(candidate: dict[str, Any], part: Any) -> str:
    value = -candidate.get("measure", {}).get(part, 0.0)
    return f"{value:.1f}" if part == "target" else f"{value:.0f}"
