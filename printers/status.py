"""What a printer says of itself: DLE EOT and GS r answers, read into one state. Pure.

    DLE EOT 1  0xx1xx10   08 off-line
    DLE EOT 2  0xx1xx10   04 cover open · 20 printing stopped, no paper · 40 error
    DLE EOT 3  0xx1xx10   08 cutter · 20 unrecoverable · 40 recovers by itself
    DLE EOT 4  0xx1xx10   0C paper near its end · 60 no paper
    GS r 1     0xx0xxxx   03 near its end · 0C near its end or out, by model

PROTOCOLS §6. A byte whose fixed bits are wrong is noise (or an automatic status, which starts 0xx1xx00), never a state.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.driver import DeviceError

ASKED = (1, 2, 3, 4)
SENTENCES = {
    "ok": "",
    "near_end": "打印机的纸快用完了，请准备一卷新纸。",
    "no_paper": "打印机没有纸了，请换一卷新纸。",
    "cover_open": "打印机的盖子开着，请合上。",
    "cutter": "打印机的切刀卡住了，请打开盖子清理。",
    "fault": "打印机报告故障，请关机再开；仍不行请报修。",
    "offline": "打印机处于脱机状态，请按一下它的进纸键或重新开机。",
    "silent": "打印机没有回答，不能确认是否打印。请检查电源和连接线。",
    "lost": "打印机没有连上，请检查电源和连接线。",
    "stuck": "打印机不再接收数据，请检查它的纸和盖子。",
}


def is_answer(byte: int) -> bool:
    """Whether it can be an answer to DLE EOT."""
    return byte & 0x93 == 0x12


def is_reached(byte: int) -> bool:
    """Whether it can be the answer to GS r: the printer has come to it in its buffer."""
    return byte & 0x90 == 0


@dataclass(frozen=True)
class Status:
    """The state of a printer as it reported it."""

    offline: bool = False
    cover_open: bool = False
    no_paper: bool = False
    near_end: bool = False
    cutter: bool = False
    error: bool = False

    @classmethod
    def of(cls, answers: dict[int, int]) -> Status:
        """From the answers to DLE EOT, n to byte. Raises ValueError for a byte that cannot be one."""
        for n, byte in answers.items():
            if not is_answer(byte):
                raise ValueError(f"{byte:02X} is no answer to DLE EOT {n}")
        one, two, three, four = (answers.get(n, 0x12) for n in ASKED)
        return cls(
            offline=bool(one & 0x08),
            cover_open=bool(two & 0x04),
            no_paper=bool(two & 0x20 or four & 0x60),
            near_end=bool(four & 0x0C),
            cutter=bool(three & 0x08),
            # an error that recovers by itself (40: a hot head) ends without anybody, the printer just waits
            error=bool(three & 0x20 or (two & 0x40 and not three & 0x40)),
        )

    @classmethod
    def of_paper(cls, byte: int, out_bits: int = 0x0C) -> Status:
        """From the answer to GS r 1, for printers that know only that. `out_bits` of this model mean no paper."""
        return cls(no_paper=bool(byte & out_bits), near_end=bool(byte & 0x0F & ~out_bits))

    @property
    def code(self) -> str:
        """ok, or what stands in the way, the one that somebody at the machine should see to first."""
        for code in ("cover_open", "no_paper", "cutter"):
            if getattr(self, code):
                return code
        if self.error:
            return "fault"
        if self.offline:
            return "offline"
        return "near_end" if self.near_end else "ok"

    @property
    def state(self) -> str:
        """The state as docs/agent.md names it."""
        return "fault" if self.code in ("cutter", "offline") else self.code

    @property
    def prints(self) -> bool:
        return self.code in ("ok", "near_end")


def trouble(code: str) -> DeviceError:
    """The DeviceError of that code with its sentence; the finer codes of a fault all go by fault."""
    known = {"cutter": "fault", "offline": "fault", "stuck": "silent"}
    return DeviceError(known.get(code, code), SENTENCES[code])
