"""What the rules refuse, and how each refusal is said to a visitor or a clerk.

Refused
    the only error of this package that a person sees: a stable `code`, a sentence in Chinese and English, and `facts`
    (JSON) for a program: who is left, how many wait elsewhere. A sentence may use a fact by its name.
"""

from __future__ import annotations

from typing import Any

SENTENCES: dict[str, tuple[str, str]] = {
    "unknown_service": ("没有“{it}”这个事项", "There is no service '{it}'"),
    "unknown_window": ("没有 {it} 号窗口", "There is no window {it}"),
    "unknown_queue": ("没有“{it}”这个队列", "There is no queue '{it}'"),
    "unknown_kiosk": ("没有 {it} 号取号机", "There is no kiosk {it}"),
    "unknown_ticket": ("今天没有 {it} 这个号", "There is no ticket {it} today"),
    "unknown_class": ("没有“{it}”这个类别", "There is no ticket class '{it}'"),
    "unknown_grade": ("没有“{it}”这个评价等级", "There is no grade '{it}'"),
    "unknown_clerk": ("没有工号 {it}", "There is no clerk {it}"),
    "unknown_zone": ("没有“{it}”这个区", "There is no zone '{it}'"),
    "not_open": ("现在没有开始取号{because}，{when}", "Numbers are not given now; {when_en}"),
    "last_ticket_over": ("{shift}取号已结束，{when}", "No more numbers {shift_en}; {when_en}"),
    "zone_closed": ("{it}暂停取号{because}，请问服务台", "{name_en} gives no numbers now; please ask at the reception"),
    "zone_stopped": ("{it}已经停止取号", "{it} has stopped giving numbers already"),
    "zone_not_stopped": ("{it}没有停止取号，不用恢复", "{it} has not stopped giving numbers"),
    "visitors_left": (
        "还有 {count} 位没办完：{who}。仍要关闭吗？",
        "{count} visitors are not finished: {who_en}. Close all the same?",
    ),
    "not_served": ("该事项未配置到窗口", "No window serves this"),
    "nobody_waiting": ("现在没有人在等", "Nobody is waiting"),
    "window_closed": ("{it} 号窗口还没有开，请先开窗", "Window {it} is closed: open it first"),
    "window_open": ("{it} 号窗口已经开着", "Window {it} is open already"),
    "window_paused": ("{it} 号窗口暂停服务中，请先恢复", "Window {it} is paused: open it first"),
    "clerk_elsewhere": (
        "您已在 {it} 号窗口登录。再确认一次就换到这里，那边关窗",
        "You are logged in at window {it}: confirm to move here, and that window is closed",
    ),
    "other_clerk": (
        "{it} 号窗口已有人登录。再确认一次就由您接替",
        "Somebody else is logged in at window {it}: confirm to take over",
    ),
    "not_idle": ("{it} 号窗口现在不空闲", "Window {it} is not idle now"),
    "until_past": ("恢复时间 {it} 已经过了", "{it} is past: when will service go on?"),
    "until_far": (
        "恢复时间请写在 {it} 天以内；更久请关窗",
        "A pause is at most {it} days long: close the window instead",
    ),
    "no_ticket": ("{it} 号窗口现在没有正在叫或办理的号", "Window {it} has no ticket now"),
    "busy": ("{it} 还在本窗口，请先办结、挂起或过号", "{it} is still at this window: finish, hold or miss it first"),
    "already_serving": ("{it} 已经在办理", "{it} is being served already"),
    "already_arrived": ("{it} 已经到窗口了", "{it} is at the window already"),
    "recalls_first": ("请再叫 {it} 次，还没有来再按过号", "Call {it} more time(s) before no-show"),
    "no_show_too_soon": ("刚刚叫过，请等 {it} 秒再按过号", "Called a moment ago: wait {it} s before no-show"),
    "cannot_abandon": ("{it} 现在不能弃号：{state}", "{it} cannot be given up now: {state_en}"),
    "no_window_lost": ("{it} 不在任何窗口：{state}", "{it} is at no window: {state_en}"),
    "window_is_there": ("{it} 由 {window} 号窗口办理，请在那里操作", "{it} is at window {window}: see to it there"),
    "put_back_first": ("{it} 没有在办理，请放回排队：{state}", "{it} is not being served: put it back ({state_en})"),
    "nothing_to_undo": ("{it} 号窗口没有可以撤回的操作", "Window {it} has nothing to undo"),
    "undo_too_late": ("超过 {it} 秒，不能撤回了", "More than {it} s ago: it cannot be undone"),
    "acted_on": ("之后 {it} 已经有变化，不能撤回", "{it} has changed since: it cannot be undone"),
    "unknown_outcome": ("没有“{it}”这种办理结果", "There is no outcome '{it}'"),
    "reason_wanted": ("不予受理请写明原因", "Say why it is not accepted"),
    "not_called": ("{it} 已经在办理，不用再叫", "{it} is being served; no need to call again"),
    "recall_limit": ("{it} 已经叫满次数，没有来请按过号", "{it} was called as often as allowed: press no-show"),
    "recall_too_soon": ("刚刚叫过，请等 {it} 秒再重呼", "Called a moment ago: wait {it} s before calling again"),
    "not_waiting": ("{it} 现在不能叫：{state}", "{it} cannot be called now: {state_en}"),
    "not_missed": ("{it} 没有过号", "{it} has not been missed"),
    "not_held": ("{it} 没有挂起", "{it} is not on hold"),
    "not_collection": (
        "“{it}”不是领取事项，取号时不用填办件编号",
        "'{it}' is not a collection: take its number without a case",
    ),
    "no_visit": ("{it} 只办一件事，没有下一步", "{it} visits one queue only: there is no other step"),
    "no_such_step": ("{it} 后面没有这一步", "{it} has no such step to come"),
    "transfer_where": ("请说明转到哪个队列或窗口", "Say which queue or window to transfer to"),
    "same_window": ("已经在 {it} 号窗口", "It is at window {it} already"),
    "not_finished": ("{it} 还没有办结，办结后再评价", "{it} is not finished yet; rate it afterwards"),
    "already_rated": ("这次服务已经评价过了，谢谢", "This visit has been rated already, thank you"),
    "rating_over": ("评价时间已过", "The time to rate this visit is over"),
    "not_prompted": (
        "{it} 现在不在评价，请扫号票上的码评价",
        "{it} is not being rated now: use the code on the ticket",
    ),
    "unknown_booking": ("没有编号为 {it} 的预约，请看清编号再试", "There is no booking {it}"),
    "unknown_booking_of_person": ("您今天没有预约，可以直接取号", "You have no booking today: take a number"),
    "no_bookings": ("“{it}”不用预约，请当天取号", "'{it}' takes no bookings: take a number on the day"),
    "day_not_offered": ("现在只能预约今天到 {it} 的号", "Only days from today to {it} may be booked"),
    "no_slot": ("没有 {it} 这个预约时段", "There is no slot at {it}"),
    "slot_past": ("{it} 这个时段已经开始，请选晚一些的", "The slot at {it} has begun: choose a later one"),
    "slot_full": ("{it} 这个时段已经约满，请选别的时段", "The slot at {it} is full: choose another"),
    "already_booked": ("您当天已经预约了 {it}", "You have booked {it} on that day already"),
    "code_taken": ("没有办成，请再按一次", "That did not work: please try again"),
    "too_early": ("您来早了，请 {it} 以后再来取号", "You are early: check in from {it} on"),
    "other_day": ("您预约的是 {it}，不是今天", "Your booking is for {it}, not today"),
    "booking_used": ("这个预约已经取过号了：{it}", "This booking has its number already: {it}"),
    "booking_cancelled": ("这个预约已经取消", "This booking was cancelled"),
    "booking_no_show": ("预约的日子已经过了", "The day of this booking is over"),
    "booking_differs": (
        "编号 {it} 的预约以前是另一个时段，请先取消",
        "Booking {it} was for another slot before: cancel it first",
    ),
    "bad_rows": ("有 {it} 行不对，什么都没有导入", "{it} rows are wrong, nothing was imported"),
    "already_waiting": (
        "您在这里已经有 {it} 号，{state}：{where}",
        "You have {it} here already, {state_en}: {where_en}",
    ),
    "daily_limit": ("您今天已经取了 {it} 个号，不能再取了", "You have taken {it} numbers today, as many as allowed"),
    "blocked": (
        "您近来几次取号后没有来，到 {it}为止不能取号；有事请到服务台",
        "You did not come several times: no numbers until {until}. Reception can help",
    ),
    "not_blocked": ("这位办事人没有被限制取号", "This person is not blocked"),
    "id_needed": ("“{it}”要刷身份证取号", "'{it}' needs your ID card"),
    "quota_reached": (
        "{shift}号已取完，如窗口空闲可直接到窗口办理。",
        "All numbers are taken {shift_en}. If a window is free, you may go there directly.",
    ),
    "no_slip_wanted": ("{it} 已经不用号票了", "{it} needs no slip any more"),
    "no_printer": ("{it} 没有打印机", "{it} has no printer"),
    "prints_already": ("{it} 的号票正在打", "The slip of {it} is being printed"),
    "nothing_to_print": ("{it} 没有要打印的", "There is nothing to print for {it}"),
}

STATES = {
    "waiting": ("等候中", "waiting"),
    "called": ("已被叫", "called"),
    "arrived": ("已到窗口", "at the window"),
    "serving": ("办理中", "being served"),
    "held": ("已挂起", "on hold"),
    "missed": ("已过号", "missed"),
    "finished": ("已办结", "finished"),
    "abandoned": ("已弃号", "given up"),
    "unserved": ("当天未办", "not served that day"),
}


WITH_FACT = {
    ("nobody_waiting", "elsewhere"): (
        "您能叫的队列现在没有人在等，本窗口的其他队列还有 {elsewhere} 人在等",
        "Nobody you may call is waiting; {elsewhere} wait in this window's other queues",
    ),
}
"""How a refusal is said when a fact of it is not nought."""


class Refused(Exception):
    """The rules do not allow it. Nothing has changed.

    >>> Refused("unknown_window", "9").sentence
    '没有 9 号窗口'
    """

    def __init__(self, code: str, it: object = "", state: str = "", **facts: Any) -> None:
        self.code = code
        self.facts = facts
        zh, en = next(
            (WITH_FACT[code, fact] for fact in facts if facts[fact] and (code, fact) in WITH_FACT), SENTENCES[code]
        )
        state_zh, state_en = STATES.get(state, (state, state))
        words = {**facts, "it": it, "state": state_zh, "state_en": state_en}
        self.sentence = zh.format(**words)
        self.sentence_en = en.format(**words)
        super().__init__(self.sentence_en)

    @property
    def unknown(self) -> bool:
        """True when what was named does not exist: 404, where a rule's no is 409."""
        return self.code.startswith("unknown_")
