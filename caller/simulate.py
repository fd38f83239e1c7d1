"""`hall simulate`: a recorded day told again or generated days played: the waits, and what people were told of them."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from typing import Any

from caller.cli_files import Sentence, load_config, open_journal
from hall.plan import Plan, Rule
from hall.rule.parts import PARTS
from hall.simulate import play
from hall.simulate.scores import Score, report
from hall.simulate.shape import Shape
from hall.simulate.watch import Forecast

MOST_TICKETS = 50_000
MOST_DAYS = 60
RATES = {"urgent": 6.0, "care": 3.0, "normal": 1.0}
RATIO = {"urgent": 1, "care": 2, "normal": 3}
TARGET = {"urgent": 5.0, "care": 10.0, "normal": 20.0}
COLUMNS = ("tickets", "told", "wait P50", "wait P90", "in P90", "error", "naive", "LES", "HOL", "better")


def simulate(args: argparse.Namespace) -> None:
    """Play or replay, and tell. Raises Sentence for what cannot be."""
    plan = load_config(args.config).plan()
    if not 0 <= args.refresh <= 3600:
        raise Sentence(f"--refresh {args.refresh:g} is not between 0 and 3600 seconds")
    forecasts, never, about = _recorded(args, plan) if args.data is not None else _generated(args, plan)
    told = report(forecasts)
    if args.json:
        json.dump(_plain({**about, "never_called": never, **told}), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(_lines(about, never, told)))


def _recorded(args: argparse.Namespace, plan: Plan) -> tuple[list[Forecast], int, dict[str, Any]]:
    for name in ("tickets", "seed", "days", "arrivals", "load"):
        if getattr(args, name) is not None:
            raise Sentence(f"--{name} is for generated days; a recorded one (--data) is as it was")
    if args.rule:
        raise Sentence("--rule is for generated days; in a recorded one the calls were made")
    with open_journal(args.data) as journal:
        day = args.day or journal.last_day()
        events = list(journal.day(day)) if day else []
    if not events:
        days = "no day at all" if not day else f"no day {day}"
        raise Sentence(f"there is {days} in the journal in {args.data}")
    watch = play.recorded(plan, events, args.refresh)
    if not watch.forecasts and watch.never_called == 0:
        raise Sentence(f"nobody of {args.config} took a number on {day}: is this the config of that hall?")
    return watch.forecasts, watch.never_called, {"day": day}


def _generated(args: argparse.Namespace, plan: Plan) -> tuple[list[Forecast], int, dict[str, Any]]:
    if args.day:
        raise Sentence("--day is of a recorded day: give --data too")
    asked = {name: getattr(args, name) for name in ("tickets", "arrivals", "load") if getattr(args, name) is not None}
    days = 2 if args.days is None else args.days
    seed = 1 if args.seed is None else args.seed
    if not 1 <= days <= MOST_DAYS:
        raise Sentence(f"--days {days} is not between 1 and {MOST_DAYS}")
    if asked.get("tickets", 1) > MOST_TICKETS:
        raise Sentence(f"--tickets {asked['tickets']} is more than {MOST_TICKETS}")
    try:
        shape = Shape(**asked)
    except ValueError as error:
        raise Sentence(str(error)) from error
    if not any(plan.windows_of_queue[service.queue] for service in plan.services):
        raise Sentence(f"no window of {args.config} serves a queue that has services: nobody could come")
    watches = play.days(_with_rule(plan, args.rule), shape, seed, days, args.refresh)
    scored = watches[1:] or watches
    forecasts = [forecast for watch in scored for forecast in watch.forecasts]
    about = {"seed": seed, "days": days, "tickets_a_day": shape.tickets, "load": shape.load, "arrivals": shape.arrivals}
    return forecasts, sum(watch.never_called for watch in scored), about | ({"rule": args.rule} if args.rule else {})


def _with_rule(plan: Plan, words: str) -> Plan:
    """The plan with this rule everywhere: "class,run=3,extra_wait=20"; "" leaves it as it is. Raises Sentence."""
    if not words:
        return plan
    parts, bounds = [], {}
    for word in map(str.strip, words.split(",")):
        name, _, figure = word.partition("=")
        if name in ("run", "extra_wait") and figure.isdecimal():
            bounds[name] = int(figure)
        elif word in PARTS:
            parts.append(word)
        elif word != "standing":
            raise Sentence(f"--rule: no part {word!r}; there are standing, {', '.join(PARTS)}, run=N, extra_wait=N")
    rule = Rule(tuple(parts), rates=RATES, ratio=RATIO, target=TARGET, **bounds)
    return replace(
        plan,
        zones=tuple(replace(zone, rule=rule) for zone in plan.zones),
        windows=tuple(replace(window, rule=None) for window in plan.windows),
    )


def _lines(about: dict[str, Any], never: int, told: dict[str, Any]) -> list[str]:
    head = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in about.items())
    lines = [f"{head}; {never} never called", f"{'':<16}" + "".join(f"{column:>10}" for column in COLUMNS)]
    lines.append(_line("all", told["all"]))
    for part in ("by_zone", "by_hour", "by_class"):
        lines += ["", *(_line(name, score) for name, score in told[part].items())]
    lines += [
        "",
        "Waits and errors in minutes. in P90: waits within the P90 that was told, to be 85-95 %.",
        "error: mean of |P50 − wait|; naive: ahead × mean ÷ windows; LES: the wait of the last one called;",
        "HOL: the present wait of the head of the line. better: than naive.",
    ]
    return lines


def _line(name: str, score: Score) -> str:
    minutes = (score.wait_p50_s, score.wait_p90_s)
    errors = (score.ours_s, score.naive_s, score.les_s, score.hol_s)
    cells = [str(score.tickets), str(score.told), *(f"{m / 60:.1f}" for m in minutes), _share(score.coverage)]
    cells += ["-" if error is None else f"{error / 60:.1f}" for error in errors]
    return f"{name:<16}" + "".join(f"{cell:>10}" for cell in [*cells, _share(score.better_than_naive)])


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _plain(it: Any) -> Any:
    if isinstance(it, Score):
        return {**asdict(it), "better_than_naive": it.better_than_naive}
    return {name: _plain(value) for name, value in it.items()} if isinstance(it, dict) else it
