"""Pressing next while 300 wait and their waits are being reckoned, beside the same hub that reckons none.

Run it: `python tests/bench/bench_waits.py`. Both hubs run at once and are pressed in turn, so that what else the
machine does falls on both. The rule is one that every call of every run has to ask: the dearest that there is.
"""

from __future__ import annotations

import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from pathlib import Path

import yaml

WINDOWS = 12
WAITING = 300
ROUNDS = 400
PACE_S = 0.1
FIRST_S = 60.0
RULE = {"parts": ["class"], "run": 3, "extra_wait": 20}
WITHOUT = "--without-estimates"


def main() -> None:
    from caller.bench.servers import process
    from caller.bench.wire import Wire
    from caller.config.first import init_text
    from caller.tokens import Tokens, Who

    config = yaml.safe_load(init_text(1, WINDOWS, 8))
    config["zones"][0]["rule"] = RULE
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder, ExitStack() as stack:
        file = Path(folder) / "hall_config.yaml"
        file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        hubs: list[tuple[Wire, list[float]]] = []
        for options in ([], [WITHOUT]):
            data = Path(folder) / str(len(hubs))
            data.mkdir()
            token = Tokens(data).make(Who("supervisor"))
            command = [sys.executable, __file__, "serve", *options, "--no-agent", "--port", "0"]
            line, _ = stack.enter_context(process([*command, "--config", str(file), "--data", str(data)]))
            hubs.append((Wire(int(line.rsplit(":", 1)[1]), token), []))
        service = config["services"][0]["id"]

        def tells(wire: Wire, service: str) -> bool:
            answer = wire.call("take", {"service": service, "id": str(uuid.uuid4())})
            return answer["body"]["estimate"] is not None

        def press(wire: Wire, event: str, **body: str) -> float:
            began = time.perf_counter()
            answer = wire.call(event, {**body, "id": str(uuid.uuid4())} if event != "open" else body)
            assert answer["status"] < 400, answer
            return (time.perf_counter() - began) * 1000

        for wire, _ in hubs:
            for window in range(1, WINDOWS + 1):
                press(wire, "open", window=str(window))
            for _ in range(WAITING + 2 * WINDOWS):
                press(wire, "take", service=service)
            for n in range(2 * WINDOWS):
                press(wire, "next", window=str(n % WINDOWS + 1))
        deadline = time.monotonic() + FIRST_S
        while not tells(hubs[0][0], service):
            assert time.monotonic() < deadline, "no wait was told"
            time.sleep(0.5)
        assert not tells(hubs[1][0], service)
        for n in range(ROUNDS):
            for wire, times in hubs:
                press(wire, "take", service=service)
                times.append(press(wire, "next", window=str(n % WINDOWS + 1)))
            time.sleep(PACE_S)
        print(f"{'next, ms, of ' + str(ROUNDS):<24}{'p50':>8}{'p95':>8}{'p99':>8}{'most':>8}")
        figures = []
        for name, (_, times) in zip(("with estimates", "without"), hubs, strict=True):
            times.sort()
            figures.append([times[int(len(times) * share)] for share in (0.5, 0.95, 0.99)] + [times[-1]])
            print(f"{name:<24}" + "".join(f"{ms:>8.1f}" for ms in figures[-1]))
        ratios = [ours / bare for ours, bare in zip(*figures, strict=True)]
        print(f"{'ratio':<24}" + "".join(f"{ratio:>8.2f}" for ratio in ratios))


def serve(words: list[str]) -> int:
    """A hub in this process, as `hall serve`; it never reckons when WITHOUT is said."""
    from gevent import monkey

    monkey.patch_all()
    from caller.cli import main as hall
    from caller.waits import Waits

    if WITHOUT in words:
        Waits.start = lambda self: None  # type: ignore[method-assign]
    return hall(["serve", *(word for word in words if word != WITHOUT)])


if __name__ == "__main__":
    sys.exit(serve(sys.argv[2:]) if sys.argv[1:2] == ["serve"] else main())
