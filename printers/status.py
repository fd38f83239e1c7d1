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
from devices.probe import Probe
from printers.troubles import TROUBLES

ASKED = (1, 2, 3, 4)
PRINTING = ("ok", "near_end")
"""The codes with which a slip comes out."""


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
    overheated: bool = False
    fault: bool = False

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
            overheated=bool(three & 0x40),
            # the error bit of DLE EOT 2 stands for those of 3 too: without a cause there it is one of its own
            fault=bool(three & 0x20 or (two & 0x40 and not three & 0x48)),
        )

    @classmethod
    def of_paper(cls, byte: int, out_bits: int = 0x0C) -> Status:
        """From the answer to GS r 1, for printers that know only that. `out_bits` of this model mean no paper."""
        return cls(no_paper=bool(byte & out_bits), near_end=bool(byte & 0x0F & ~out_bits))

    @property
    def code(self) -> str:
        """ok, or what stands in the way, the one that somebody at the machine should see to first.

        Paper out under an open cover is the cover: many models see no paper with the cover up.
        """
        causes = ("cover_open", "no_paper", "cutter", "fault", "overheated", "offline", "near_end")
        return next((code for code in causes if getattr(self, code)), "ok")

    @property
    def prints(self) -> bool:
        return self.code in PRINTING


def trouble(code: str, begun: bool = False) -> DeviceError:
    """The DeviceError of that code with its sentence. `begun`: a part of the slip may be on paper."""
    return DeviceError(code, TROUBLES[code].sentence, begun=begun)


def _recognised(heard: bytes) -> str:
    """The answer is one byte and has no checksum: more than one is somebody else."""
    if len(heard) != 1 or not is_answer(heard[0]):
        return ""
    return "off-line: no paper, or its cover is open" if Status.of({1: heard[0]}).offline else "ready"


PROBE = Probe(
    ask=lambda address: b"\x10\x04\x01",
    recognise=_recognised,
    does="says how it is; nothing is printed",
    speeds=(9600, 115200, 19200, 38400),
)
