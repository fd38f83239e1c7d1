"""The services as a tree: departments, in them groups of any depth, in these the services."""

from __future__ import annotations

from typing import Any

from hall.plan import Plan, Service

Body = dict[str, Any]


def tree(plan: Plan) -> list[Body]:
    """All departments, in the plan's order, as {"id", "name", "name_en", "floor", "services", "groups", "count"}.

    `services` are ids; a group is {"name", "name_en", "services", "groups", "count"}, its `groups` more of the same;
    `count` is of all services below. Services without a department come last, under one whose id and name are "".
    """
    roots = {it.id: {**vars(it), **_empty()} for it in plan.departments}
    for service in plan.services:
        root = roots.setdefault(service.department, {"id": "", "name": "", "name_en": "", "floor": "", **_empty()})
        _hang(root, service, plan)
    return [_told(root) for root in roots.values()]


def _empty() -> Body:
    return {"services": [], "groups": {}, "count": 0}


def _hang(node: Body, service: Service, plan: Plan) -> None:
    node["count"] += 1
    for step in service.path:
        english = plan.groups_en.get(step, "")
        node = node["groups"].setdefault(step, {"name": step, "name_en": english, **_empty()})
        node["count"] += 1
    node["services"].append(service.id)


def _told(node: Body) -> Body:
    return {**node, "groups": [_told(group) for group in node["groups"].values()]}
