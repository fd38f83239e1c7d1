"""What just happened, in a sentence each, for the start page."""

from __future__ import annotations

from collections import deque
from typing import Any

import structlog

from hall import events as ev
from hall.outcomes import OUTCOMES
from hall.plan import Plan
from hall.ratings import GRADES

log = structlog.get_logger("happenings")
KEPT = 12
_STEPS = {"next": "叫号", "call": "选呼", "recall": "重呼", "arrive": "到窗", "start": "开始办理", "finish": "办结"}
_STEPS |= {"no-show": "过号", "hold": "挂起", "resume": "回呼", "transfer": "转移"}
_STEPS |= {"open": "开窗", "pause": "暂停", "close": "关窗"}


class Happenings:
    """A listener of the dispatcher; `log` is newest first."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.log: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.last_token = ""

    def follow(self, events: list[ev.Event]) -> None:
        for event in events:
            if isinstance(event, ev.QuotaLow):
                log.warning("few numbers are left", queue=event.queue, shift=event.shift, left=event.left)
            if isinstance(event, ev.TicketTaken):
                self.last_token = event.token
            told = self._tell(event)
            if told:
                self.log.appendleft({"at": event.at.isoformat(), "text": told[0], "aside": told[1]})

    def add(self, at: str, text: str, aside: str = "") -> None:
        """Something that is no event of the hall: somebody is wanted at a kiosk."""
        self.log.appendleft({"at": at, "text": text, "aside": aside})

    def _name(self, window: str) -> str:
        it = self._plan.window.get(window)
        return it.name if it else window

    def _tell(self, event: ev.Event) -> tuple[str, str] | None:
        match event:
            case ev.TicketTaken():
                service = self._plan.service.get(event.service)
                kiosk = self._plan.kiosk.get(event.kiosk)
                return f"取号 {event.number} {service.name if service else ''}", kiosk.name if kiosk else "手机"
            case ev.BookingMade():
                service = self._plan.service.get(event.service)
                return f"预约 {event.date} {event.start[11:16]} {service.name if service else ''}", event.name
            case ev.BookingCheckedIn():
                return f"{event.number} 是预约来的", "" if event.on_time else "迟到"
            case ev.TicketPrinted():
                return f"{event.number} 已出票", ""
            case ev.PrintBroken():
                return f"{event.number} 的号票没打完，打印机好了再打一次", event.error
            case ev.PrintOrdered():
                kiosk = self._plan.kiosk.get(event.kiosk)
                return f"{event.number} 补打号票", kiosk.name if kiosk else event.kiosk
            case ev.PrintFailed():
                return f"{event.number} 没有打印出来", event.error
            case ev.TicketCalled():
                return f"{event.number} 请到 {self._name(event.window)} 号窗口", ""
            case ev.TicketRecalled():
                return f"{event.number} 重呼，{self._name(event.window)} 号窗口", ""
            case ev.TicketArrived():
                return f"{event.number} 已到 {self._name(event.window)} 号窗口", ""
            case ev.TicketAbandoned():
                return f"{event.number} 弃号", ""
            case ev.ServiceStarted():
                return f"{event.number} 在 {self._name(event.window)} 号窗口开始办理", ""
            case ev.StepFinished():
                return f"{event.number} 在 {self._name(event.window)} 号窗口办完一步", f"第 {event.step + 1} 步"
            case ev.ServiceFinished():
                how = OUTCOMES.get(event.outcome, event.outcome)
                return f"{event.number} 在 {self._name(event.window)} 号窗口{how}", ""
            case ev.TicketMissed():
                return f"{event.number} 过号", ""
            case ev.TicketHeld():
                return f"{event.number} 挂起", ""
            case ev.TicketTransferred():
                return f"{event.number} 转移", ""
            case ev.ZoneClosed() | ev.ZoneOpened():
                zone = self._plan.zone.get(event.zone)
                name = zone.name if zone else event.zone
                stops = isinstance(event, ev.ZoneClosed)
                return f"{name}{'停止' if stops else '恢复'}取号", event.reason if stops else ""
            case ev.WindowPaused():
                return f"{self._name(event.window)} 号窗口暂停服务", event.reason
            case ev.WindowOpened():
                moved = f"从 {self._name(event.from_window)} 号窗口转来" if event.from_window else ""
                return f"{self._name(event.window)} 号窗口开放", moved or (event.instead_of and "换人")
            case ev.QuotaLow():
                queue = self._plan.queue.get(event.queue)
                name = f"{queue.name if queue else event.queue}{f'（{event.shift}）' if event.shift else ''}"
                return (f"{name} 只剩 {event.left} 个号" if event.left else f"{name} 号已取完"), "限号"
            case ev.StepUndone():
                return f"{self._name(event.window)} 号窗口撤回{_STEPS.get(event.what, event.what)}", event.number
            case ev.VisitRated():
                return f"{event.number} 已评价", GRADES[event.grade]
        return None
