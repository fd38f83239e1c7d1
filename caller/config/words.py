"""Mistakes in plain words: what pydantic found, said to the person who writes the file."""

from __future__ import annotations

import re
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from caller.config.problems import Found
from caller.config.yaml import Key


def found(error: ErrorDetails, settings: type[BaseModel]) -> Found:
    """One error of the schema as a mistake of the writer."""
    where, ctx, value = tuple(error["loc"]), error.get("ctx", {}), error["input"]
    match error["type"]:
        case "missing":
            return Found(where, "is missing")
        case "extra_forbidden":
            keys = _keys(settings, where[:-1])
            return Found(where, "no such key", str(where[-1]), keys)
        case "value_error":
            mistake = ctx["error"]
            return Found(where, str(mistake), getattr(mistake, "written", ""), getattr(mistake, "names", ()))
        case "literal_error":
            names = _literals(settings, where) or tuple(re.findall(r"'([^']+)'", ctx["expected"]))
            where = where[:-1] if where[-1] == "[key]" else where  # pydantic's word for a name before a colon
            return Found(where, f"should be {_either(names)}, not {_said(value)}", str(value), names)
        case "greater_than_equal":
            return Found(where, f"should be at least {ctx['ge']}, not {value}")
        case "less_than_equal":
            return Found(where, f"should be at most {ctx['le']}, not {value}")
        case "string_too_short" | "string_too_long":
            limit = f"at least {ctx['min_length']}" if "min_length" in ctx else f"at most {ctx['max_length']}"
            return Found(where, f"should have {limit} characters, not {len(value)}")
        case "too_short":
            return Found(where, "is an empty list: write at least one")
        case "string_type":
            return Found(where, f"should be text, not {_said(value)}")
        case "int_type":
            return Found(where, f"should be a whole number, not {_said(value)}")
        case "bool_type":
            return Found(where, f"should be true or false, not {_said(value)}")
        case "list_type":
            return Found(where, f"should be a list, each entry after a '- ', not {_said(value)}")
        case "dict_type" | "model_type":
            return Found(where, f"should be keys with values, not {_said(value)}")
    return Found(where, error["msg"])  # pragma: no cover - a test keeps every type of the schema above


def _said(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "a list"
    return "keys with values" if isinstance(value, dict) else f"{str(value)!r}"


def _either(names: tuple[str, ...]) -> str:
    said = [f"'{name}'" for name in names if name]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def _inside(kind: Any, step: str | int) -> Any:
    """The type of an entry or a key within a type."""
    kind = _written(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        it = kind.model_fields.get(str(step))
        return it.annotation if it else None
    return get_args(kind)[-1] if get_origin(kind) in (list, dict) else None


def _written(kind: Any) -> Any:
    """What stands in the file where the key is not left out."""
    return get_args(kind)[0] if get_origin(kind) in (Union, UnionType) else kind


def _type(settings: Any, where: Key) -> Any:
    for step in where:
        settings = _inside(settings, step)
    return settings


def _keys(settings: type[BaseModel], where: Key) -> tuple[str, ...]:
    return tuple(getattr(_written(_type(settings, where)), "model_fields", ()))


def _literals(settings: type[BaseModel], where: Key) -> tuple[str, ...]:
    return tuple(str(name) for name in get_args(_type(settings, where)))
