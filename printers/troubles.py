"""What can be the matter with a printer: each trouble's rule (does it stop printing?), and its words. Pure.

One table for the driver's sentences, the kiosk's, the API's refusals and the alarm list, so that all say the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """A state that is not ok. `stops`: no number is taken at its kiosk. What it is and what to do, for staff."""

    stops: bool
    zh: str
    en: str
    todo_zh: str
    todo_en: str

    @property
    def sentence(self) -> str:
        """Both, as the driver tells it."""
        return f"{self.zh}，{self.todo_zh}。"


TROUBLES: dict[str, Trouble] = {
    "near_end": Trouble(
        False, "打印机的纸快用完了", "The printer's paper is near its end", "请准备一卷新纸", "Get a new roll ready"
    ),
    "no_paper": Trouble(True, "打印机没有纸了", "The printer is out of paper", "请换一卷新纸", "Put in a new roll"),
    "cover_open": Trouble(True, "打印机的盖子开着", "The printer's cover is open", "请合上", "Close it"),
    "cutter": Trouble(
        True, "打印机的切刀卡住了", "The printer's cutter is stuck", "请打开盖子清理", "Open the cover and clear it"
    ),
    "overheated": Trouble(
        True,
        "打印头过热，打印机暂停了",
        "The print head is too hot and pauses",
        "等它凉下来会自己恢复",
        "It goes on by itself when it has cooled",
    ),
    "fault": Trouble(
        True,
        "打印机报告故障",
        "The printer reports an error",
        "请关机再开，仍不行请报修",
        "Switch it off and on; if it stays, have it repaired",
    ),
    "offline": Trouble(
        True,
        "打印机处于脱机状态",
        "The printer is off-line",
        "请按一下它的进纸键或重新开机",
        "Press its feed key, or switch it off and on",
    ),
    "silent": Trouble(
        True,
        "打印机没有回答，不能确认是否打印",
        "The printer does not answer: nobody knows whether it prints",
        "请检查电源和连接线",
        "Check its power and its cable",
    ),
    "lost": Trouble(
        True,
        "打印机没有连上",
        "The printer is not connected",
        "请检查电源和连接线",
        "Check its power and its cable",
    ),
    "unknown": Trouble(True, "还不知道打印机的状态", "Nothing is known of the printer yet", "请稍等", "Wait a moment"),
}
"""By the device's state (docs/agent.md), the gravest word for it first read by whoever stands before the machine."""

NO_MORE = Trouble(
    True,
    "打印机的纸快用完了，按设置不再打印",
    "The printer's paper is near its end, and the site has it stop then",
    "请换一卷新纸",
    "Put in a new roll",
)
"""Near its end where the site's setting is `near_end: stop`."""


def trouble_of(state: str, stops: bool | None = None) -> Trouble | None:
    """What is the matter in a state; None when all is well. `stops`: the printer's own word on whether it prints.

    A state that nobody knows stops: no answer that can be read is never good news.

    >>> trouble_of("ok") is None, trouble_of("near_end").stops, trouble_of("near_end", True).stops
    (True, False, True)
    >>> trouble_of("what").stops
    True
    """
    if state == "ok":
        return None
    if state == "near_end" and stops:
        return NO_MORE
    return TROUBLES.get(state, TROUBLES["fault"])
