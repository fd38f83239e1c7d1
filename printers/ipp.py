"""IPP, the language of CUPS: a request for one queue as bytes, an answer as its attributes. Pure.

    request   02 00 · operation (2) · request id (4) · groups · 03 · document
    group     tag (1): 01 operation, 02 job, 04 printer; then attributes
    attribute value tag (1) · name length (2) · name · value length (2) · value; a further value has no name
    answer    02 00 · status (2) · request id (4) · groups · 03

Source: RFC 8010 (encoding), RFC 8011 (operations, states). Only what a print needs is here.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000B
RAW = "application/vnd.cups-raw"
NOT_FOUND = 0x0406
_END, _OPERATION = 0x03, 0x01
_INTEGER, _BOOLEAN, _ENUM, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = (
    0x21, 0x22, 0x23, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49,
)  # fmt: skip
_TAGS = {"job-id": _INTEGER, "printer-uri": _URI, "job-name": _NAME, "document-format": _MIME,
         "requesting-user-name": _NAME, "requested-attributes": _KEYWORD}  # fmt: skip


class NotIpp(ValueError):
    """The answer is no IPP."""


@dataclass(frozen=True)
class Answer:
    """`status` below 0x0100 is success. `of` has every attribute's values by its name."""

    status: int
    of: Mapping[str, tuple[Any, ...]]

    @property
    def ok(self) -> bool:
        return self.status < 0x0100

    def first(self, name: str, otherwise: Any = None) -> Any:
        return self.of.get(name, (otherwise,))[0]


def request(operation: int, id: int, uri: str, document: bytes = b"", **attributes: Any) -> bytes:  # noqa: A002
    """An operation on the queue `uri`; attributes with _ for -: job_id=3, requested_attributes=("job-state",)."""
    told: dict[str, Any] = {"printer-uri": uri, "requesting-user-name": "hallcall"}
    told |= {name.replace("_", "-"): value for name, value in attributes.items()}
    head = struct.pack(">BBHIB", 2, 0, operation, id, _OPERATION)
    body = _attribute(_CHARSET, "attributes-charset", "utf-8") + _attribute(
        _LANGUAGE, "attributes-natural-language", "en"
    )
    # RFC 8011: the target of the operation comes right behind charset and language, the job behind its printer
    for name in sorted(told, key=lambda name: (name != "printer-uri", name != "job-id")):
        value = told[name]
        for n, each in enumerate(value if isinstance(value, tuple) else (value,)):
            body += _attribute(_TAGS[name], name if n == 0 else "", each)
    return head + body + bytes((_END,)) + document


def answer(data: bytes) -> Answer:
    """Read an answer. Raises NotIpp."""
    try:
        return _answer(data)
    except (struct.error, IndexError, UnicodeDecodeError) as wrong:
        raise NotIpp(f"{data[:8].hex(' ')}… is no IPP answer") from wrong


def _answer(data: bytes) -> Answer:
    major, _, status, _ = struct.unpack_from(">BBHI", data)
    if major not in (1, 2):
        raise NotIpp(f"IPP {major} is not known")
    found: dict[str, tuple[Any, ...]] = {}
    at, name = 8, ""
    while (tag := data[at]) != _END:
        at += 1
        if tag < 0x10:  # a group begins
            continue
        (length,) = struct.unpack_from(">H", data, at)
        new = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        (length,) = struct.unpack_from(">H", data, at)
        raw = data[at + 2 : at + 2 + length]
        if len(raw) != length:
            raise NotIpp("the answer is cut off")
        at += 2 + length
        name = new or name
        found[name] = (() if new else found.get(name, ())) + (_value(tag, raw),)
    return Answer(status, found)


def _value(tag: int, raw: bytes) -> Any:
    if tag in (_INTEGER, _ENUM) and len(raw) == 4:
        return struct.unpack(">i", raw)[0]
    if tag == _BOOLEAN:
        return raw != b"\0"
    return raw.decode("utf-8", "replace")


def _attribute(tag: int, name: str, value: Any) -> bytes:
    raw = struct.pack(">i", value) if tag == _INTEGER else str(value).encode()
    key = name.encode()
    return struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(raw)) + raw
