"""The head of a printer: what each command of ESC/POS puts on the paper, until the cut."""

from __future__ import annotations

from printers.decode import Command, Tokenizer
from printers.paper import Strip
from printers.papers import PAPERS

DOTS_A_MM = 8


class Head:
    """Prints commands on a strip of `dots`. What it does not print (cut, paper) is for whoever feeds it."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.strip = Strip(dots)
        self._code = {"module": 3, "level": 0x30, "data": b""}

    def print(self, command: Command) -> None:
        """Raises ValueError for what no printer can do: text over the edge, a QR of nothing."""
        strip, values = self.strip, command.values
        match command.name:
            case "char":
                strip.char(command.data.decode("gbk"))
            case "line":
                strip.line()
            case "feed":
                strip.feed(values[0])
            case "picture":
                strip.picture(*values, command.data)
            case "symbol":
                self._symbol(values[0], command.data)
            case "reset":
                strip.set = type(strip.set)()
            case "size":
                strip.set.wide, strip.set.high = (values[0] >> 4) + 1, (values[0] & 7) + 1
                strip.set.chinese = (strip.set.wide, strip.set.high)
            case "double":
                # on many models the last of GS ! and FS W counts for Chinese: doubling a larger size would shrink it
                if strip.set.chinese < (2, 2) or not values[0]:
                    strip.set.chinese = (2, 2) if values[0] else (1, 1)
            case "pitch":
                strip.set.pitch = values[0] if values else 30
            case "bold" | "reverse":
                setattr(strip.set, command.name, bool(values[0]))
            case "align":
                strip.set.align = values[0]

    def cut(self) -> Strip:
        """What has been printed since the last cut; the next slip is set as this one was."""
        self.strip.feed(1)
        done, self.strip = self.strip, Strip(self.dots)
        self.strip.set = done.set
        return done

    def clear(self) -> None:
        """Forget the line that is not printed yet; what is on the paper stays."""
        self.strip.drop_line()

    def _symbol(self, function: int, data: bytes) -> None:
        match function:
            case 0x41 if data == b"2\x00":
                pass  # model 2, the only one there is
            case 0x43 if len(data) == 1 and 1 <= data[0] <= 16:
                self._code["module"] = data[0]
            case 0x45 if len(data) == 1 and data[0] in (0x30, 0x31, 0x32, 0x33):
                self._code["level"] = data[0]
            case 0x50 if data[:1] == b"0" and len(data) > 1:
                self._code["data"] = data[1:]
            case 0x51 if data == b"0" and self._code["data"]:
                self.strip.code(**self._code)
            case _:
                raise ValueError(f"QR function {function:02x} with {data[:8].hex(' ')}")


def printed(sent: bytes, dots: int) -> tuple[Strip, list[str]]:
    """The slip that these bytes, from reset to cut, put on the paper, and a sentence for every mistake in them."""
    head, tokens, wrong = Head(dots), Tokenizer(), []
    done = head.strip
    for command in tokens.feed(sent):
        try:
            if command.name == "cut":
                done = head.cut()
            else:
                head.print(command)
        except ValueError as error:
            wrong.append(str(error))
    return done, [*tokens.errors, *wrong]


def millimetres(sent: bytes, paper: int) -> float:
    """How long the slip is that these bytes print on paper of that width in mm, without the way to the knife."""
    return printed(sent, PAPERS[paper].dots)[0].height / DOTS_A_MM
