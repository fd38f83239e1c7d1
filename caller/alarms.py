"""What somebody has to see to: devices in trouble and slips that did not come out, for reception and the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caller.agents import Agents, Device
from hall import events as ev
from hall.decide.tickets import WANTS_A_SLIP
from hall.plan import Plan
from hall.state import HallState
from printers.troubles import trouble_of

Body = dict[str, Any]

CHANGE_ALARMS = (
    *(ev.TicketPrinted, ev.PrintBroken, ev.PrintFailed, ev.PrintOrdered),
    *(ev.TicketCalled, ev.TicketAbandoned, ev.DayOpened),
)
"""The events after which the list may be another."""

KINDS = {"keypad": "叫号器", "pad": "评价器", "bar": "条屏", "panel": "显示屏", "printer": "打印机", "voice": "语音"}
KINDS |= {"reader": "身份证阅读器", "scanner": "扫码器"}
NO_SLIP = {
    "failed": (
        "not_printed",
        "{} 的号票没有打出来，号有效",
        "The slip of {} did not come out; the number holds",
        "请补打，或把号码写给本人",
        "Print a copy, or write the number down for the visitor",
    ),
    "again": (
        "print_broken",
        "{} 的号票要补打一张，号有效",
        "The slip of {} is to come once more; the number holds",
        "打印机好了就会打出来",
        "It comes when the printer is well",
    ),
}
"""By Ticket.printed: the alarm's code, what it is and what to do, in two languages."""

CABLE = {"zh": "请检查电源和连接线", "en": "Check its power and its cable"}


def stops(device: Device) -> bool:
    """Whether a printer prints nothing as it stands."""
    what = trouble_of(device.state, device.detail.get("stops"))
    return what is not None and what.stops


def alarm_list(agents: Agents, state: HallState) -> list[Body]:
    """Rows of the view `alarms` in docs/live.md: what has stopped first, then the oldest.

    A machine that is away is one row, and so is a line: not one for each of its devices.
    """
    rows = [*_agents(agents), *_lines(agents), *_devices(agents, state.plan), *_slips(state)]
    return sorted(rows, key=lambda row: (row["level"], row["since"]))


def _agents(agents: Agents) -> Iterator[Body]:
    for name in sorted({device.agent for device in agents.devices.values()} - set(agents.online())):
        its = [device for device in agents.devices.values() if device.agent == name]
        yield {
            "id": f"agent:{name}",
            "code": "agent_lost",
            "level": "stop",
            "since": min(device.since for device in its),
            "device": "",
            "place": name,
            "sentence": {
                "zh": f"代理程序 {name} 没有连上，{len(its)} 台设备不能用",
                "en": f"The agent {name} is away: {len(its)} devices do not work",
            },
            "todo": {"zh": "请检查那台电脑和网络", "en": "Check that computer and the network"},
        }


def _lines(agents: Agents) -> Iterator[Body]:
    on_line: dict[str, list[Device]] = {}
    for device in agents.devices.values():
        if device.line and device.agent in agents.online():
            on_line.setdefault(device.line, []).append(device)
    for line, its in on_line.items():
        if all(device.state == "lost" for device in its):
            yield {
                "id": f"line:{line}",
                "code": "line_lost",
                "level": "stop",
                "since": max(device.since for device in its),
                "device": "",
                "place": line,
                "sentence": {
                    "zh": f"串口线路 {line} 断了，{len(its)} 台设备不能用",
                    "en": f"The line {line} is lost: {len(its)} devices do not work",
                },
                "todo": {"zh": "请检查串口和转换器", "en": "Check the port and the converter"},
            }


def _devices(agents: Agents, plan: Plan) -> Iterator[Body]:
    online = agents.online()
    lost_lines = {row["place"] for row in _lines(agents)}
    for device in agents.devices.values():
        if device.agent not in online or (device.line and device.line in lost_lines):
            continue
        if device.kind == "printer":
            yield from _printer(device, plan)
        elif device.state in ("lost", "fault"):
            lost, kind = device.state == "lost", KINDS.get(device.kind, device.kind)
            zh = f"{kind}没有连上" if lost else device.error or f"{kind}报告故障"
            en = f"The {device.kind} {'is not connected' if lost else 'reports a fault'}"
            yield _row(device, plan, device.state, "stop", {"zh": zh, "en": en}, CABLE)


def _printer(device: Device, plan: Plan) -> Iterator[Body]:
    paper = device.detail.get("paper")
    paper = paper if isinstance(paper, dict) else {}
    if paper.get("low") and device.state == "ok":
        left = paper.get("slips_left")
        sentence = {"zh": f"打印机的纸大约还能打 {left} 张", "en": f"The paper lasts for about {left} more slips"}
        todo = {"zh": "请准备一卷新纸，换好后按“已换纸”", "en": "Get a new roll ready; press New roll when it is in"}
        yield _row(device, plan, "paper_low", "warn", sentence, todo)
    if what := trouble_of(device.state, device.detail.get("stops")):
        level = "stop" if what.stops else "warn"
        todo = {"zh": what.todo_zh, "en": what.todo_en}
        yield _row(device, plan, device.state, level, {"zh": what.zh, "en": what.en}, todo)


def _row(device: Device, plan: Plan, code: str, level: str, sentence: Body, todo: Body) -> Body:
    kiosks = [kiosk.name for kiosk in plan.kiosks if device.id == kiosk.printer or device.kiosk == kiosk.id]
    window = plan.window.get(device.window)
    return {
        "id": f"{device.kind}:{device.id}",
        "code": code,
        "level": level,
        "since": device.since,
        "device": device.id,
        "place": "、".join(kiosks) or (window.name if window else device.area),
        "sentence": sentence,
        "todo": todo,
    }


def _slips(state: HallState) -> Iterator[Body]:
    """Visitors who wait with no slip in their hands, wherever it was to come out."""
    for number, ticket in state.tickets.items():
        if ticket.printed not in NO_SLIP or ticket.state not in WANTS_A_SLIP:
            continue
        failed = [entry["at"] for entry in ticket.history if entry["what"] in ("print_failed", "print_broken")]
        code, zh, en, todo_zh, todo_en = NO_SLIP[ticket.printed]
        kiosk = state.plan.kiosk.get(state.to_print.get(number) or ticket.kiosk)
        yield {
            "id": f"ticket:{number}",
            "code": code,
            "level": "warn",
            "since": failed[-1] if failed else ticket.taken_at.isoformat(),
            "device": "",
            "place": kiosk.name if kiosk else "",
            "sentence": {"zh": zh.format(number), "en": en.format(number)},
            "todo": {"zh": todo_zh, "en": todo_en},
        }
