"""`hall bookings import FILE.csv`: a file of bookings goes to the running hub, which alone writes the journal."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from caller.cli_files import Sentence
from caller.tokens import Tokens, Who

TIMEOUT_S = 60.0


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of the command."""
    made.add_argument("what", choices=["import"], help="import: take over a file of another system")
    made.add_argument("file", type=Path, help="CSV with headings (docs/bookings.md)")
    made.add_argument("--server", default="http://127.0.0.1:8000", help="the hub's address (default: %(default)s)")
    made.add_argument("--token", default="", help="a reception's token (hall token --role reception) …")
    made.add_argument("--data", type=Path, help="… or the hub's data folder, to make one from its key")
    made.add_argument("--skip-bad", action="store_true", help="take over the good lines of a file with bad ones")


def bookings(args: argparse.Namespace) -> None:
    """Import a file. The codes of new bookings go to stdout as CSV, what happened to stderr."""
    if not re.fullmatch(r"https?://[^\s/?#]+/?", args.server):
        raise Sentence(f"--server is the hub's address, like http://10.0.0.2:8000, not {args.server!r}")
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise Sentence(f"{args.file} cannot be read: {error.strerror}") from error
    answer = _post(args, data)
    if answer["bookings"]:
        out = csv.writer(sys.stdout)
        out.writerow(["id", "code", "day", "slot"])
        out.writerows([it["id"], it["code"], it["day"], it["slot"]] for it in answer["bookings"])
    skipped = f", {len(answer['skipped'])} bad lines passed over" if answer["skipped"] else ""
    print(f"{args.file}: {answer['made']} imported, {answer['known']} were there already{skipped}", file=sys.stderr)


def _post(args: argparse.Namespace, data: bytes) -> Any:
    address = f"{args.server.rstrip('/')}/api/v1/bookings/import?skip_bad={str(args.skip_bad).lower()}"
    headers = {"Authorization": f"Bearer {_token(args)}", "Content-Type": "text/csv"}
    try:
        with urlopen(Request(address, data, headers, method="POST"), timeout=TIMEOUT_S) as answer:
            return json.load(answer)
    except HTTPError as error:
        raise Sentence(_told(args.file, error)) from error
    except (URLError, OSError, ValueError) as error:
        raise Sentence(f"{args.server} does not answer: is the hub running there? {error}") from error


def _token(args: argparse.Namespace) -> str:
    if args.token:
        return args.token
    if args.data is None or not (args.data / "secret.key").exists():
        raise Sentence("give --token (hall token --role reception makes one) or --data, the hub's data folder")
    return Tokens(args.data).make(Who("reception"))


def _told(file: Path, error: HTTPError) -> str:
    """What the hub refused, each bad line on stderr before it."""
    try:
        problem = json.load(error)
    except ValueError:
        return f"the hub answered {error.code}"
    rows = (problem.get("facts") or {}).get("rows", [])
    for row in rows:
        print(f"{file}:{row['line']}: {row['detail']} / {row['detail_en']}", file=sys.stderr)
    more = (problem.get("facts") or {}).get("bad", 0) - len(rows)
    if more > 0:
        print(f"… and {more} more lines", file=sys.stderr)
    return f"{problem.get('detail', '')} / {problem.get('detail_en', '')}"
