"""The OpenAPI document is true, and a wrong turn on a page is a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caller.window_actions import WINDOW_ACTIONS


def test_the_document_is_openapi_31_and_lists_every_status(inside: Any) -> None:
    document = inside.get("openapi.json").json
    assert document["openapi"].startswith("3.1") and document["info"]["title"] == "Hallcall"
    calls = {
        f"{method} {path.removeprefix('/api/v1/')}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post", "delete")
    }
    assert {
        *(
            "get services",
            "get departments",
            "get zones",
            "get windows",
            "get kiosks",
            "get health",
            "get alarms",
            "get hall",
            "get ways",
            "get hall/left",
            "get days/{day}",
        ),
        *("post zones/{zone}/close", "post zones/{zone}/open"),
        *("post tickets", "get tickets/{number}", "post tickets/{number}/return"),
        *("post tickets/{number}/abandon", "post tickets/{number}/print", "post tickets/{number}/finish"),
        "post tickets/{number}/put-back",
        *("get slips", "post slips/preview"),
        *("get bookings/slots", "get bookings", "get bookings/{code}", "delete bookings/{code}"),
        *("post bookings", "post bookings/check-in", "post bookings/import"),
        *("post bookings/{code}/check-in", "post bookings/{code}/cancel"),
        "post persons/unblock",
        "get devices",
        *("post ratings", "post kiosks/{kiosk}/staff", "post printers/{printer}/roll"),
        *(f"post windows/{{window}}/{call}" for call in WINDOW_ACTIONS),
    } == calls.keys()
    for name, operation in calls.items():
        statuses = set(operation["responses"])
        assert "401" in statuses and (statuses & {"200", "201"})
        if name.startswith("post"):
            assert {"413", "422"} <= statuses, name
        if name.startswith("post windows"):
            assert {"403", "404", "409", "503"} <= statuses, name
        problems = [answer for status, answer in operation["responses"].items() if status >= "400"]
        assert all("application/problem+json" in answer["content"] for answer in problems), name


def test_every_reference_in_the_document_leads_somewhere(inside: Any) -> None:
    document = inside.get("openapi.json").json

    def references(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for it in node.values():
                yield from references(it)
        elif isinstance(node, list):
            for it in node:
                yield from references(it)

    found = set(references(document))
    assert found
    for reference in found:
        node: Any = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/window/99", "没有 99 号窗口"),
        ("/panel/nowhere", "没有服务区 nowhere"),
        ("/desk?window=99", "没有 99 号窗口"),
        ("/no/such/page", "没有这个地址"),
    ],
)
def test_a_wrong_turn_on_a_page_is_a_sentence(inside: Any, address: str, sentence: str) -> None:
    answer = inside.client.get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert sentence in answer.text


def test_a_page_that_breaks_shows_a_sentence_and_no_trace(
    hub_in: Callable[..., Any], config: Any, tmp_path: Any
) -> None:
    inside = hub_in(config, tmp_path)
    inside.app.view_functions["desks.start"] = lambda: 1 / 0
    answer = inside.client.get("/")
    assert answer.status_code == 500
    assert "呼叫工作人员" in answer.text and "ZeroDivision" not in answer.text and "Traceback" not in answer.text


def test_what_is_typed_into_an_address_is_text_on_the_page(inside: Any) -> None:
    answer = inside.client.get("/window/<script>alert(1)<%2Fscript>")
    assert answer.status_code == 404 and "<script>alert" not in answer.text
