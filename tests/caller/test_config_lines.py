"""What makes a mistake easy to mend: the line that each value is written on, and the name that was probably meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caller.config.problems import suggestion
from caller.config.yaml import parse


@given(
    st.recursive(
        st.text("abc", min_size=1), lambda inner: st.dictionaries(st.text("abc", min_size=1), inner, min_size=1)
    )
)
def test_every_value_keeps_the_line_it_is_written_on(data: object) -> None:
    """Written one key a line, the lines count up from 1 in the order of the file."""

    def block(value: object, depth: int) -> str:
        if isinstance(value, str):
            return f" '{value}'"
        return "".join(f"\n{'  ' * depth}{key}:{block(inner, depth + 1)}" for key, inner in value.items())

    written = parse(block(data, 0).removeprefix("\n"))
    assert data == written.data
    keys = sorted(line for where, line in written.lines.items() if where)
    assert list(range(1, len(keys) + 1)) == keys


def test_a_suggestion_is_a_name_that_is_there_or_nothing() -> None:
    assert [suggestion(word, ("tax", "social")) for word in ("taxx", "TAX", "zzz", "")] == ["tax", "tax", "", ""]
