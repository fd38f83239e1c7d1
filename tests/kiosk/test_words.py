"""What the pages say is in the catalogues, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "kiosk/static"


def catalogue(lang: str) -> dict[str, str]:
    return json.loads((STATIC / f"words/{lang}.js").read_text("utf-8").removeprefix("export default ").rstrip(";\n"))


def test_both_languages_say_the_same_things() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert list(zh) == list(en)
    facts = re.compile(r"\{(\w+)\}")
    missing = {name for name in zh if not set(facts.findall(en[name])) <= set(facts.findall(zh[name]))}
    assert missing == set()


def test_every_sentence_a_page_asks_for_is_in_the_catalogue_and_no_chinese_is_in_the_code() -> None:
    known = catalogue("zh")
    for file in [*STATIC.glob("*.js"), *STATIC.glob("scenes/*.js"), *STATIC.glob("plan/*.js")]:
        code = re.sub(r"/\*\*.*?\*/", "", file.read_text("utf-8"), flags=re.S)
        code = "\n".join(re.sub(r"(^|\s)//.*", "", line) for line in code.splitlines())
        assert {name for name in re.findall(r'\bt\("(\w+)"', code) if name not in known} == set(), file.name
        # how a config writes a material's form is read by a pattern: that is data, not something said
        said = re.findall(r"[\u4e00-\u9fff]+", re.sub(r"/\^.*?\$/", "", code))
        assert said == [], file.name
