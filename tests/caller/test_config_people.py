"""Departments and the tree of services, skills, floors and 综合窗口 in hall_config.yaml, and what is wrong with them."""
# ruff: noqa: E501 - a mistake is a row of its table

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caller.config import Config, ConfigProblems, load
from caller.config.first import init_text
from hall.departments import tree
from hall.plan import Plan, Service

HALL = """\
hall: {name: 大厅, class_floor: {care: 1}}
zones:
  - {id: a, letter: A, name: 综合, floor: 1}
  - {id: b, letter: B, name: 社保, floor: 2}
queues:
  - {id: tax, zone: a, name: 税务, letters: A}
  - {id: collect, zone: a, name: 出件, letters: AZ}
  - {id: pension, zone: b, name: 养老, letters: B}
departments:
  - {id: tax-office, name: 市税务局, name_en: Taxes, floor: 1}
  - {id: labour, name: 市人社局}
groups:
  - {name: 个人所得税, name_en: Income tax}
services:
  - {id: s1, name: 申报, queue: tax, department: tax-office, path: [个人所得税, 申报]}
  - {id: s2, name: 退税, queue: tax, department: 市税务局, path: [个人所得税]}
  - {id: s3, name: 养老金, queue: pension, department: labour}
  - {id: s4, name: 领证, queue: collect}
clerks:
  - {staff_no: "01", name: 王, skills: [tax]}
  - {staff_no: "02", name: 李, skills: [pension, tax]}
  - {staff_no: "03", name: 赵}
windows:
  - {id: 1, zone: a, queues: all, clerk: "01"}
  - {id: 2, zone: a, queues: {collect: 1, all: 2}, clerk: "03"}
  - {id: 3, zone: b, queues: [pension], clerk: "02"}
"""


def read(tmp_path: Path, text: str) -> Config:
    file = tmp_path / "hall.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return read(tmp_path, HALL).plan()


def test_all_is_every_queue_of_the_zone_after_those_that_are_named(plan: Plan) -> None:
    assert plan.window["1"].queues == {"tax": 1, "collect": 1}
    assert plan.window["2"].queues == {"collect": 1, "tax": 2}
    assert [window.id for window in plan.windows_of_queue["collect"]] == ["1", "2"]


def test_a_department_is_named_by_its_id_or_its_name(plan: Plan) -> None:
    assert [service.department for service in plan.services] == ["tax-office", "tax-office", "labour", ""]


def test_the_tree_holds_groups_of_any_depth(plan: Plan) -> None:
    tax, labour, rest = tree(plan)
    assert (tax["id"], tax["name_en"], tax["floor"], tax["count"]) == ("tax-office", "Taxes", "1", 2)
    (group,) = tax["groups"]
    assert (group["name"], group["name_en"], group["services"], group["count"]) == (
        "个人所得税",
        "Income tax",
        ["s2"],
        2,
    )
    assert [(inner["name"], inner["services"]) for inner in group["groups"]] == [("申报", ["s1"])]
    assert (labour["services"], labour["groups"]) == (["s3"], [])
    assert (rest["id"], rest["services"]) == ("", ["s4"]), "what has no department can still be found"


def test_departments_that_are_not_listed_are_what_the_services_name(tmp_path: Path) -> None:
    """As hall_config.yaml was written before there was a list."""
    text = HALL.replace("tax-office", "市税务局").replace("department: labour", "department: 市人社局")
    first, last = text.index("departments:"), text.index("groups:")
    plan = read(tmp_path, text[:first] + text[last:]).plan()
    assert [(it.id, it.name) for it in plan.departments] == [("市税务局", "市税务局"), ("市人社局", "市人社局")]
    assert [it["services"] for it in tree(plan)] == [[], ["s3"], ["s4"]]


def test_skills_and_floors_reach_the_plan(plan: Plan) -> None:
    assert [clerk.skills for clerk in plan.clerks] == [("tax",), ("pension", "tax"), ()]
    assert plan.class_floor == {"care": "1"}


Path_ = st.lists(st.sampled_from("甲乙丙"), max_size=5).map(tuple)


@given(paths=st.lists(st.tuples(st.sampled_from(("", "x", "y")), Path_), max_size=30))
def test_every_service_is_in_the_tree_once_where_its_path_leads(paths: list[tuple[str, tuple[str, ...]]]) -> None:
    services = tuple(Service(str(i), "", "", department=d, path=path) for i, (d, path) in enumerate(paths))

    def found(node: dict[str, Any], path: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        below = [it for group in node["groups"] for it in found(group, (*path, group["name"]))]
        mine = [(service, path) for service in node["services"]] + below
        assert node["count"] == len(mine)
        return mine

    hung = {it: (root["id"], path) for root in tree(Plan("", services=services)) for it, path in found(root, ())}
    assert {it: path for it, (_, path) in hung.items()} == {service.id: service.path for service in services}


MISTAKES = {
    "a department that nobody knows": (
        "department: labour",
        "department: labor",
        "17: services[2].department: no department 'labor'. Did you mean 'labour'?",
    ),
    "a department's name misspelt": (
        "department: 市税务局",
        "department: 市税物局",
        "16: services[1].department: no department '市税物局'. Did you mean '市税务局'?",
    ),
    "two departments of a name": (
        "name: 市人社局",
        "name: 市税务局",
        "11: departments[1].name: department '市税务局' is there already, on line 10.",
    ),
    "a group that is in no path": (
        "name: 个人所得税, name_en",
        "name: 个人所得说, name_en",
        "13: groups[0].name: no service has the group '个人所得说' in its path. Did you mean '个人所得税'?",
    ),
    "a path that is no list": (
        "path: [个人所得税]",
        "path: 个人所得税",
        "16: services[1].path: should be a list, each entry after a '- ', not '个人所得税'.",
    ),
    "a skill for no queue": (
        "skills: [tax]",
        "skills: [taxx]",
        "20: clerks[0].skills[0]: no queue 'taxx'. Did you mean 'tax'?",
    ),
    "a skill twice": (
        "[pension, tax]",
        "[pension, pension]",
        "21: clerks[1].skills[1]: queue 'pension' is in the list twice.",
    ),
    "a clerk who can do nothing where they sit": (
        "[pension, tax]",
        "[tax]",
        "26: windows[2].clerk: clerk '02' has the skill for no queue of this window: tax, and here are pension.",
    ),
    "a floor without a window": (
        "{care: 1}",
        "{care: 3}",
        "1: hall.class_floor.care: no window is on floor '3'; there are 1, 2.",
    ),
    "a class that there is not": (
        "{care: 1}",
        "{car: 1}",
        "1: hall.class_floor.car: should be 'normal', 'booked', 'care' or 'urgent', not 'car'. Did you mean 'care'?",
    ),
    "a queue called all": (
        "{id: collect,",
        "{id: all,",
        "7: queues[1].id: 'all' is the word for every queue of a zone: take another id.",
    ),
    "a department without a name": ("name: 市人社局", "floor: 1", "11: departments[1].name: is missing."),
}


@pytest.mark.parametrize(("was", "becomes", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_was_meant(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    assert was in HALL
    with pytest.raises(ConfigProblems) as problems:
        read(tmp_path, HALL.replace(was, becomes, 1))
    assert said in [str(problem).split("hall.yaml:")[1] for problem in problems.value.problems]


def test_all_of_a_zone_without_queues_is_nothing(tmp_path: Path) -> None:
    text = HALL.replace("zones:\n", "zones:\n  - {id: c, letter: C, name: 空, floor: 1}\n")
    with pytest.raises(ConfigProblems, match=r"windows\[0\]\.queues: zone 'c' has no queue of its own"):
        read(tmp_path, text.replace("{id: 1, zone: a", "{id: 1, zone: c"))


def test_a_queue_for_which_nobody_sits_is_a_warning(tmp_path: Path) -> None:
    """It may be meant so: somebody else sits down on those days."""
    config = read(tmp_path, HALL.replace('{staff_no: "03", name: 赵}', '{staff_no: "03", name: 赵, skills: [tax]}'))
    (warning,) = config.warnings
    assert "7: queues[1]: queue 'collect' is served at window 1, 2, where nobody usually sits who has the skill" in str(
        warning
    )
    assert read(tmp_path, HALL).warnings == ()


def test_a_queue_that_nothing_feeds_and_nobody_serves_is_a_warning(tmp_path: Path) -> None:
    text = HALL.replace("departments:\n", "  - {id: later, zone: b, name: 以后, letters: BL}\ndepartments:\n", 1)
    (warning,) = read(tmp_path, text).warnings
    assert str(warning).endswith("9: queues[3]: queue 'later' is fed by no service and served by no window.")


def test_check_tells_a_warning_and_that_there_is_no_mistake(tmp_path: Path, hall_command: Any) -> None:
    file = tmp_path / "hall.yaml"
    file.write_text(HALL.replace("name: 赵}", "name: 赵, skills: [tax]}"), encoding="utf-8")
    done = hall_command("check", "--config", file)
    assert done.returncode == 0
    assert "who has the skill. (a warning)" in done.stderr
    assert "No mistakes" in done.stdout


def test_a_large_hall_is_written_with_its_departments_and_clerks(tmp_path: Path) -> None:
    config = read(tmp_path, init_text(10, 289, 1344, 680))
    plan = config.plan()
    assert (len(plan.departments), len(plan.clerks), config.warnings) == (25, 680, ())
    assert all(service.department and len(service.path) == 2 for service in plan.services)
    assert {it["id"] for it in tree(plan)} == {it.id for it in plan.departments}, "none is empty of services"
    assert all(it["count"] for it in tree(plan))
    assert sum(bool(window.clerk) for window in plan.windows) == 289


def test_the_api_gives_departments_and_paths(inside: Any) -> None:
    """The small hall lists no departments and its services name none."""
    (rest,) = inside.get("departments").json
    assert (rest["id"], rest["services"], rest["groups"]) == ("", ["tax-return", "tax-card", "pension"], [])
    service = inside.get("services").json[0]
    assert (service["department"], service["department_id"], service["path"], service["path_en"]) == ("", "", [], [])


def test_the_api_gives_the_tree_of_a_hall_that_has_one(hub_in: Any, tmp_path: Path) -> None:
    hall = hub_in(read(tmp_path, HALL), tmp_path / "data")
    told = hall.get("departments").json
    assert [(it["id"], it["count"]) for it in told] == [("tax-office", 2), ("labour", 1), ("", 1)]
    first = hall.get("services").json[0]
    assert (first["department"], first["department_id"]) == ("市税务局", "tax-office")
    assert (first["path"], first["path_en"]) == (["个人所得税", "申报"], ["Income tax", ""])
