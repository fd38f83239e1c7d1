"""The commands of `hall` that need no running hub: about a config, a key, a journal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caller.config import Config
    from caller.journal import Journal


class Sentence(Exception):
    """str() is what the person at the terminal should know; exit status 2."""


def load_config(path: Path) -> Config:
    from caller.config import load
    from caller.config.problems import ConfigProblems

    try:
        return load(path)
    except ConfigProblems as problems:
        for problem in problems.problems:
            print(problem, file=sys.stderr)
        count = len(problems.problems)
        raise Sentence(f"{path} has {count} mistake{'s' if count > 1 else ''}") from None
    except OSError as error:
        raise Sentence(f"{path} cannot be read: {error.strerror}. hall init writes one to start from") from error


def check(args: argparse.Namespace) -> None:
    """Read a config and tell every mistake in it."""
    from caller.hours import calendar_runs_out

    config = load_config(args.config)
    plan = config.plan()
    for warning in config.warnings:
        print(f"{warning} (a warning)", file=sys.stderr)
    if warning := calendar_runs_out(plan, datetime.now(UTC)):
        print(f"{args.config}: {warning}. (a warning)", file=sys.stderr)
    print(
        f"{args.config}: {plan.name}, {len(plan.zones)} zones, {len(plan.windows)} windows, "
        f"{len(plan.services)} services. No mistakes."
    )


def init(args: argparse.Namespace) -> None:
    """A commented config on stdout."""
    from caller.config.first import init_text

    try:
        text = init_text(args.zones, args.windows, args.services, args.clerks, args.buses)
    except ValueError as error:
        raise Sentence(str(error)) from error
    sys.stdout.write(text)


def token(args: argparse.Namespace) -> None:
    """A bearer token on stdout."""
    from caller.tokens import Tokens, Who

    plan = load_config(args.config).plan()
    if args.window and args.window not in plan.window:
        raise Sentence(f"no window {args.window!r} in {args.config}; there are {_few(list(plan.window))}")
    if args.clerk and args.clerk not in plan.clerk:
        raise Sentence(f"no clerk {args.clerk!r} in {args.config}; there are {_few(list(plan.clerk))}")
    try:
        print(Tokens(args.data).make(Who(args.role, args.window, args.clerk)))
    except OSError as error:
        raise Sentence(f"the key in {args.data} cannot be used: {error.strerror}") from error


def verify(args: argparse.Namespace) -> None:
    """Prove that the journal is what was written."""
    with open_journal(args.data) as journal:
        print(f"{journal.path}: {journal.verify()} events, each as it was written")


def why(args: argparse.Namespace) -> None:
    """Why a ticket was called, and why before another."""
    from caller.why import NotCalled, why

    with open_journal(args.data) as journal:
        day = args.day or journal.last_day()
        try:
            print("\n".join(why(journal.day(day), args.number.upper(), args.other.upper())))
        except NotCalled as error:
            raise Sentence(str(error)) from error


@contextmanager
def open_journal(data: Path) -> Iterator[Journal]:
    """The journal of a data folder, also beside a running hub. Raises Sentence."""
    from caller.journal import Journal, JournalBroken

    path = data / "hall.db"
    if not path.exists():
        raise Sentence(f"there is no journal in {data}")
    try:
        journal = Journal(path)
        try:
            yield journal
        finally:
            journal.close()
    except JournalBroken as error:
        raise Sentence(str(error)) from error


def _few(names: list[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
