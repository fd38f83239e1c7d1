"""Tokens: who somebody is, signed by the hall, and forged by nobody."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caller.tokens import ROLES, VISITOR, Tokens, Who

Whos = st.builds(Who, st.sampled_from(ROLES), st.sampled_from(("", "1", "101")), st.sampled_from(("", "0268")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(who=Whos)
def test_a_token_tells_who_it_was_made_for(tmp_path: Path, who: Who) -> None:
    assert Tokens(tmp_path).read(Tokens(tmp_path).make(who)) == who


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=())), data=st.data())
def test_anything_else_is_nobody(tmp_path: Path, text: str, data: st.DataObject) -> None:
    """Whatever is sent; and a good token with one sign changed."""
    tokens = Tokens(tmp_path)
    assert tokens.read(text) is None
    good = tokens.make(Who("clerk", "1"))
    at = data.draw(st.integers(0, len(good) - 2))
    changed = data.draw(st.sampled_from("abcXYZ019-_."))
    assert good[at] == changed or tokens.read(good[:at] + changed + good[at + 1 :]) is None


def test_the_key_is_the_owners_alone_and_is_made_once(tmp_path: Path, at_once: Callable[..., Any]) -> None:
    token = at_once(8, lambda i: Tokens(tmp_path).make(Who("admin")))
    assert len(set(token)) == 1
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_token_with_a_role_that_is_none_is_nobody(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    assert tokens.read(tokens.make(Who("king"))) is None
    assert tokens.read(tokens.make(VISITOR)) is None


@pytest.mark.parametrize(
    ("who", "here", "elsewhere", "staff"),
    [
        (VISITOR, False, False, False),
        (Who("clerk", "1"), True, False, False),
        (Who("clerk"), True, True, False),
        (Who("reception"), False, False, True),
        (Who("supervisor"), True, True, True),
        (Who("admin"), True, True, True),
        (Who("device"), True, True, True),
    ],
)
def test_who_may_press_whose_keys(who: Who, here: bool, elsewhere: bool, staff: bool) -> None:
    assert (who.may_work_at("1"), who.may_work_at("2"), who.is_staff) == (here, elsewhere, staff)


def test_the_journal_names_the_person_before_the_window() -> None:
    assert [Who("clerk", "1", "0268").actor, Who("clerk", "1").actor, VISITOR.actor] == [
        "clerk:0268",
        "clerk:1",
        "visitor",
    ]
