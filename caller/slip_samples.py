"""Tickets to try a slip with: what print jobs of this hall look like, from its plainest to its longest."""

from __future__ import annotations

from typing import Any

from hall import telling
from hall.plan import Kiosk, Plan, Service
from hall.rule.reasons import CLASS_NAMES

Body = dict[str, Any]

SAMPLES: dict[str, tuple[str, str]] = {
    "materials": ("要带材料", "what to bring, twelve ahead"),
    "short": ("最简单", "the shortest service, nobody ahead"),
    "longest": ("名称最长", "the hall's longest names, the most materials, all windows"),
    "booked": ("预约", "a booked visitor"),
    "copy": ("补打", "a copy"),
    "visit": ("一票到底", "a visit of several steps"),
    "collection": ("出件", "the collection of a case"),
    "closed": ("没有窗口开着", "no window is open yet"),
}
LONG_SERVICE = "建设工程竣工验收消防备案（含既有建筑改造、装饰装修及临时建设工程规划许可延期）变更登记"
LONG_MATERIAL = "不动产权证书、房屋租赁合同及备案证明原件和复印件各一份并加盖公章"


def sample(name: str, plan: Plan, kiosk: Kiosk) -> Body:
    """The data of a print job (docs/agent.md), one of SAMPLES, as `kiosk` of this hall would print it."""
    services = sorted(plan.services, key=lambda it: len(it.name))
    richest = max(plan.services, key=lambda it: len(it.materials))
    chosen = {"short": services[0], "longest": services[-1]}.get(name, richest)
    data = _ticket(plan, kiosk, chosen)
    match name:
        case "short":
            return data | {"materials": [], "ahead": 0, "estimate_s": None, "estimate": "", "estimate_en": ""}
        case "longest":
            return data | _longest(plan)
        case "booked":
            letters = plan.queue[chosen.queue].booked_letters or data["letter"]
            return data | {"number": f"{letters}007", "class": CLASS_NAMES["booked"][0]}
        case "copy":
            return data | {"copy": True}
        case "visit":
            steps = max((it.steps for it in plan.services), key=len, default=())
            names = [telling.step_name(plan, step) for step in steps] or ["材料核验", "拍照、缴费", "领证"]
            return data | {"steps": names}
        case "collection":
            return data | {"case": "2026-370600-00123"}
        case "closed":
            shut = {
                "no_window": "现在没有窗口开着，13:30 开窗",
                "no_window_en": "No window is open, one opens at 13:30",
            }
            return data | shut | {"estimate_s": None, "estimate": "", "estimate_en": ""}
    return data


def _ticket(plan: Plan, kiosk: Kiosk, service: Service) -> Body:
    queue = plan.queue[service.queue]
    zone = plan.zone[queue.zone]
    windows = [window.name for window in plan.windows_of_queue.get(queue.id, ())]
    return {
        "hall": plan.name,
        "hall_en": plan.name_en,
        "number": f"{queue.letters}032",
        "zone": zone.name,
        "zone_en": zone.name_en,
        "letter": zone.letter,
        "service": service.name,
        "service_en": service.name_en,
        "floor": zone.floor,
        "windows": telling.span(windows),
        "ahead": 12,
        "estimate_s": 1500,
        "estimate": "20–30 分钟",
        "estimate_en": "20–30 min",
        "taken_at": "2026-03-18T09:42:07+08:00",
        "materials": list(service.materials) or ["身份证原件"],
        "steps": [],
        "case": "",
        "url": "https://hall.example/t/9QK37FWMx2pLr8Vd",
        "check": "47",
        "wifi": plan.wifi,
        "class": CLASS_NAMES["normal"][0],
        "kiosk": kiosk.name,
        "copy": False,
        "return_after": plan.return_after,
    }


def _longest(plan: Plan) -> Body:
    """The longest names of the hall, and never shorter than names that halls really have."""
    materials = {LONG_MATERIAL, *(item for it in plan.services for item in it.materials)}
    zone = max(plan.zones, key=lambda it: len(it.name))
    return {
        "number": f"{max((it.letters for it in plan.queues), key=len)}1234",
        "zone": zone.name,
        "zone_en": zone.name_en,
        "service": max([*(it.name for it in plan.services), LONG_SERVICE], key=len),
        "service_en": max((it.name_en for it in plan.services), key=len),
        "windows": telling.span([window.name for window in plan.windows]),
        "ahead": 128,
        "estimate_s": 9000,
        "estimate": "2–2.5 小时",
        "estimate_en": "2–2.5 h",
        "materials": sorted(materials, key=lambda item: (-len(item), item))[:12],
        "kiosk": max((it.name for it in plan.kiosks), key=len, default=""),
    }
