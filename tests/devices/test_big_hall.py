"""A hall of 289 windows over three buses: every window has a keypad, an evaluator and a bar."""

from devices.driver import Job

WINDOWS = 289
BUSES = [{"id": f"bus-{n}", "port": "virtual", "speed": 57600} for n in range(3)]


def hall():
    """One byte of address for keypads and evaluators: 97 of each on a bus."""
    for n in range(WINDOWS):
        line, address = f"bus-{n % 3}", n // 3 + 1
        for kind, driver, at in (("keypad", "ff68-keypad", 0), ("pad", "ff68-pad", 120), ("bar", "a090", 0)):
            yield {"id": f"{kind}-{n}", "kind": kind, "driver": driver, "line": line, "address": address + at}


def test_every_call_stands_on_its_bar_and_every_press_is_heard_though_some_bars_are_dead(racks, ear, until):
    rack = racks(BUSES, list(hall()))
    until(lambda: all(line.up for line in rack.lines.values()))
    dead = set(range(0, WINDOWS, 40))
    for n in dead:
        rack.move(f"bar-{n}", "power_off")
    for n in range(WINDOWS):
        rack.put(Job(f"j{n}", f"bar-{n}", "show", {"text": f"A{n:03}→{n}号窗口", "call": n + 1}))
        rack.move(f"keypad-{n}", "press", key="next")
    alive = set(range(WINDOWS)) - dead
    until(lambda: all(rack.far_ends[f"bar-{n}"].text == f"A{n:03}→{n}号窗口" for n in alive), 60)
    until(lambda: len(ear.inputs) >= WINDOWS, 30)
    assert sorted(device for device, _ in ear.inputs) == sorted(f"keypad-{n}" for n in range(WINDOWS))
    until(lambda: {(f"j{n}", False, "no_answer") for n in dead} <= set(ear.dones), 30)
    for n in dead:
        rack.move(f"bar-{n}", "power_on")
    until(lambda: {(f"j{n}", True, "") for n in range(WINDOWS)} <= set(ear.dones), 60)
